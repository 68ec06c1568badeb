package io.tean.dashboards.inspection;

import io.tean.core.inspection.SubmissionStep;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.submission.SubmissionQuery;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads the machines behind the periodic inspection rate, as of a day. */
final class MachineQuery {
    private static final String DUE = """
            SELECT equipment_id, due_on, rule, category, division_code, use_unit_id, answerable_id AS body_id, NULL::text AS because
            FROM %s
            """;
    private static final String UNDER = " WHERE kind = 'INSPECTION' AND from_on <= :day AND until_on > :day";
    /** As periodic_inspection_missing has them, in parts. */
    private static final List<String> MISSING = List.of(
            DUE.formatted("open_duties('INSPECTION', :day)") + " WHERE due_on < :day",
            DUE.formatted("ended_late_duties('INSPECTION', :day)"));

    private static final String NOT_IN_USE = """
            SELECT x.equipment_id, NULL::date AS due_on, NULL::text AS rule, m.category, m.division_code, m.use_unit_id,
                m.inspection_body_id AS body_id, lower(x.state) AS because
            FROM equipment_state x JOIN equipment m USING (equipment_id)
            WHERE x.state <> 'IN_USE' AND x.from_on <= :day AND x.until_on > :day
            """;
    private static final String NO_RULE = """
            SELECT x.equipment_id, NULL::date AS due_on, NULL::text AS rule, m.category, m.division_code, m.use_unit_id,
                m.inspection_body_id AS body_id, 'no-rule' AS because
            FROM equipment_state x JOIN equipment m USING (equipment_id)
            WHERE x.state = 'IN_USE' AND x.from_on <= :day AND x.until_on > :day
              AND NOT EXISTS (SELECT FROM duty n WHERE n.equipment_id = x.equipment_id AND n.kind = 'INSPECTION'
                                AND n.from_on <= :day AND n.until_on > :day)
            """;
    private static final String OPEN =
            "SELECT FROM submission s WHERE s.equipment_id = d.equipment_id AND " + SubmissionQuery.OPEN;

    private final Jdbi jdbi;

    MachineQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** The late ones first where they are late; else by code, which an index has in order. */
    static Sorting sorting(MachineFilter filter) {
        Map<String, String> columns = new LinkedHashMap<>();
        boolean late = filter.in().equals(MachineFilter.MISSING);
        // What is late has a day, and comes in its order.
        columns.put("due", late ? "d.due_on" : "coalesce(d.due_on, 'infinity')");
        columns.put("code", "e.normal_code");
        return new Sorting(columns, late ? "due" : "code", "d.equipment_id");
    }

    Listing<Machine> list(Scope scope, MachineFilter filter, Paging paging, LocalDate today) {
        ListReader<Machine> reader = reader(scope, filter, today);
        return scope.ofBureau() && filter.isInSums()
                ? reader.page(jdbi, paging, missing(scope, filter))
                : reader.page(jdbi, paging);
    }

    /** The first of a list, whose rows were counted already. */
    Listing<Machine> first(Scope scope, MachineFilter filter, int most, long total, LocalDate today) {
        return reader(scope, filter, today)
                .page(jdbi, new Paging(1, most, sorting(filter).standard(), false), total);
    }

    private long missing(Scope scope, MachineFilter filter) {
        Where where = new Where(Reach.dutyCounts(scope, "d")).bind("day", filter.day());
        filter.narrow(where, OPEN);
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT coalesce(sum(d.base - d.inside), 0) FROM duty_counts('INSPECTION', :day) d "
                                + where.sql())
                .bindMap(where.bindings())
                .mapTo(Long.class)
                .one());
    }

    /** Writes all machines of a list, however many, in its order. */
    void export(
            Scope scope,
            MachineFilter filter,
            Paging paging,
            LocalDate today,
            Sheet.Sink sink,
            Function<Machine, Object[]> cells)
            throws IOException {
        reader(scope, filter, today).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Machine> reader(Scope scope, MachineFilter filter, LocalDate today) {
        Where where = new Where(Reach.machines(scope, "d", today));
        filter.narrow(where, OPEN);
        String machine = " d JOIN equipment e ON e.equipment_id = d.equipment_id ";
        String parts = sources(filter).stream()
                .map(source -> ListReader.first("SELECT d.* FROM (" + source + ")" + machine + where.sql()))
                .collect(Collectors.joining(" UNION ALL "));
        Map<String, Object> bindings = new HashMap<>(where.bindings());
        bindings.put("day", filter.day());
        return new ListReader<>(
                """
                SELECT e.code, e.name, d.category, d.division_code, e.site_address, u.name AS use_unit, b.name AS body, d.due_on, d.rule,
                    d.because, o.submission_no, o.state
                FROM (""" + parts + ")" + machine + """
                LEFT JOIN organisation u ON u.organisation_id = d.use_unit_id
                LEFT JOIN organisation b ON b.organisation_id = d.body_id
                LEFT JOIN LATERAL (SELECT s.submission_no, s.state FROM submission s
                                   WHERE s.equipment_id = d.equipment_id AND %s
                                   ORDER BY s.submitted_on DESC, s.submission_id DESC LIMIT 1) o ON TRUE
                """.formatted(SubmissionQuery.OPEN),
                // An outer join is left out where no condition asks for the machine.
                " FROM (" + String.join(" UNION ALL ", sources(filter)) + ")" + machine.replace("JOIN", "LEFT JOIN")
                        + where.sql(),
                bindings,
                sorting(filter),
                (row, context) -> machine(row, filter.day()));
    }

    private static List<String> sources(MachineFilter filter) {
        return switch (filter.in()) {
            case MachineFilter.MISSING -> MISSING;
            case "inside" -> List.of(DUE.formatted("duty") + UNDER + " AND due_on >= :day");
            case "counted" -> List.of(DUE.formatted("duty") + UNDER);
            default ->
                filter.because()
                        .map(because -> List.of(
                                because == Because.NO_RULE
                                        ? NO_RULE
                                        : NOT_IN_USE + " AND x.state = '" + because.name() + "'"))
                        .orElse(List.of(NOT_IN_USE, NO_RULE));
        };
    }

    private static Machine machine(ResultSet row, LocalDate day) throws SQLException {
        Optional<LocalDate> dueOn = Optional.ofNullable(row.getObject("due_on", LocalDate.class));
        String no = row.getString("submission_no");
        return new Machine(
                row.getString("code"),
                row.getString("name"),
                row.getString("category"),
                Optional.ofNullable(row.getString("division_code")).orElse(""),
                Optional.ofNullable(row.getString("site_address")),
                Optional.ofNullable(row.getString("use_unit")),
                Optional.ofNullable(row.getString("body")),
                dueOn,
                Optional.ofNullable(row.getString("rule")),
                dueOn.map(due -> ChronoUnit.DAYS.between(due, day)).orElse(0L),
                Optional.ofNullable(row.getString("because")).flatMap(Because::of),
                no == null
                        ? Optional.empty()
                        : Optional.of(new Machine.Open(no, SubmissionStep.valueOf(row.getString("state")))));
    }
}
