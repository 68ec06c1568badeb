package io.tean.dashboards.account;

import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
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

    private final Jdbi jdbi;

    AccountQuery(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    Listing<Account> list(AccountFilter filter, Paging paging) {
        return reader(filter).page(jdbi, paging);
    }

    /** Writes all accounts of a list, however many, in its order. */
    void export(AccountFilter filter, Paging paging, Sheet.Sink sink, Function<Account, Object[]> cells)
            throws IOException {
        reader(filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Account> reader(AccountFilter filter) {
        String where = "WHERE " + filter.condition();
        return new ListReader<>(
                "SELECT " + Account.COLUMNS_AND_USE + Account.FROM_AND_USE + where,
                Account.FROM + where,
                filter.bindings(),
                SORTING,
                Account.MAPPER);
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
}
