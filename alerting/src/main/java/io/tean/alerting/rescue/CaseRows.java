package io.tean.alerting.rescue;

import io.tean.alerting.alert.Notices;
import io.tean.core.audit.Actor;
import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.CaseStep;
import io.tean.core.rescue.DispatchState;
import io.tean.core.rescue.RescueDecisions.Position;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The tables of cases: read and written in the caller's transaction. */
final class CaseRows {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final String NO_CHARACTER = "\uFFFD";

    private CaseRows() {}

    /**
     * Begins a transaction that is to hold a case: whoever stops in the middle of it, such as a paused service, loses the case after three seconds.
     */
    static void begin(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute(
                    "SET LOCAL idle_in_transaction_session_timeout = '3s'; SET LOCAL statement_timeout = '5s';"
                            + " SET LOCAL lock_timeout = '5s'");
        }
    }

    /**
     * Holds a case. NO KEY, so that the lanes, whose rows only refer to it, never wait.
     *
     * @return none when there is no such case
     */
    static Optional<CaseRow> hold(Connection transaction, long caseId) throws SQLException {
        return select(transaction, caseId, "FOR NO KEY UPDATE OF c");
    }

    /** A case as it stands, without holding it. */
    static Optional<CaseRow> read(Connection connection, long caseId) throws SQLException {
        return select(connection, caseId, "");
    }

    private static Optional<CaseRow> select(Connection connection, long caseId, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT c.case_id, c.equipment_id, (SELECT e.use_unit_id FROM equipment e WHERE e.equipment_id = c.equipment_id),
                    c.division_code, c.state, c.level, c.version, c.occurred_at, c.opened_at, c.arrive_by, c.accident_at, c.outcome,
                    c.arrival_warned_at IS NOT NULL, c.arrival_missed_at IS NOT NULL, c.accident_warned_at IS NOT NULL,
                    c.accident_marked_at IS NOT NULL
                FROM rescue_case c WHERE c.case_id = ?
                """ + lock)) {
            select.setLong(1, caseId);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new CaseRow(
                                row.getLong(1),
                                number(row, 2),
                                number(row, 3),
                                row.getString(4),
                                CaseState.valueOf(row.getString(5)),
                                row.getInt(6),
                                row.getInt(7),
                                time(row, 8).orElseThrow(),
                                time(row, 9).orElseThrow(),
                                time(row, 10),
                                time(row, 11),
                                Optional.ofNullable(row.getString(12)),
                                new CaseRow.Marks(
                                        row.getBoolean(13),
                                        row.getBoolean(14),
                                        row.getBoolean(15),
                                        row.getBoolean(16))))
                        : Optional.empty();
            }
        }
    }

    /**
     * The case whose clock ran out first, held.
     *
     * @param but cases that are left for another time
     */
    static OptionalLong holdDue(Connection transaction, Collection<Long> but) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                SELECT case_id FROM rescue_case
                WHERE next_due_at <= (SELECT tean_now()) AND NOT case_id = ANY (?)
                ORDER BY next_due_at LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
                """)) {
            select.setArray(1, transaction.createArrayOf("bigint", but.toArray()));
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Seconds by which the oldest clock that ran out waits to be looked at. */
    static double lagSeconds(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        SELECT greatest(coalesce(extract(epoch FROM tean_now() - min(next_due_at)), 0), 0)
                        FROM rescue_case WHERE next_due_at IS NOT NULL
                        """);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getDouble(1);
        }
    }

    static Instant now(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT tean_now()");
                ResultSet row = select.executeQuery()) {
            row.next();
            return time(row, 1).orElseThrow();
        }
    }

    /** A statement after the one that held the case, so that it sees what was committed until then. */
    static List<Call> calls(Connection transaction, long caseId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                SELECT dispatch_id, level, automatic, organisation_id, unit, telephone, escalation, state, answer_by, forecast_at, late_at, reason,
                    latitude, longitude
                FROM rescue_dispatch WHERE case_id = ? ORDER BY dispatch_id
                """)) {
            select.setLong(1, caseId);
            try (ResultSet row = select.executeQuery()) {
                List<Call> calls = new ArrayList<>();
                while (row.next()) {
                    Double latitude = row.getObject(13, Double.class);
                    Double longitude = row.getObject(14, Double.class);
                    calls.add(new Call(
                            row.getLong(1),
                            row.getInt(2),
                            row.getBoolean(3),
                            number(row, 4),
                            row.getString(5),
                            row.getString(6),
                            Call.Escalation.valueOf(row.getString(7)),
                            new Call.Progress(
                                    DispatchState.valueOf(row.getString(8)),
                                    time(row, 9),
                                    time(row, 10),
                                    time(row, 11),
                                    row.getString(12),
                                    latitude == null || longitude == null
                                            ? Optional.empty()
                                            : Optional.of(new Position(latitude, longitude)))));
                }
                return calls;
            }
        }
    }

    /** @return the call with its number */
    static Call insert(Connection transaction, long caseId, Call call, Map<String, ?> choice, Instant now)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, telephone, escalation, choice, state, reason,
                    called_at, answer_by, on_the_way_at, answered_at, ended_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?)
                RETURNING dispatch_id
                """)) {
            boolean comes = call.state() == DispatchState.ON_THE_WAY;
            insert.setLong(1, caseId);
            insert.setInt(2, call.level());
            insert.setBoolean(3, call.automatic());
            set(insert, 4, call.organisationId());
            insert.setString(5, call.unit());
            insert.setString(6, call.telephone());
            insert.setString(7, call.escalation().name());
            insert.setString(8, JSON.writeValueAsString(choice));
            insert.setString(9, call.state().name());
            insert.setString(10, storable(call.progress().reason()));
            set(insert, 11, Optional.of(now));
            set(insert, 12, call.progress().answerBy());
            set(insert, 13, comes ? Optional.of(now) : Optional.empty());
            set(insert, 14, comes ? Optional.of(now) : Optional.empty());
            set(insert, 15, call.state().active() ? Optional.empty() : Optional.of(now));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return call.numbered(row.getLong(1));
            }
        }
    }

    /** Whoever comes has answered, whatever was said first. */
    static void update(Connection transaction, Call call, Actor actor, Instant now) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement("""
                UPDATE rescue_dispatch d SET state = n.state, answer_by = ?, forecast_at = ?, late_at = ?, reason = ?, latitude = ?, longitude = ?,
                    answered_at = CASE WHEN n.state IN ('ANSWERED', 'ON_THE_WAY', 'ARRIVED') THEN coalesce(d.answered_at, n.at) ELSE d.answered_at END,
                    answered_by = CASE WHEN n.state IN ('ANSWERED', 'ON_THE_WAY', 'ARRIVED') THEN coalesce(d.answered_by, ?) ELSE d.answered_by END,
                    on_the_way_at = CASE WHEN n.state = 'ON_THE_WAY' THEN coalesce(d.on_the_way_at, n.at) ELSE d.on_the_way_at END,
                    arrived_at = CASE WHEN n.state = 'ARRIVED' THEN coalesce(d.arrived_at, n.at) ELSE d.arrived_at END,
                    ended_at = CASE WHEN n.state IN ('CALLED', 'ANSWERED', 'ON_THE_WAY', 'ARRIVED') THEN NULL ELSE n.at END
                FROM (SELECT ?::text AS state, ?::timestamptz AS at) n
                WHERE d.dispatch_id = ?
                """)) {
            set(update, 1, call.progress().answerBy());
            set(update, 2, call.progress().forecastAt());
            set(update, 3, call.progress().lateAt());
            update.setString(4, storable(call.progress().reason()));
            update.setObject(
                    5, call.progress().position().map(Position::latitude).orElse(null), Types.DOUBLE);
            update.setObject(
                    6, call.progress().position().map(Position::longitude).orElse(null), Types.DOUBLE);
            update.setString(7, actor.name());
            update.setString(8, call.state().name());
            set(update, 9, Optional.of(now));
            update.setLong(10, call.id());
            update.executeUpdate();
        }
    }

    /**
     * Changes columns of a case, and counts its version up.
     *
     * @param first columns that keep the value that they have
     */
    static void update(
            Connection transaction, long caseId, Map<String, @Nullable Object> columns, Map<String, Object> first)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(columns.values());
        values.addAll(first.values());
        String set = columns.keySet().stream().map(name -> name + " = ?, ").collect(Collectors.joining())
                + first.keySet().stream()
                        .map(name -> name + " = coalesce(" + name + ", ?), ")
                        .collect(Collectors.joining());
        try (PreparedStatement update = transaction.prepareStatement(
                "UPDATE rescue_case SET " + set + "version = version + 1 WHERE case_id = ?")) {
            int index = 1;
            for (Object value : values) {
                set(update, index++, value);
            }
            update.setLong(index, caseId);
            update.executeUpdate();
        }
    }

    /** When the case is to be looked at next; never, when nobody is in danger any more. */
    static void schedule(Connection transaction, long caseId, Optional<Instant> at, Optional<String> what)
            throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(
                "UPDATE rescue_case SET next_due_at = ?, next_due = ? WHERE case_id = ?")) {
            set(update, 1, at);
            update.setString(2, what.orElse(null));
            update.setLong(3, caseId);
            update.executeUpdate();
        }
    }

    /** A line of the timeline. */
    record Entry(CaseStep step, CaseState state, OptionalLong dispatchId, Actor actor, Map<String, ?> detail) {}

    static void write(Connection transaction, long caseId, List<Entry> entries, Instant now) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO case_entry (case_id, dispatch_id, at, step, state, actor_kind, actor, detail) VALUES (?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                """)) {
            for (Entry entry : entries) {
                insert.setLong(1, caseId);
                if (entry.dispatchId.isPresent()) {
                    insert.setLong(2, entry.dispatchId.getAsLong());
                } else {
                    insert.setNull(2, Types.BIGINT);
                }
                set(insert, 3, Optional.of(now));
                insert.setString(4, entry.step.name());
                insert.setString(5, entry.state.name());
                insert.setString(6, entry.actor.kind().name().toLowerCase(Locale.ROOT));
                insert.setString(7, storable(entry.actor.name()));
                insert.setString(8, JSON.writeValueAsString(storable(entry.detail)));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * What must be told.
     *
     * @param about tells one from another of the same occasion
     */
    record Told(String occasion, OptionalLong dispatchId, String about) {}

    static void tell(Connection transaction, long caseId, List<Told> told, Instant now) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO notice (notice_id, case_id, dispatch_id, occasion, severity, dispatch_class, queued_at)
                VALUES (?, ?, ?, ?, 'EMERGENCY', 'rescue', ?)
                ON CONFLICT (notice_id) DO NOTHING
                """)) {
            for (Told one : told) {
                insert.setObject(1, Notices.ofCase(caseId, one.occasion, one.about));
                insert.setLong(2, caseId);
                if (one.dispatchId.isPresent()) {
                    insert.setLong(3, one.dispatchId.getAsLong());
                } else {
                    insert.setNull(3, Types.BIGINT);
                }
                insert.setString(4, one.occasion);
                set(insert, 5, Optional.of(now));
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (Statement statement = transaction.createStatement()) {
            statement.execute("SELECT pg_notify('tean_change', 'case')");
        }
    }

    static void set(PreparedStatement statement, int index, Optional<Instant> time) throws SQLException {
        statement.setObject(
                index, time.map(t -> t.atOffset(ZoneOffset.UTC)).orElse(null), Types.TIMESTAMP_WITH_TIMEZONE);
    }

    static void set(PreparedStatement statement, int index, OptionalInt number) throws SQLException {
        if (number.isPresent()) {
            statement.setInt(index, number.getAsInt());
        } else {
            statement.setNull(index, Types.INTEGER);
        }
    }

    private static void set(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case Instant time -> set(statement, index, Optional.of(time));
            case String text -> statement.setString(index, storable(text));
            case null, default -> statement.setObject(index, value);
        }
    }

    /** PostgreSQL stores neither U+0000 nor half a surrogate pair. */
    static String storable(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll(NO_CHARACTER).replace("\0", NO_CHARACTER);
    }

    private static Map<String, Object> storable(Map<String, ?> detail) {
        Map<String, Object> storable = new TreeMap<>(detail);
        storable.replaceAll((name, value) -> value instanceof String text ? storable(text) : value);
        return storable;
    }

    static OptionalInt number(ResultSet row, int column) throws SQLException {
        Integer number = row.getObject(column, Integer.class);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
