package io.tean.dashboards.audit;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.audit.Entry.Organisation;
import io.tean.dashboards.audit.Entry.Seal;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads audit entries within a scope, for pages and the API alike. Each order has its index, and no statement counts them all. */
final class AuditQuery {
    static final Sorting SORTING = new Sorting(columns(), "-time", "e.audit_id");

    private static final String SELECT = """
            SELECT e.audit_id, e.at, e.actor_kind, e.actor, e.source, e.action, e.subject_kind, e.subject, e.before::text AS before,
                   e.after::text AS after, e.reason, o.credit_code, o.name AS organisation_name, s.seal_no, s.hash, s.sealed_at
            FROM audit_entry e
            LEFT JOIN audit_seal s ON s.audit_id = e.audit_id
            LEFT JOIN organisation o ON o.organisation_id = e.organisation_id
            """;

    private final Jdbi jdbi;

    AuditQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("time", "e.at");
        columns.put("actor", "e.actor COLLATE \"C\"");
        return columns;
    }

    Listing<Entry> list(Scope scope, AuditFilter filter, Paging paging) {
        return reader(scope, filter).page(jdbi, paging);
    }

    /** Writes all entries of a list, however many, in its order. */
    void export(Scope scope, AuditFilter filter, Paging paging, Sheet.Sink sink, Function<Entry, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Entry> reader(Scope scope, AuditFilter filter) {
        Reach reach = Reach.auditEntries(scope, "e");
        String where = "WHERE (" + reach.condition() + ") AND " + filter.condition();
        Map<String, Object> bindings = new HashMap<>(reach.bindings());
        bindings.putAll(filter.bindings());
        return new ListReader<>(
                SELECT + where, "FROM audit_entry e " + where, bindings, SORTING, (row, context) -> entry(row));
    }

    /** Empty when there is no such entry, or when it is out of the scope. */
    Optional<Entry> find(Scope scope, long id) {
        Reach reach = Reach.auditEntries(scope, "e");
        return jdbi.withHandle(
                handle -> handle.createQuery(SELECT + "WHERE e.audit_id = :id AND (" + reach.condition() + ")")
                        .bind("id", id)
                        .bindMap(reach.bindings())
                        .map((row, context) -> entry(row))
                        .findOne());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(
                row.getLong("audit_id"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor_kind"),
                row.getString("actor"),
                Optional.ofNullable(row.getString("source")),
                row.getString("action"),
                row.getString("subject_kind"),
                row.getString("subject"),
                row.getString("credit_code") == null
                        ? Optional.empty()
                        : Optional.of(
                                new Organisation(row.getString("credit_code"), row.getString("organisation_name"))),
                Optional.ofNullable(row.getString("before")),
                Optional.ofNullable(row.getString("after")),
                Optional.ofNullable(row.getString("reason")),
                row.getBytes("hash") == null
                        ? Optional.empty()
                        : Optional.of(new Seal(
                                row.getLong("seal_no"),
                                row.getBytes("hash"),
                                row.getObject("sealed_at", OffsetDateTime.class).toInstant())));
    }
}
