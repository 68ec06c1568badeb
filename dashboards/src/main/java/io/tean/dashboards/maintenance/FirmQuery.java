package io.tean.dashboards.maintenance;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads how firms keep up, of the machines and visits within a scope. */
final class FirmQuery {
    static final Sorting SORTING = new Sorting(columns(), "name", "f.organisation_id");

    private final Jdbi jdbi;

    FirmQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("name", "f.name");
        columns.put("machines", "l.machines");
        columns.put("overdue", "l.overdue");
        return columns;
    }

    /** A firm with what the sums have of it. */
    private record Line(int id, Party firm, long machines, long overdue) {}

    /** Visits of a firm, and those of them that are suspect. */
    private record Visits(long all, long suspect) {
        static final Visits NONE = new Visits(0, 0);
    }

    Listing<FirmLoad> list(Scope scope, LocalDate day, String search, Paging paging) {
        Where where = machines(scope, day);
        String from = """
                 FROM (%s GROUP BY 1) AS l (firm_id, machines, overdue) JOIN organisation f ON f.organisation_id = l.firm_id
                WHERE l.machines <> 0 AND (f.name ILIKE :q OR f.credit_code ILIKE :q)
                """.formatted(machinesByFirm(scope) + where.sql());
        return jdbi.withHandle(handle -> {
            int total = handle.createQuery(Listing.counting(from))
                    .bindMap(where.bindings())
                    .bind("q", search)
                    .mapTo(Integer.class)
                    .one();
            List<Line> lines = handle.createQuery(
                            "SELECT f.organisation_id, f.credit_code AS firm_code, f.name AS firm_name, l.machines, l.overdue"
                                    + from + SORTING.orderAndLimit(paging))
                    .bindMap(where.bindings())
                    .bindMap(paging.bindings())
                    .bind("q", search)
                    .map((row, context) -> new Line(
                            row.getInt("organisation_id"),
                            new Party(row.getString("firm_code"), row.getString("firm_name")),
                            row.getLong("machines"),
                            row.getLong("overdue")))
                    .list();
            Integer[] firms = lines.stream().map(Line::id).toArray(Integer[]::new);
            Map<Integer, Long> soon = soon(handle, scope, day, firms);
            Map<Integer, Visits> visits = visits(handle, scope, day, firms);
            List<FirmLoad> loads = lines.stream()
                    .map(line ->
                            load(line, soon.getOrDefault(line.id(), 0L), visits.getOrDefault(line.id(), Visits.NONE)))
                    .toList();
            return new Listing<>(loads, total, paging);
        });
    }

    private static FirmLoad load(Line line, long soon, Visits visits) {
        return new FirmLoad(line.firm(), line.machines(), line.overdue(), soon, visits.all(), visits.suspect());
    }

    /** The bureau's sums are kept by day; an organisation counts its few duties themselves, for its use unit is in no sum. */
    private static String machinesByFirm(Scope scope) {
        return scope.ofBureau()
                ? "SELECT c.answerable_id, sum(c.base), sum(c.base - c.inside) FROM duty_counts('MAINTENANCE', :day) c "
                : "SELECT d.answerable_id, count(*), count(*) FILTER (WHERE d.due_on < :day) FROM "
                        + DueState.ALL.source() + " ";
    }

    private static Where machines(Scope scope, LocalDate day) {
        return scope.ofBureau()
                ? new Where(Reach.dutyCounts(scope, "c"))
                        .and("c.answerable_id <> 0")
                        .bind("day", day)
                : new Where(Reach.duties(scope, "d")).and(DueState.ALL.condition(), "day", day);
    }

    private static Map<Integer, Long> soon(Handle handle, Scope scope, LocalDate day, Integer[] firms) {
        Where where = new Where(Reach.duties(scope, "d"))
                .and(DueState.DUE_SOON.condition(), "day", day)
                .and("d.answerable_id = ANY(:firms)", "firms", firms);
        Map<Integer, Long> soon = new HashMap<>();
        handle.createQuery("SELECT d.answerable_id, count(*) AS n FROM " + DueState.DUE_SOON.source() + " "
                        + where.sql() + " GROUP BY 1")
                .bindMap(where.bindings())
                .map((row, context) -> soon.put(row.getInt("answerable_id"), row.getLong("n")))
                .list();
        return soon;
    }

    private static Map<Integer, Visits> visits(Handle handle, Scope scope, LocalDate day, Integer[] firms) {
        Where where = new Where(Reach.visits(scope, "r"))
                .and("r.firm_id = ANY(:firms)", "firms", firms)
                .and("r.check_out_at >= :from", "from", Day.start(day.minusDays(FirmLoad.DAYS - 1)))
                .and("r.check_out_at < :until", "until", Day.start(day.plusDays(1)))
                .and("NOT EXISTS (SELECT FROM maintenance_record n WHERE n.supersedes = r.record_id)");
        Map<Integer, Visits> visits = new HashMap<>();
        handle.createQuery("""
                        SELECT r.firm_id, count(*) AS n,
                            count(*) FILTER (WHERE (SELECT v.suspect FROM visit_verdict v WHERE v.record_id = r.record_id
                                                    ORDER BY v.verdict_id DESC LIMIT 1)) AS suspect
                        FROM maintenance_record r
                        """ + where.sql() + " GROUP BY 1")
                .bindMap(where.bindings())
                .map((row, context) ->
                        visits.put(row.getInt("firm_id"), new Visits(row.getLong("n"), row.getLong("suspect"))))
                .list();
        return visits;
    }
}
