package io.tean.dashboards.notice;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.notice.Recipient.Manner;
import io.tean.dashboards.notice.Recipient.Organisation;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads recipients within a scope. */
final class RecipientQuery {
    static final Sorting SORTING = new Sorting(columns(), "-added", "p.recipient_id");

    private static final String SELECT = """
            SELECT p.recipient_id, o.credit_code, o.name AS organisation_name, p.duty,
                coalesce(nullif(p.division_code, ''), o.division_code) AS division, p.name, p.language, p.digest, p.active,
                p.addresses::text AS addresses
            """;
    private static final String COUNTED = " FROM recipient p ";
    private static final String FROM = COUNTED + "LEFT JOIN organisation o ON o.organisation_id = p.organisation_id ";

    private final Jdbi jdbi;

    RecipientQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("added", "p.recipient_id");
        columns.put("name", "p.name");
        columns.put("organisation", "coalesce(o.name, '')");
        columns.put("duty", "p.duty");
        return columns;
    }

    Listing<Recipient> list(Scope scope, RecipientFilter filter, Paging paging) {
        return reader(scope, filter).page(jdbi, paging);
    }

    /** Writes all recipients of a list, in its order. */
    void export(
            Scope scope, RecipientFilter filter, Paging paging, Sheet.Sink sink, Function<Recipient, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Recipient> reader(Scope scope, RecipientFilter filter) {
        Where where = new Where(Reach.recipients(scope, "p"));
        filter.narrow(where);
        return new ListReader<>(
                SELECT + FROM + where.sql(),
                COUNTED + where.sql(),
                where.bindings(),
                SORTING,
                (row, context) -> recipient(row));
    }

    /** Empty when there is no such recipient, or when it is out of the scope. */
    Optional<Recipient> find(Scope scope, int id) {
        Where where = new Where(Reach.recipients(scope, "p")).and("p.recipient_id = :recipient", "recipient", id);
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + FROM + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> recipient(row))
                .findOne());
    }

    /** The inner number of an organisation within the scope. */
    OptionalInt organisation(Scope scope, String creditCode) {
        Where where = new Where(Reach.organisations(scope, "o")).and("o.credit_code = :code", "code", creditCode);
        return jdbi.withHandle(
                        handle -> handle.createQuery("SELECT o.organisation_id FROM organisation o " + where.sql())
                                .bindMap(where.bindings())
                                .mapTo(Integer.class)
                                .findOne())
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    private static Recipient recipient(ResultSet row) throws SQLException {
        return new Recipient(
                row.getInt("recipient_id"),
                row.getString("credit_code") == null
                        ? Optional.empty()
                        : Optional.of(
                                new Organisation(row.getString("credit_code"), row.getString("organisation_name"))),
                row.getString("duty"),
                Optional.ofNullable(row.getString("division")),
                row.getString("name"),
                new Manner(row.getString("language"), row.getString("digest"), row.getBoolean("active")),
                Recipient.addresses(row.getString("addresses")));
    }
}
