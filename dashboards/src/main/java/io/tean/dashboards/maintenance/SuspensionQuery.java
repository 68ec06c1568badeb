package io.tean.dashboards.maintenance;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads suspensions within a scope. */
final class SuspensionQuery {
    static final Sorting SORTING = new Sorting(columns(), "-first-day", "s.suspension_id");

    private static final String SELECT = "SELECT " + Machine.COLUMNS + """
            , s.suspension_id, s.division_code, s.from_on, s.until_on, s.reason, s.added_by, s.added_at
            """;

    private static final String FROM =
            " FROM overdue_suspension s LEFT JOIN equipment e ON e.equipment_id = s.equipment_id ";

    private final Jdbi jdbi;

    SuspensionQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("first-day", "s.from_on");
        columns.put("last-day", "s.until_on");
        columns.put("added", "s.added_at");
        return columns;
    }

    /** @param notOverOn only those that are not over on that day */
    Listing<Suspension> list(Scope scope, Optional<LocalDate> notOverOn, Paging paging) {
        return reader(scope, notOverOn).page(jdbi, paging);
    }

    /** Writes all of a list, in its order. */
    void export(
            Scope scope,
            Optional<LocalDate> notOverOn,
            Paging paging,
            Sheet.Sink sink,
            Function<Suspension, Object[]> cells)
            throws IOException {
        reader(scope, notOverOn).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Suspension> reader(Scope scope, Optional<LocalDate> notOverOn) {
        Where where = new Where(Reach.suspensions(scope, "s"));
        notOverOn.ifPresent(day -> where.and("s.until_on > :day", "day", day));
        return new ListReader<>(
                SELECT + FROM + where.sql(),
                FROM + where.sql(),
                where.bindings(),
                SORTING,
                (row, context) -> suspension(row));
    }

    /** Empty when there is no such suspension, or when it is out of the scope. */
    Optional<Suspension> find(Scope scope, long id) {
        Where where = new Where(Reach.suspensions(scope, "s")).and("s.suspension_id = :id", "id", id);
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + FROM + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> suspension(row))
                .findOne());
    }

    /** The code of a machine within the scope, as it is registered. */
    Optional<String> machine(Scope scope, String code) {
        Where where = new Where(Reach.equipment(scope, "e")).and(Machine.IS_ASKED_FOR, "equipment", code);
        return jdbi.withHandle(handle -> handle.createQuery("SELECT e.code FROM equipment e " + where.sql())
                .bindMap(where.bindings())
                .mapTo(String.class)
                .findOne());
    }

    /** Whether a division lies within the scope. */
    boolean covers(Scope scope, String division) {
        Where where = new Where(Reach.dutyCounts(scope, "d"));
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT EXISTS (SELECT FROM (VALUES (:division)) AS d (division_code) " + where.sql() + ")")
                .bindMap(where.bindings())
                .bind("division", division)
                .mapTo(Boolean.class)
                .one());
    }

    private static Suspension suspension(ResultSet row) throws SQLException {
        return new Suspension(
                row.getLong("suspension_id"),
                row.getString("machine_code") == null ? Optional.empty() : Optional.of(Machine.of(row)),
                Optional.ofNullable(row.getString("division_code")),
                row.getObject("from_on", LocalDate.class),
                row.getObject("until_on", LocalDate.class).minusDays(1),
                row.getString("reason"),
                row.getString("added_by"),
                row.getTimestamp("added_at").toInstant());
    }
}
