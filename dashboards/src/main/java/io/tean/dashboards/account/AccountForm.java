package io.tean.dashboards.account;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.screen.Word;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The form for an account, as it was filled in.
 *
 * @param fresh whether it is for a new account; the name of another one is fixed
 * @param problems by field, the first one first
 * @param organisations to choose from
 */
public record AccountForm(
        boolean fresh, AccountDraft draft, Map<String, Word> problems, List<Account.Organisation> organisations) {
    private static final Map<String, Word> LABELS;

    static {
        Map<String, Word> labels = new LinkedHashMap<>();
        labels.put(AccountDraft.NAME, Word.LOGIN_NAME);
        labels.put(AccountDraft.DISPLAY_NAME, Word.ACCOUNT_DISPLAY_NAME);
        labels.put(AccountDraft.ROLE, Word.ACCOUNT_ROLE);
        labels.put(AccountDraft.ORGANISATION, Word.ACCOUNT_ORGANISATION_CODE);
        labels.put(AccountDraft.DIVISION, Word.ACCOUNT_DIVISION_CODE);
        LABELS = Collections.unmodifiableMap(labels);
    }

    public AccountForm {
        problems = Collections.unmodifiableMap(new LinkedHashMap<>(problems));
        organisations = List.copyOf(organisations);
    }

    /** What its fields are called, in their order on the page. */
    public Map<String, Word> labels() {
        return LABELS;
    }

    public List<Role> roles() {
        return List.of(Role.values());
    }

    /** Whether somebody should begin to type in this field: the first one with a problem, or the first one of all. */
    public boolean hasFocus(String field) {
        return LABELS.keySet().stream()
                .filter(problems::containsKey)
                .findFirst()
                .orElse(fresh ? AccountDraft.NAME : "")
                .equals(field);
    }
}
