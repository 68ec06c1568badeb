package io.tean.dashboards.account;

import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Word;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A token as somebody asks for it: nothing of it is believed yet.
 *
 * @param scopes words
 * @param days that it shall open something
 */
public record TokenDraft(String name, Set<String> scopes, String days) {
    public static final String NAME = "name";
    public static final String SCOPES = "scope";
    public static final String DAYS = "days";
    /** For so many days a token may be made. */
    public static final List<String> LIFETIMES = List.of("30", "90", "180", "366");

    private static final int LONGEST_NAME = 60;

    public TokenDraft {
        name = name.strip();
        scopes = Set.copyOf(scopes);
        days = days.strip();
    }

    /** The scopes that some route needs which the viewer's program may use; no other would open anything. */
    static Set<TokenScope> offered(Viewer viewer) {
        Viewer program = new Viewer(
                viewer.accountId(),
                viewer.account(),
                viewer.displayName(),
                viewer.role(),
                viewer.scope(),
                new Credential.Token(0, "", Set.of()));
        EnumSet<TokenScope> offered = EnumSet.noneOf(TokenScope.class);
        Arrays.stream(Route.values())
                .filter(route -> route.isFor(program))
                .map(Route::tokenScope)
                .flatMap(Optional::stream)
                .forEach(offered::add);
        return Collections.unmodifiableSet(offered);
    }

    /** What is wrong with it by itself, by field; whether the name is taken is for the database to say. */
    Map<String, Word> problems(Set<TokenScope> offered) {
        Map<String, Word> problems = new LinkedHashMap<>();
        if (name.isEmpty() || name.length() > LONGEST_NAME || name.codePoints().anyMatch(AccountDraft::isNoCharacter)) {
            problems.put(NAME, Word.WRONG_TOKEN_NAME);
        }
        if (scopes.isEmpty()) {
            problems.put(SCOPES, Word.WRONG_TOKEN_SCOPES);
        } else if (!scopes.stream()
                .allMatch(word -> TokenScope.of(word).filter(offered::contains).isPresent())) {
            problems.put(SCOPES, Word.WRONG_TOKEN_SCOPE_FOREIGN);
        }
        if (!LIFETIMES.contains(days)) {
            problems.put(DAYS, Word.WRONG_TOKEN_DAYS);
        }
        return problems;
    }
}
