package io.tean.dashboards.silence;

import io.tean.core.stream.Label;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.silence.Silence.Author;
import io.tean.dashboards.silence.Silence.Phase;
import io.tean.dashboards.silence.Silence.Span;
import io.tean.dashboards.silence.Silence.UseUnit;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads silences within a scope, and the places that somebody may silence. */
public final class SilenceQuery {
    /** As {@link Phase} counts, by the clock of the database. */
    private static final String PHASE = """
            CASE WHEN s.ended_at IS NOT NULL THEN 3 WHEN s.until_at <= tean_now() THEN 2 WHEN s.from_at > tean_now() THEN 1 ELSE 0 END
            """;

    static final Sorting SORTING = new Sorting(columns(), "phase", "s.until_at DESC, s.silence_id");

    private static final String SELECT =
            "SELECT " + Machine.COLUMNS + ", (ARRAY['RUNNING', 'COMING', 'OVER', 'ENDED'])[1 + " + PHASE + """
            ] AS phase, s.silence_id, u.credit_code, u.name AS use_unit_name, s.division_code, s.rule, r.title_zh, r.title_en, s.reason,
            s.from_at, s.until_at, s.added_by, s.added_at, s.ended_at, s.ended_by
            """;
    private static final String FROM = """
             FROM silence s
             LEFT JOIN equipment e ON e.equipment_id = s.equipment_id
             LEFT JOIN organisation u ON u.organisation_id = s.use_unit_id
             LEFT JOIN alert_rule r ON r.rule = s.rule
            """;

    private final Jdbi jdbi;

    public SilenceQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    private static Map<String, String> columns() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("phase", PHASE);
        columns.put("until", "s.until_at");
        columns.put("added", "s.added_at");
        return columns;
    }

    /** @param all also those that are over */
    Listing<Silence> list(Scope scope, boolean all, Paging paging) {
        Where where = new Where(Reach.silences(scope, "s"));
        if (!all) {
            where.and("s.ended_at IS NULL AND s.until_at > tean_now()");
        }
        return new ListReader<>(
                        SELECT + FROM + where.sql(),
                        FROM + where.sql(),
                        where.bindings(),
                        SORTING,
                        (row, context) -> silence(row))
                .page(jdbi, paging);
    }

    /** Empty when there is no such silence, or when it is out of the scope. */
    Optional<Silence> find(Scope scope, long id) {
        return jdbi.withHandle(handle -> find(handle, Reach.silences(scope, "s"), id));
    }

    /** Whatever it is about: for an alert within the viewer's scope that it is in force for. */
    public static Optional<Silence> inForce(Handle handle, long id) {
        return find(handle, Reach.all(), id);
    }

    private static Optional<Silence> find(Handle handle, Reach reach, long id) {
        Where where = new Where(reach).and("s.silence_id = :silence", "silence", id);
        return handle.createQuery(SELECT + FROM + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> silence(row))
                .findOne();
    }

    List<RuleName> rules() {
        return jdbi.withHandle(RuleName::all);
    }

    /** The inner number of a machine within the scope, however its code is written. */
    Optional<Integer> machine(Scope scope, String code) {
        Where where = new Where(Reach.equipment(scope, "e")).and(Machine.IS_ASKED_FOR, "equipment", code);
        return number("SELECT e.equipment_id FROM equipment e ", where);
    }

    /** The inner number of a use unit; empty when it has machines out of the scope, which would fall silent too. */
    Optional<Integer> useUnit(Scope scope, String creditCode) {
        Reach equipment = Reach.equipment(scope, "e");
        Where where = new Where(Reach.organisations(scope, "o"))
                .and("o.credit_code = :use_unit", "use_unit", creditCode)
                .and(
                        "NOT EXISTS (SELECT FROM equipment e WHERE e.use_unit_id = o.organisation_id AND (%s) IS NOT TRUE)"
                                .formatted(equipment.condition()),
                        equipment.bindings());
        return number("SELECT o.organisation_id FROM organisation o ", where);
    }

    /** Whether a division lies within the scope. */
    boolean covers(Scope scope, String division) {
        Where where = new Where(Reach.divisions(scope, "d"));
        return number("SELECT 1 FROM (SELECT CAST(:asked AS text) AS division_code) d ", where.bind("asked", division))
                .isPresent();
    }

    private Optional<Integer> number(String select, Where where) {
        return jdbi.withHandle(handle -> handle.createQuery(select + where.sql())
                .bindMap(where.bindings())
                .mapTo(Integer.class)
                .findOne());
    }

    private static Silence silence(ResultSet row) throws SQLException {
        return new Silence(
                row.getLong("silence_id"),
                row.getString("machine_code") == null ? Optional.empty() : Optional.of(Machine.of(row)),
                row.getString("credit_code") == null
                        ? Optional.empty()
                        : Optional.of(new UseUnit(row.getString("credit_code"), row.getString("use_unit_name"))),
                Optional.ofNullable(row.getString("division_code")),
                Optional.ofNullable(row.getString("rule")),
                row.getString("title_zh") == null
                        ? Optional.empty()
                        : Optional.of(new Label(row.getString("title_zh"), row.getString("title_en"))),
                row.getString("reason"),
                new Span(
                        row.getTimestamp("from_at").toInstant(),
                        row.getTimestamp("until_at").toInstant(),
                        Optional.ofNullable(row.getTimestamp("ended_at")).map(Timestamp::toInstant)),
                Phase.valueOf(row.getString("phase")),
                new Author(
                        row.getString("added_by"),
                        row.getTimestamp("added_at").toInstant(),
                        Optional.ofNullable(row.getString("ended_by"))));
    }
}
