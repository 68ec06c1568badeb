package io.tean.dashboards.account;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which accounts a list shows.
 *
 * @param search part of a name, display name, or of the name or credit code of the organisation; empty for all
 */
public record AccountFilter(String search, Optional<Role> role, Optional<Account.State> state) {
    private static final int LONGEST_SEARCH = 100;

    /** @throws Refusal when a value cannot be used */
    static AccountFilter of(Request request) {
        String search = request.query("q").orElse("");
        if (search.length() > LONGEST_SEARCH || search.codePoints().anyMatch(AccountDraft::isNoCharacter)) {
            throw Refusal.badParameter(
                    "q", "is longer than " + LONGEST_SEARCH + " characters, or has control characters");
        }
        Optional<String> role = request.query("role");
        if (role.isPresent() && role.flatMap(Role::of).isEmpty()) {
            throw Refusal.badParameter(
                    "role",
                    "is none of " + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", ")));
        }
        Optional<String> state = request.query("state");
        if (state.isPresent() && state.flatMap(Account.State::of).isEmpty()) {
            throw Refusal.badParameter(
                    "state",
                    "is none of "
                            + Arrays.stream(Account.State.values())
                                    .map(Account.State::word)
                                    .collect(Collectors.joining(", ")));
        }
        return new AccountFilter(search, role.flatMap(Role::of), state.flatMap(Account.State::of));
    }

    public boolean isEmpty() {
        return search.isEmpty() && role.isEmpty() && state.isEmpty();
    }

    String condition() {
        String condition = "TRUE";
        if (!search.isEmpty()) {
            condition += """
                     AND (position(lower(:search) IN lower(a.name)) > 0 OR position(lower(:search) IN lower(a.display_name)) > 0
                          OR position(lower(:search) IN lower(o.name)) > 0 OR position(upper(:search) IN o.credit_code) > 0)
                    """;
        }
        if (role.isPresent()) {
            condition += " AND a.role = :role";
        }
        return state.map(wanted -> switch (wanted) {
                    case ACTIVE -> " AND a.disabled_at IS NULL AND a.one_time_until IS NULL";
                    case ONE_TIME -> " AND a.disabled_at IS NULL AND a.one_time_until IS NOT NULL";
                    case DISABLED -> " AND a.disabled_at IS NOT NULL";
                })
                .map(condition::concat)
                .orElse(condition);
    }

    Map<String, Object> bindings() {
        Map<String, Object> bindings = new HashMap<>();
        if (!search.isEmpty()) {
            bindings.put("search", search);
        }
        role.ifPresent(wanted -> bindings.put("role", wanted.name()));
        return bindings;
    }
}
