package io.tean.dashboards.rescue;

import io.tean.core.alert.Severity;
import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.DispatchState;
import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.core.stream.Label;
import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.rescue.CaseCard.Called;
import io.tean.dashboards.rescue.CaseCard.Choice;
import io.tean.dashboards.rescue.CaseCard.Considered;
import io.tean.dashboards.rescue.CaseCard.Delivery;
import io.tean.dashboards.rescue.CaseCard.Ending;
import io.tean.dashboards.rescue.CaseCard.Moment;
import io.tean.dashboards.rescue.CaseCard.Trouble;
import io.tean.dashboards.rescue.RescueCase.Clock;
import io.tean.dashboards.rescue.RescueCase.People;
import io.tean.dashboards.rescue.RescueCase.Scene;
import io.tean.dashboards.rescue.RescueCase.Times;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads cases within a scope, for pages and the API alike. */
public final class CaseQuery {
    /** More than any city has at a time. */
    static final int MOST_OPEN = 200;

    /** Of {@code alert a} and what belongs to it, as {@link #trouble} reads it. */
    static final String TROUBLES = """
            SELECT a.alert_id, a.severity, a.rule, r.title_zh, r.title_en, coalesce(e.code, a.subject) AS code,
                coalesce(e.site_address, e.name, '') AS place, a.state, a.activated_at
            FROM alert a LEFT JOIN equipment e ON e.equipment_id = a.equipment_id LEFT JOIN alert_rule r ON r.rule = a.rule
            """;

    private static final JsonMapper JSON = new JsonMapper();
    private static final String SELECT = """
            SELECT c.*, e.code, e.name, e.site_address, e.rescue_code, e.latitude, e.longitude, u.name AS use_unit
            """;
    private static final String COUNTED =
            " FROM rescue_case c LEFT JOIN equipment e ON e.equipment_id = c.equipment_id ";
    private static final String FROM = COUNTED + " LEFT JOIN organisation u ON u.organisation_id = e.use_unit_id ";

    private final Jdbi jdbi;

    public CaseQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    Listing<RescueCase> list(Scope scope, CaseFilter filter, Paging paging) {
        return reader(scope, filter).page(jdbi, paging);
    }

    /** Writes all cases of a list, however many, in its order. */
    void export(Scope scope, CaseFilter filter, Paging paging, Sheet.Sink sink, Function<RescueCase, Object[]> cells)
            throws IOException {
        reader(scope, filter).export(jdbi, paging, sink, cells);
    }

    private static ListReader<RescueCase> reader(Scope scope, CaseFilter filter) {
        Where where = new Where(Reach.cases(scope, "c"));
        filter.narrow(where);
        return new ListReader<>(
                SELECT + FROM + where.sql(),
                COUNTED + where.sql(),
                where.bindings(),
                CaseFilter.SORTING,
                (row, context) -> rescue(row));
    }

    /** The newest that are live, or those that are released and not closed. */
    List<RescueCase> open(Scope scope, boolean live, int most) {
        Where where = new Where(Reach.cases(scope, "c"))
                .and("c.state <> 'CLOSED'")
                .and(live ? CaseFilter.IS_LIVE : "NOT (" + CaseFilter.IS_LIVE + ")");
        return jdbi.withHandle(handle -> handle.createQuery(
                        SELECT + FROM + where.sql() + "ORDER BY c.opened_at DESC, c.case_id DESC LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", most)
                .map((row, context) -> rescue(row))
                .list());
    }

    /** The live cases, those first whose clock runs out next. */
    public List<RescueCase> live(Scope scope) {
        return open(scope, true, MOST_OPEN).stream()
                .sorted(Comparator.comparing(
                        rescue -> rescue.clock().map(Clock::at).orElse(Instant.MAX)))
                .toList();
    }

    /** The database's clock, which all clocks of rescue go by. */
    public Instant now() {
        return jdbi.withHandle(handle ->
                handle.createQuery("SELECT tean_now()").mapTo(Instant.class).one());
    }

    /** Who was called, by case, in the order of the calls. */
    Map<Long, List<Called>> units(Collection<Long> cases) {
        if (cases.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(
                handle -> handle
                        .createQuery("""
                        SELECT d.*, o.latitude AS seat_latitude, o.longitude AS seat_longitude
                        FROM rescue_dispatch d LEFT JOIN organisation o ON o.organisation_id = d.organisation_id
                        WHERE d.case_id = ANY (:cases) ORDER BY d.case_id, d.dispatch_id
                        """)
                        .bindArray("cases", Long.class, cases)
                        .map((row, context) -> called(row))
                        .list()
                        .stream()
                        .collect(Collectors.groupingBy(Called::caseId)));
    }

    /** Empty when there is no such case, or when it is out of the scope. */
    Optional<CaseCard> find(Scope scope, long id) {
        return find(Reach.cases(scope, "c"), Reach.alerts(scope, "a"), id, scope.ofBureau());
    }

    /** For whoever has a link to the case: without alerts and deliveries. */
    public Optional<CaseCard> find(long id) {
        return find(Reach.all(), new Reach("FALSE", Map.of()), id, false);
    }

    private Optional<CaseCard> find(Reach cases, Reach alerts, long id, boolean deliveries) {
        Where where = new Where(cases).and("c.case_id = :case", "case", id);
        return jdbi.withHandle(handle -> handle.createQuery(SELECT + FROM + where.sql())
                .bindMap(where.bindings())
                .map((row, context) -> new CaseCard(
                        rescue(row),
                        ending(row),
                        units(List.of(id)).getOrDefault(id, List.of()),
                        timeline(handle, id),
                        alerts(handle, alerts, id),
                        deliveries ? deliveries(handle, id) : List.of()))
                .findOne());
    }

    private static List<Moment> timeline(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT * FROM (SELECT t.*, coalesce(d.unit, '') AS unit
                                       FROM case_entry t LEFT JOIN rescue_dispatch d ON d.dispatch_id = t.dispatch_id
                                       WHERE t.case_id = :case ORDER BY t.entry_id DESC LIMIT :most) newest
                        ORDER BY entry_id
                        """)
                .bind("case", id)
                .bind("most", CaseCard.MOST)
                .map((row, context) -> new Moment(
                        row.getTimestamp("at").toInstant(),
                        row.getString("step"),
                        row.getString("state"),
                        row.getString("unit"),
                        row.getString("actor_kind"),
                        row.getString("actor"),
                        said(row.getString("detail"))))
                .list();
    }

    /** What an object has to say in one line each; what has parts of its own is left out. */
    private static Map<String, String> said(String json) {
        Map<String, String> said = new LinkedHashMap<>();
        JSON.readTree(json).properties().forEach(part -> {
            JsonNode value = part.getValue();
            if (value.isValueNode() && !value.isNull() && !value.asString().isBlank()) {
                said.put(part.getKey(), value.asString());
            }
        });
        return said;
    }

    private static List<Trouble> alerts(Handle handle, Reach reach, long id) {
        Where where = new Where(reach)
                .and("a.alert_id IN (SELECT alert_id FROM case_alert WHERE case_id = :case)", "case", id);
        return handle.createQuery(TROUBLES + where.sql() + "ORDER BY a.severity_rank, a.activated_at DESC LIMIT :most")
                .bindMap(where.bindings())
                .bind("most", CaseCard.MOST)
                .map((row, context) -> trouble(row))
                .list();
    }

    private static List<Delivery> deliveries(Handle handle, long id) {
        return handle.createQuery("""
                        SELECT n.occasion, d.recipient_name, d.addresses -> d.address_no::integer ->> 'channel' AS channel, d.state, d.reason,
                            d.attempts, d.queued_at, d.ended_at
                        FROM notice n JOIN delivery d ON d.notice_id = n.notice_id
                        WHERE n.case_id = :case ORDER BY d.queued_at DESC, d.delivery_id LIMIT :most
                        """)
                .bind("case", id)
                .bind("most", CaseCard.MOST)
                .map((row, context) -> new Delivery(
                        row.getString("occasion"),
                        row.getString("recipient_name"),
                        Objects.requireNonNullElse(row.getString("channel"), ""),
                        row.getString("state"),
                        row.getString("reason"),
                        row.getInt("attempts"),
                        row.getTimestamp("queued_at").toInstant(),
                        instant(row, "ended_at")))
                .list();
    }

    /** The organisation that has this credit code. */
    OptionalInt organisation(String creditCode) {
        return jdbi.withHandle(handle -> handle.createQuery(
                                "SELECT organisation_id FROM organisation WHERE credit_code = :code")
                        .bind("code", creditCode)
                        .mapTo(Integer.class)
                        .findOne())
                .map(OptionalInt::of)
                .orElse(OptionalInt.empty());
    }

    static Trouble trouble(ResultSet row) throws SQLException {
        return new Trouble(
                row.getLong("alert_id"),
                Severity.valueOf(row.getString("severity")),
                row.getString("rule"),
                row.getString("title_zh") == null
                        ? Optional.empty()
                        : Optional.of(new Label(row.getString("title_zh"), row.getString("title_en"))),
                row.getString("code"),
                row.getString("place"),
                row.getString("state"),
                row.getTimestamp("activated_at").toInstant());
    }

    private static RescueCase rescue(ResultSet row) throws SQLException {
        Optional<String> site = Optional.ofNullable(row.getString("site_address"));
        return new RescueCase(
                row.getLong("case_id"),
                new Scene(
                        Optional.ofNullable(row.getString("code")),
                        Objects.requireNonNullElse(row.getString("name"), ""),
                        Optional.of(row.getString("place"))
                                .filter(place -> !place.isBlank())
                                .or(() -> site)
                                .orElse(""),
                        Optional.ofNullable(row.getString("rescue_code")),
                        Optional.ofNullable(row.getString("use_unit")),
                        row.getString("division_code"),
                        position(row, "latitude", "longitude")),
                row.getString("origin"),
                CaseState.valueOf(row.getString("state")),
                row.getInt("level"),
                Optional.ofNullable(row.getString("outcome")),
                times(row),
                new People(
                        row.getString("caller_name"),
                        row.getString("caller_telephone"),
                        number(row, "trapped_count"),
                        number(row, "injured_count"),
                        number(row, "released_count"),
                        row.getBoolean("calmed"),
                        row.getString("fault_text")),
                instant(row, "next_due_at").map(at -> new Clock(text(row, "next_due"), at)),
                Optional.ofNullable(row.getString("duty_operator")),
                row.getInt("version"));
    }

    private static Times times(ResultSet row) throws SQLException {
        return new Times(
                row.getTimestamp("occurred_at").toInstant(),
                row.getTimestamp("opened_at").toInstant(),
                instant(row, "dispatched_at"),
                instant(row, "answered_at"),
                instant(row, "on_the_way_at"),
                instant(row, "forecast_at"),
                instant(row, "arrived_at"),
                instant(row, "released_at"),
                instant(row, "rated_at"),
                instant(row, "closed_at"),
                instant(row, "arrive_by"),
                instant(row, "accident_at"),
                row.getTimestamp("arrival_missed_at") != null,
                row.getTimestamp("accident_marked_at") != null);
    }

    private static Ending ending(ResultSet row) throws SQLException {
        return new Ending(
                Optional.ofNullable(row.getString("cause")),
                row.getBoolean("by_maintenance"),
                row.getString("result_text"),
                number(row, "rating"),
                row.getString("rating_text"),
                Optional.ofNullable(row.getString("closed_by")));
    }

    private static Called called(ResultSet row) throws SQLException {
        return new Called(
                row.getLong("case_id"),
                row.getLong("dispatch_id"),
                row.getInt("level"),
                number(row, "organisation_id"),
                row.getString("unit"),
                row.getString("telephone"),
                row.getString("escalation"),
                choice(JSON.readTree(row.getString("choice"))),
                DispatchState.valueOf(row.getString("state")),
                row.getString("reason"),
                row.getTimestamp("called_at").toInstant(),
                instant(row, "answer_by"),
                instant(row, "answered_at"),
                Objects.requireNonNullElse(row.getString("answered_by"), ""),
                instant(row, "on_the_way_at"),
                instant(row, "forecast_at"),
                instant(row, "arrived_at"),
                instant(row, "ended_at"),
                position(row, "seat_latitude", "seat_longitude"));
    }

    private static Choice choice(JsonNode json) {
        if (!json.isObject()) {
            return Choice.NONE;
        }
        List<Considered> considered = new ArrayList<>();
        for (JsonNode unit : json.path("considered")) {
            considered.add(new Considered(
                    unit.path("unit").asString(""),
                    whole(unit, "distance_m"),
                    unit.path("on_duty").isBoolean()
                            ? Optional.of(unit.path("on_duty").booleanValue())
                            : Optional.empty(),
                    whole(unit, "open_cases"),
                    unit.path("why_not").asString("")));
        }
        return new Choice(
                whole(json, "distance_m"), json.path("duty_hours").asString(""), whole(json, "open_cases"), considered);
    }

    private static OptionalInt whole(JsonNode json, String name) {
        JsonNode value = json.path(name);
        return value.isNumber() ? OptionalInt.of((int) Math.round(value.doubleValue())) : OptionalInt.empty();
    }

    private static Optional<Position> position(ResultSet row, String latitude, String longitude) throws SQLException {
        return row.getObject(latitude) == null || row.getObject(longitude) == null
                ? Optional.empty()
                : Optional.of(new Position(row.getDouble(latitude), row.getDouble(longitude)));
    }

    private static String text(ResultSet row, String column) {
        try {
            @Nullable String text = row.getString(column);
            return text == null ? "" : text;
        } catch (SQLException e) {
            throw new IllegalStateException("a case without its column " + column, e);
        }
    }

    private static OptionalInt number(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? OptionalInt.empty() : OptionalInt.of(row.getInt(column));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
