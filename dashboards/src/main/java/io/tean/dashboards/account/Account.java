package io.tean.dashboards.account;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * A person's account.
 *
 * @param organisation none, when it belongs to the bureau
 * @param division GB/T 2260; none, when it is not held to one
 * @param oneTime whether its password is one that somebody else has seen
 * @param lastUsed when a session of it was last used; empty also where nobody asked
 */
public record Account(
        int id,
        String name,
        String displayName,
        Role role,
        Optional<Organisation> organisation,
        Optional<String> division,
        boolean oneTime,
        Instant addedAt,
        Optional<Instant> disabledAt,
        Optional<Instant> lastUsed) {

    /** The organisation that an account belongs to. */
    public record Organisation(int id, String creditCode, String name) {}

    /** What an account can do. */
    public enum State {
        ACTIVE,
        /** Its password is one that somebody else has seen. */
        ONE_TIME,
        DISABLED;

        /** As in addresses and in the API, such as {@code one-time}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<State> of(String word) {
            return Arrays.stream(values())
                    .filter(state -> state.word().equals(word))
                    .findFirst();
        }
    }

    private static final String RIGHTS = """
            a.account_id, a.name, a.display_name, a.role, a.division_code, a.one_time_until, a.added_at, a.disabled_at,
            o.organisation_id, o.credit_code, o.name AS organisation_name,
            """;
    /** Without the last use: it is asked with every token, and nobody wants to know. */
    static final String COLUMNS = RIGHTS + "NULL::timestamptz AS last_used ";
    /** With {@code u}, which holds the last use of each account. */
    static final String COLUMNS_AND_USE = RIGHTS + "u.last_used ";

    static final String FROM = "FROM account a LEFT JOIN organisation o ON o.organisation_id = a.organisation_id ";
    static final String FROM_AND_USE = FROM + """
            LEFT JOIN (SELECT account_id, max(last_used) AS last_used FROM web_session GROUP BY account_id) u
                ON u.account_id = a.account_id
            """;

    static final RowMapper<Account> MAPPER = (row, context) -> new Account(
            row.getInt("account_id"),
            row.getString("name"),
            row.getString("display_name"),
            Role.valueOf(row.getString("role")),
            row.getString("credit_code") == null
                    ? Optional.empty()
                    : Optional.of(new Organisation(
                            row.getInt("organisation_id"),
                            row.getString("credit_code"),
                            row.getString("organisation_name"))),
            Optional.ofNullable(row.getString("division_code")),
            row.getTimestamp("one_time_until") != null,
            row.getTimestamp("added_at").toInstant(),
            Optional.ofNullable(row.getTimestamp("disabled_at")).map(java.sql.Timestamp::toInstant),
            Optional.ofNullable(row.getTimestamp("last_used")).map(java.sql.Timestamp::toInstant));

    public boolean isDisabled() {
        return disabledAt.isPresent();
    }

    public State state() {
        if (isDisabled()) {
            return State.DISABLED;
        }
        return oneTime ? State.ONE_TIME : State.ACTIVE;
    }

    /** What its viewer may see. */
    public Scope scope() {
        if (organisation.isPresent()) {
            return new Scope.Organisation(organisation.get().id());
        }
        return division.<Scope>map(Scope.Division::new).orElseGet(Scope.City::new);
    }
}
