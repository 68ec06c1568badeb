package io.tean.dashboards.account;

import io.tean.dashboards.list.Csv;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sorting;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;

/** Reads accounts, and what stands beside them on their pages. Only administrators come here, and they have the whole city. */
final class AccountQuery {
    static final Sorting SORTING = new Sorting(
            Map.of(
                    "name",
                    "a.name",
                    "role",
                    "a.role",
                    "last-used",
                    "coalesce(u.last_used, '-infinity')",
                    "added",
                    "a.added_at"),
            "name",
            "a.account_id");

    private static final int ORGANISATIONS = 200;
    private static final int CHANGES = 20;
    private static final int PIECE = 200;

    private final Jdbi jdbi;

    AccountQuery(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Writes an account as a row of a file. */
    interface Row {
        void write(Account account) throws IOException;
    }

    Listing<Account> list(AccountFilter filter, Paging paging) {
        return jdbi.withHandle(handle -> {
            int total = handle.createQuery(Listing.counting(Account.FROM + "WHERE " + filter.condition()))
                    .bindMap(filter.bindings())
                    .mapTo(Integer.class)
                    .one();
            List<Account> rows = handle.createQuery(select(filter) + SORTING.orderAndLimit(paging))
                    .bindMap(filter.bindings())
                    .bindMap(paging.bindings())
                    .map(Account.MAPPER)
                    .list();
            return new Listing<>(rows, total, paging);
        });
    }

    /** All of them, for {@link Csv}: never all in memory. */
    void each(AccountFilter filter, Paging paging, Row row) throws IOException {
        jdbi.<IOException>useTransaction(handle -> {
            try (Stream<Account> accounts = handle
                    .createQuery(select(filter) + SORTING.order(paging))
                    .bindMap(filter.bindings())
                    .setFetchSize(PIECE)
                    .map(Account.MAPPER)
                    .stream()) {
                for (Iterator<Account> each = accounts.iterator(); each.hasNext(); ) {
                    row.write(each.next());
                }
            }
        });
    }

    /** Some that an account may belong to, to choose from. */
    List<Account.Organisation> organisations() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT organisation_id, credit_code, name FROM organisation ORDER BY name, organisation_id LIMIT :most
                        """)
                .bind("most", ORGANISATIONS)
                .map((row, context) -> new Account.Organisation(row.getInt(1), row.getString(2), row.getString(3)))
                .list());
    }

    /** The newest entries of the audit trail about an account. */
    List<AccountChange> changes(String account) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT audit_id, at, actor, action, source FROM audit_entry
                        WHERE subject_kind = 'account' AND subject = :account ORDER BY audit_id DESC LIMIT :most
                        """)
                .bind("account", account)
                .bind("most", CHANGES)
                .map((row, context) -> new AccountChange(
                        row.getLong(1),
                        row.getTimestamp(2).toInstant(),
                        row.getString(3),
                        row.getString(4),
                        Optional.ofNullable(row.getString(5))))
                .list());
    }

    private static String select(AccountFilter filter) {
        return "SELECT " + Account.COLUMNS_AND_USE + Account.FROM_AND_USE + "WHERE " + filter.condition();
    }
}
