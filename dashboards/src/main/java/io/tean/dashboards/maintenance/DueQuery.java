package io.tean.dashboards.maintenance;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads maintenance duties within a scope, for pages and the API alike. */
public final class DueQuery {
    static final Sorting SORTING = new Sorting(columns(), "due", "d.equipment_id");

    private static final int MOST_FIRMS = 500;

    private static final String SELECT = "SELECT " + Machine.COLUMNS + """
            , u.credit_code AS unit_code, u.name AS unit_name, f.credit_code AS firm_code, f.name AS firm_name, d.rule, d.due_on
            """;

    /** Outer joins on unique keys: a count leaves them out. */
    private static final String JOINED = """

             LEFT JOIN equipment e ON e.equipment_id = d.equipment_id
             LEFT JOIN organisation u ON u.organisation_id = d.use_unit_id
             LEFT JOIN organisation f ON f.organisation_id = d.answerable_id
            """;

    private final Jdbi jdbi;

    public DueQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("due", "d.due_on");
        columns.put("days", "CAST(:day AS date) - d.due_on");
        columns.put("firm", "coalesce(f.name, '')");
        columns.put("machine", "coalesce(e.code, '')");
        return columns;
    }

    /** @param counts of the same scope and filter: what they have counted is not counted again */
    Listing<Due> list(Scope scope, DueFilter filter, Paging paging, DueCounts counts) {
        ListReader<Due> reader = reader(scope, filter);
        return filter.isNarrow() ? reader.page(jdbi, paging) : reader.page(jdbi, paging, counts.of(filter.state()));
    }

    /** Writes all machines of a list, however many, in its order. */
    void export(Scope scope, DueFilter filter, Paging paging, Sheet.Sink sink, Function<Due, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Due> reader(Scope scope, DueFilter filter) {
        Where where = where(scope, filter);
        List<String> sources = filter.equipment().isPresent()
                ? List.of("duty")
                : filter.state().sources();
        String parts = sources.stream()
                .map(source -> "SELECT d.* FROM " + source + " d" + JOINED + where.sql())
                .map(ListReader::first)
                .collect(Collectors.joining(" UNION ALL "));
        return new ListReader<>(
                SELECT + " FROM (" + parts + ") d" + JOINED,
                from(filter, filter.state()) + where.sql(),
                where.bindings(),
                SORTING,
                (row, context) -> due(row));
    }

    private static String from(DueFilter filter, DueState state) {
        return " FROM " + (filter.equipment().isPresent() ? "duty d" : state.source()) + JOINED;
    }

    /** Of all machines of a scope, as of a day that is today. */
    public DueCounts counts(Scope scope, LocalDate today) {
        return counts(
                scope,
                new DueFilter(
                        today,
                        false,
                        DueState.OVERDUE,
                        new Search(""),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** Of the day, the division and the firm that are asked for; whatever else is. */
    DueCounts counts(Scope scope, DueFilter filter) {
        return jdbi.withHandle(handle -> {
            Where soon = narrow(scope, filter, DueState.DUE_SOON);
            long counted = handle.createQuery(Listing.counting(from(filter, DueState.DUE_SOON) + soon.sql()))
                    .bindMap(soon.bindings())
                    .mapTo(Long.class)
                    .one();
            return scope.ofBureau()
                    ? summed(handle, scope, filter, counted)
                    : new DueCounts(
                            counted(handle, scope, filter, DueState.OVERDUE),
                            counted,
                            counted(handle, scope, filter, DueState.ALL));
        });
    }

    private static DueCounts summed(Handle handle, Scope scope, DueFilter filter, long soon) {
        Where where = new Where(Reach.dutyCounts(scope, "c")).bind("day", filter.day());
        filter.divisionPrefix()
                .ifPresent(prefix -> where.and("starts_with(c.division_code, :division)", "division", prefix));
        filter.firm()
                .ifPresent(code -> where.and(
                        "c.answerable_id = (SELECT organisation_id FROM organisation WHERE credit_code = :firm)",
                        "firm",
                        code));
        return handle.createQuery(
                        "SELECT coalesce(sum(c.base - c.inside), 0) AS overdue, coalesce(sum(c.base), 0) AS duty FROM"
                                + " duty_counts('MAINTENANCE', :day) c " + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> new DueCounts(row.getLong("overdue"), soon, row.getLong("duty")))
                .one();
    }

    private static long counted(Handle handle, Scope scope, DueFilter filter, DueState state) {
        Where where = narrow(scope, filter, state);
        return handle.createQuery("SELECT count(*)" + from(filter, state) + where.sql())
                .bindMap(where.bindings())
                .mapTo(Long.class)
                .one();
    }

    /** The firms that must act within a scope, by name. */
    List<Party> firms(Scope scope) {
        Reach reach = Reach.duties(scope, "d");
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT f.credit_code AS firm_code, f.name AS firm_name FROM organisation f
                        WHERE f.kind = 'MAINTENANCE_FIRM'
                          AND EXISTS (SELECT FROM duty d WHERE d.answerable_id = f.organisation_id AND d.kind = 'MAINTENANCE'
                                      AND d.until_on = 'infinity' AND %s)
                        ORDER BY f.name, f.credit_code LIMIT :most
                        """.formatted(reach.condition()))
                .bindMap(reach.bindings())
                .bind("most", MOST_FIRMS)
                .map((row, context) -> new Party(row.getString("firm_code"), row.getString("firm_name")))
                .list());
    }

    /** Conditions by day, state, division and firm. */
    private static Where narrow(Scope scope, DueFilter filter, DueState state) {
        String condition = filter.equipment().isPresent() ? state.conditionOfFew() : state.condition();
        Where where = new Where(Reach.duties(scope, "d")).and(condition, "day", filter.day());
        filter.divisionPrefix()
                .ifPresent(prefix -> where.and("starts_with(d.division_code, :division)", "division", prefix));
        filter.firm()
                .ifPresent(code -> where.and(
                        "d.answerable_id = (SELECT organisation_id FROM organisation WHERE credit_code = :firm)",
                        "firm",
                        code));
        return where;
    }

    private static Where where(Scope scope, DueFilter filter) {
        Where where = narrow(scope, filter, filter.state());
        filter.level()
                .ifPresent(level -> where.and("d.rule = 'maintenance-' || :level OR d.rule = :level", "level", level));
        filter.equipment().ifPresent(code -> where.and(Machine.IS_ASKED_FOR, "equipment", code));
        if (!filter.search().isBlank()) {
            where.and(
                    "e.code ILIKE :q OR e.name ILIKE :q OR e.site_address ILIKE :q OR u.name ILIKE :q",
                    "q",
                    filter.search().pattern());
        }
        return where;
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                Machine.of(row),
                Party.of(row, "unit"),
                Party.of(row, "firm"),
                row.getString("rule"),
                row.getObject("due_on", LocalDate.class));
    }
}
