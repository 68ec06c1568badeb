package io.tean.alerting.judge;

import io.tean.alerting.alert.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The conditions that hold, as rows: what a restarted service goes on with. */
final class WindowRows {
    private static final JsonMapper JSON = new JsonMapper();
    /** The clock gives readings that are on their way a moment, before it takes silence for consent. */
    private static final String GRACE = "interval '5 seconds'";

    private WindowRows() {}

    static Map<Integer, List<Window>> load(Connection connection, RuleSet rules, Collection<Integer> machines)
            throws SQLException {
        Map<Integer, List<Window>> windows = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT equipment_id, rule, condition_no, since, fired, facts::text, finding::text
                FROM rule_window WHERE equipment_id = ANY (?)
                """)) {
            select.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    long since = micros(row.getObject(4, OffsetDateTime.class).toInstant());
                    boolean fired = row.getBoolean(5);
                    Window.Begin begin = begin(row.getString(7), row.getString(6));
                    int machine = row.getInt(1);
                    rules.ask(row.getString(2), row.getInt(3))
                            .ifPresent(ask -> windows.computeIfAbsent(machine, m -> new ArrayList<>())
                                    .add(new Window(ask, since, fired, begin)));
                }
            }
        }
        return windows;
    }

    static void write(Connection connection, Map<Integer, List<Window>> put) throws SQLException {
        if (put.isEmpty()) {
            return;
        }
        try (PreparedStatement upsert = connection.prepareStatement("""
                INSERT INTO rule_window AS w (equipment_id, rule, condition_no, since, due_at, fired, facts, finding)
                VALUES (?, ?, ?, ?, greatest(?::timestamptz, tean_now() + %s), ?, ?::jsonb, ?::jsonb)
                ON CONFLICT (equipment_id, rule, condition_no) DO UPDATE
                    SET since = excluded.since, due_at = excluded.due_at, -- The clock may have fired the same window, but not another one that began since.
                        fired = excluded.fired OR (w.fired AND w.since = excluded.since),
                        facts = excluded.facts, finding = excluded.finding
                """.formatted(GRACE))) {
            for (var entry : put.entrySet()) {
                for (Window window : entry.getValue()) {
                    upsert.setInt(1, entry.getKey());
                    upsert.setString(2, window.ask().rule().name());
                    upsert.setInt(3, window.ask().condition().no());
                    upsert.setObject(4, time(window.sinceMicros()));
                    upsert.setObject(
                            5,
                            time(window.sinceMicros() + window.ask().condition().forMicros()));
                    upsert.setBoolean(6, window.fired());
                    upsert.setString(7, JSON.writeValueAsString(window.begin().seen()));
                    upsert.setString(
                            8,
                            JSON.writeValueAsString(Map.of(
                                    "stream", window.begin().stream(),
                                    "micros", window.begin().micros(),
                                    "key", window.begin().keyValues())));
                    upsert.addBatch();
                }
            }
            upsert.executeBatch();
        }
    }

    static void delete(Connection connection, Map<Integer, List<Window>> gone) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM rule_window WHERE equipment_id = ? AND rule = ? AND condition_no = ?")) {
            for (var entry : gone.entrySet()) {
                for (Window window : entry.getValue()) {
                    delete.setInt(1, entry.getKey());
                    delete.setString(2, window.ask().rule().name());
                    delete.setInt(3, window.ask().condition().no());
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
    }

    /** A window that has lasted long enough by the clock, and the finding that it leads to. */
    record Due(Finding finding, Window.Begin begin) {
        Evidence evidence() {
            return new Evidence(
                    finding.equipmentId().orElseThrow(),
                    begin.stream(),
                    begin.micros(),
                    begin.keyValues(),
                    finding.key());
        }
    }

    /** Takes the windows that are due by the database's clock, and marks them as fired; the longest overdue first. */
    static List<Due> fireDue(Connection connection, RuleSet rules, int most) throws SQLException {
        List<Due> due = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement("""
                WITH due AS (
                    SELECT equipment_id, rule, condition_no FROM rule_window WHERE NOT fired AND due_at <= tean_now()
                    ORDER BY due_at LIMIT ? FOR UPDATE SKIP LOCKED)
                UPDATE rule_window w SET fired = true FROM due
                WHERE (w.equipment_id, w.rule, w.condition_no) = (due.equipment_id, due.rule, due.condition_no)
                RETURNING w.equipment_id, w.rule, w.condition_no, w.since, w.facts::text, w.finding::text
                """)) {
            update.setInt(1, most);
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    int machine = row.getInt(1);
                    Instant since = row.getObject(4, OffsetDateTime.class).toInstant();
                    Window.Begin begin = begin(row.getString(6), row.getString(5));
                    rules.ask(row.getString(2), row.getInt(3))
                            .ifPresent(ask -> due.add(
                                    new Due(Finding.ofMachine(ask.rule(), machine, since, begin.seen()), begin)));
                }
            }
        }
        return due;
    }

    private static Window.Begin begin(String finding, String seen) {
        JsonNode node = JSON.readTree(finding);
        List<String> key = new ArrayList<>();
        node.path("key").forEach(k -> key.add(k.asString()));
        Map<String, Object> values =
                JSON.readValue(seen, JSON.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
        return new Window.Begin(
                node.path("stream").asString(), node.path("micros").asLong(), key, values);
    }

    static OffsetDateTime time(long micros) {
        return StoredReadings.time(micros).atOffset(ZoneOffset.UTC);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }
}
