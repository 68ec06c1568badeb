package io.tean.dashboards.machine;

import io.tean.core.stream.Label;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.list.Where;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The alerts and rescue cases of a machine, as far as the viewer may see them. */
public final class Incidents {
    private static final int NEWEST = 10;
    private static final String ALERTS = """
            SELECT a.alert_id, a.severity, a.rule, a.state, r.title_zh, r.title_en, a.first_seen, coalesce(a.cleared_at, a.closed_at) AS until
            FROM alert a LEFT JOIN alert_rule r ON r.rule = a.rule
            """;

    private Incidents() {}

    /**
     * An alert.
     *
     * @param title of its rule; none when the catalogue does not know the rule
     * @param until it was cleared or closed; empty while its condition holds
     */
    public record AlertMark(
            long id,
            String severity,
            String rule,
            String state,
            Optional<Label> title,
            Instant from,
            Optional<Instant> until) {}

    /**
     * A rescue case.
     *
     * @param ended when everybody was safe
     */
    public record CaseMark(long id, String state, String origin, Instant opened, Optional<Instant> ended) {}

    /** The alerts that held in a span, the worst first; when there are too many, those. */
    static List<AlertMark> alerts(Handle handle, Scope scope, MachineKey machine, Span span, int most) {
        Where where = ofMachine(Reach.alerts(scope, "a"), "a", machine)
                .and("a.first_seen < :to", "to", span.to().atOffset(ZoneOffset.UTC))
                .and(
                        "coalesce(a.cleared_at, a.closed_at, 'infinity') >= :from",
                        "from",
                        span.from().atOffset(ZoneOffset.UTC));
        return alerts(handle, where, "a.severity_rank, a.first_seen DESC", most);
    }

    static List<AlertMark> newestAlerts(Handle handle, Scope scope, MachineKey machine) {
        Where where = ofMachine(Reach.alerts(scope, "a"), "a", machine);
        return alerts(handle, where, "a.opened_at DESC, a.alert_id DESC", NEWEST);
    }

    private static List<AlertMark> alerts(Handle handle, Where where, String order, int most) {
        return handle.createQuery(ALERTS + where.sql() + "ORDER BY " + order + " LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", most)
                .map((row, context) -> new AlertMark(
                        row.getLong("alert_id"),
                        row.getString("severity"),
                        row.getString("rule"),
                        row.getString("state"),
                        row.getString("title_zh") == null
                                ? Optional.empty()
                                : Optional.of(new Label(row.getString("title_zh"), row.getString("title_en"))),
                        row.getTimestamp("first_seen").toInstant(),
                        instant(row, "until")))
                .list();
    }

    static List<CaseMark> newestCases(Handle handle, Scope scope, MachineKey machine) {
        Where where = ofMachine(Reach.cases(scope, "c"), "c", machine);
        return handle.createQuery("SELECT c.case_id, c.state, c.origin, c.opened_at, c.released_at FROM rescue_case c "
                        + where.sql() + "ORDER BY c.opened_at DESC LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", NEWEST)
                .map((row, context) -> new CaseMark(
                        row.getLong("case_id"),
                        row.getString("state"),
                        row.getString("origin"),
                        row.getTimestamp("opened_at").toInstant(),
                        instant(row, "released_at")))
                .list();
    }

    private static Where ofMachine(Reach reach, String alias, MachineKey machine) {
        return new Where(reach).and(alias + ".equipment_id = :machine", "machine", machine.id());
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
