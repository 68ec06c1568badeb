package io.tean.dashboards.account;

import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.screen.Word;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The form for a token, as it was filled in.
 *
 * @param offered the scopes to choose from
 * @param problems by field, the first one first
 */
public record TokenForm(TokenDraft draft, Set<TokenScope> offered, Map<String, Word> problems) {
    private static final Map<String, Word> LABELS;

    static {
        Map<String, Word> labels = new LinkedHashMap<>();
        labels.put(TokenDraft.NAME, Word.TOKEN_NAME);
        labels.put(TokenDraft.SCOPES, Word.TOKEN_SCOPES);
        labels.put(TokenDraft.DAYS, Word.TOKEN_DAYS);
        LABELS = Collections.unmodifiableMap(labels);
    }

    public TokenForm {
        problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
    }

    /** What its fields are called, in their order on the page. */
    public Map<String, Word> labels() {
        return LABELS;
    }

    public boolean hasFocus(String field) {
        return LABELS.keySet().stream()
                .filter(problems::containsKey)
                .findFirst()
                .orElse("")
                .equals(field);
    }
}
