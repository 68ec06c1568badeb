package io.tean.dashboards.alert;

import io.tean.core.alert.AlertState;
import io.tean.core.alert.Severity;
import io.tean.core.stream.Label;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.alert.Alert.Quiet;
import io.tean.dashboards.alert.Alert.Seen;
import io.tean.dashboards.alert.Alert.Subject;
import io.tean.dashboards.alert.AlertCard.Handling;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.silence.RuleName;
import io.tean.dashboards.silence.SilenceQuery;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads alerts within a scope, for pages and the API alike. */
final class AlertQuery {
    /** Of {@code alert a LEFT JOIN equipment e}: where it happened, if anywhere. */
    static final String DIVISION = "coalesce(e.division_code, nullif(a.division_code, ''))";
    /** Where nothing is silent, no alert is asked whether it is. */
    static final String IS_QUIET = """
            (a.muted_by IS NOT NULL
             OR EXISTS (SELECT FROM silence s WHERE s.ended_at IS NULL AND s.until_at > tean_now()) AND alert_silence(a) IS NOT NULL)
            """;

    private static final String SELECT = "SELECT " + Machine.COLUMNS + ", " + DIVISION + """
             AS division, a.alert_id, a.severity, a.rule, r.title_zh, r.title_en, a.subject_kind, a.subject, o.name AS organisation_name,
            a.state, a.first_seen, a.last_seen, a.findings, a.activations, a.activated_at, a.opened_at, a.late, a.cleared_at, a.muted_by,
            CASE WHEN a.state <> 'closed' THEN alert_silence(a) END AS silence_id
            """;
    private static final String COUNTED = " FROM alert a LEFT JOIN equipment e ON e.equipment_id = a.equipment_id ";
    private static final String FROM = COUNTED + """
             LEFT JOIN alert_rule r ON r.rule = a.rule
             LEFT JOIN organisation o ON o.organisation_id = a.organisation_id
            """;

    private final Jdbi jdbi;
    private final CardReader cards;

    AlertQuery(DataSource database, StreamCatalogue streams) {
        this.jdbi = WebStore.over(database);
        this.cards = new CardReader(streams);
    }

    Listing<Alert> list(Scope scope, AlertFilter filter, Paging paging) {
        return reader(scope, filter).page(jdbi, paging);
    }

    /** Writes all alerts of a list, however many, in its order. */
    void export(Scope scope, AlertFilter filter, Paging paging, Sheet.Sink sink, Function<Alert, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<Alert> reader(Scope scope, AlertFilter filter) {
        Where where = where(scope, filter);
        return new ListReader<>(
                SELECT + FROM + where.sql(),
                COUNTED + where.sql(),
                where.bindings(),
                filter.sorting(),
                (row, context) -> alert(row));
    }

    private static Where where(Scope scope, AlertFilter filter) {
        Where where = new Where(Reach.alerts(scope, "a"));
        filter.narrow(where);
        return where;
    }

    /** The groups with the worst alerts, {@link Group#MOST} at most. */
    List<Group> groups(Scope scope, AlertFilter filter, String by) {
        Where where = where(scope, filter);
        String key = switch (by) {
            case "rule" -> "a.rule";
            case "division" -> DIVISION;
            case "site" -> "e.site_address";
            default -> throw new IllegalArgumentException("alerts are not grouped by " + by);
        };
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT g.*, r.title_zh, r.title_en
                        FROM (SELECT coalesce(%s, '-') AS key, max(a.activated_at) AS latest, min(a.severity_rank) AS worst,
                                  count(*) FILTER (WHERE a.severity_rank = 0) AS n0, count(*) FILTER (WHERE a.severity_rank = 1) AS n1,
                                  count(*) FILTER (WHERE a.severity_rank = 2) AS n2, count(*) FILTER (WHERE a.severity_rank = 3) AS n3
                        """.formatted(key) + COUNTED + where.sql() + """
                              GROUP BY 1) g
                        LEFT JOIN alert_rule r ON r.rule = g.key AND :by = 'rule'
                        ORDER BY g.worst, g.n0 DESC, g.n1 DESC, g.n2 DESC, g.n3 DESC, g.key LIMIT :most
                        """)
                .bindMap(where.bindings())
                .bind("by", by)
                .bind("most", Group.MOST)
                .map((row, context) -> new Group(
                        by,
                        row.getString("key"),
                        title(row),
                        Map.of(
                                Severity.EMERGENCY, row.getInt("n0"),
                                Severity.CRITICAL, row.getInt("n1"),
                                Severity.WARNING, row.getInt("n2"),
                                Severity.NOTICE, row.getInt("n3")),
                        row.getTimestamp("latest").toInstant()))
                .list());
    }

    List<RuleName> rules() {
        return jdbi.withHandle(RuleName::all);
    }

    /**
     * The newest emergencies that somebody ought to hear: nobody has acknowledged them, and nothing keeps them quiet. Each as its number
     * and how often it began.
     */
    List<String> alarms(Scope scope, int most) {
        Where where = new Where(Reach.alerts(scope, "a"))
                .and("a.state <> 'closed' AND a.severity_rank = 0 AND a.state = 'open' AND NOT " + IS_QUIET);
        return jdbi.withHandle(handle -> handle.createQuery("SELECT a.alert_id || '.' || a.activations FROM alert a "
                        + where.sql() + "ORDER BY a.activated_at DESC, a.alert_id DESC LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", most)
                .mapTo(String.class)
                .list());
    }

    /** Whether an organisation has the alert's machine now: uses it, or maintains it under contract. */
    boolean hasMachine(Scope scope, long id, LocalDate today) {
        Where where = new Where(Reach.machines(scope, "a", today)).and("a.alert_id = :alert", "alert", id);
        return jdbi.withHandle(handle -> handle.createQuery("SELECT EXISTS (SELECT FROM alert a " + where.sql() + ")")
                .bindMap(where.bindings())
                .mapTo(Boolean.class)
                .one());
    }

    /** Empty when there is no such alert, or when it is out of the scope. */
    Optional<AlertCard> find(Scope scope, long id) {
        Where where = new Where(Reach.alerts(scope, "a")).and("a.alert_id = :alert", "alert", id);
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + """
                        , a.equipment_id, a.acknowledged_at, a.acknowledged_by, a.closed_at, a.closed_by, a.cause, a.note, a.opened_with,
                        a.latest_with, r.version, r.effective, r.advice_zh, r.advice_en, r.source, coalesce(r.clause_zh, r.clause) AS clause_zh,
                        r.clause, r.mark, r.conditions, r.retired_at
                        """ + FROM + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> card(handle, scope, row))
                .findOne());
    }

    private AlertCard card(Handle handle, Scope scope, ResultSet row) throws SQLException {
        Alert alert = alert(row);
        int equipment = row.getInt("equipment_id");
        List<String> streams = CardReader.streams(handle, alert.id(), equipment);
        Optional<AlertCard.Rule> rule = cards.rule(row);
        List<String> spoken = Stream.concat(
                        streams.stream(),
                        rule.stream()
                                .flatMap(known -> known.conditions().stream())
                                .map(condition -> condition.getOrDefault("stream", "")))
                .distinct()
                .toList();
        return new AlertCard(
                alert,
                rule,
                new Handling(
                        instant(row, "acknowledged_at"),
                        Optional.ofNullable(row.getString("acknowledged_by")),
                        instant(row, "closed_at"),
                        Optional.ofNullable(row.getString("closed_by")),
                        Optional.ofNullable(row.getString("cause")),
                        Optional.ofNullable(row.getString("note")).filter(note -> !note.isBlank())),
                cards.values(row.getString("opened_with"), spoken),
                cards.values(row.getString("latest_with"), spoken),
                CardReader.timeline(handle, alert.id()),
                cards.evidence(handle, alert, equipment, streams),
                alert.quiet().mutedBy().isPresent()
                        ? one(handle, scope, alert.quiet().mutedBy().getAsLong())
                        : Optional.empty(),
                alert.quiet().silence().isPresent()
                        ? SilenceQuery.inForce(handle, alert.quiet().silence().getAsLong())
                        : Optional.empty());
    }

    private static Optional<Alert> one(Handle handle, Scope scope, long id) {
        Where where = new Where(Reach.alerts(scope, "a")).and("a.alert_id = :alert", "alert", id);
        return handle.createQuery(SELECT + FROM + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> alert(row))
                .findOne();
    }

    private static Alert alert(ResultSet row) throws SQLException {
        return new Alert(
                row.getLong("alert_id"),
                Severity.valueOf(row.getString("severity")),
                row.getString("rule"),
                title(row),
                new Subject(
                        row.getString("subject_kind"),
                        row.getString("subject"),
                        row.getString("machine_code") == null ? Optional.empty() : Optional.of(Machine.of(row)),
                        Optional.ofNullable(row.getString("organisation_name")),
                        Optional.ofNullable(row.getString("division"))),
                AlertState.of(row.getString("state")),
                new Seen(
                        row.getTimestamp("first_seen").toInstant(),
                        row.getTimestamp("last_seen").toInstant(),
                        row.getInt("findings"),
                        row.getInt("activations"),
                        row.getTimestamp("activated_at").toInstant(),
                        row.getTimestamp("opened_at").toInstant(),
                        row.getBoolean("late")),
                instant(row, "cleared_at"),
                new Quiet(number(row, "silence_id"), number(row, "muted_by")));
    }

    private static Optional<Label> title(ResultSet row) throws SQLException {
        return row.getString("title_zh") == null
                ? Optional.empty()
                : Optional.of(new Label(row.getString("title_zh"), row.getString("title_en")));
    }

    private static OptionalLong number(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? OptionalLong.empty() : OptionalLong.of(row.getLong(column));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
