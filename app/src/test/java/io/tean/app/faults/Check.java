package io.tean.app.faults;

import io.tean.app.load.DatabaseServer;
import io.tean.app.load.MessageShape;
import io.tean.core.stream.Field;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Compares the ledger with the tables, in SQL: the payloads are loaded beside them and taken apart there, so that a fault in our
 * own codec cannot hide itself.
 */
final class Check {
    private static final long OLDEST_TAKEN = TimeUnit.DAYS.toMicros(8);

    private final DatabaseServer database;
    private final StreamCatalogue catalogue;

    Check(DatabaseServer database, StreamCatalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    /** What is wrong, one line each; empty when the service kept its word. */
    List<String> problems(Ledger ledger) {
        List<String> problems = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            load(ledger, connection, statement);
            for (String stream : ledger.shapes().stream()
                    .map(MessageShape::stream)
                    .distinct()
                    .toList()) {
                check(catalogue.stream(stream).orElseThrow(), statement, problems);
            }
            count(
                    problems,
                    statement,
                    "dead letters for messages that are in order (first: %s)",
                    "SELECT count(*), min(d.reason || ' ' || d.detail) FROM dead_letter d JOIN machine m ON m.code = d.equipment_code"
                            + " WHERE d.reason <> 'too-old'");
            count(problems, statement, "acknowledged messages that are too old have no dead letter (first: %s)", """
                    SELECT count(*), min(p.payload) FROM published p WHERE p.too_old AND p.acknowledged AND NOT EXISTS (
                        SELECT FROM dead_letter d
                        WHERE d.reason = 'too-old' AND d.equipment_code = p.code AND convert_from(d.payload, 'UTF8') = p.payload)
                    """);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot compare the ledger with the tables: " + e.getMessage(), e);
        }
        return problems;
    }

    private static void load(Ledger ledger, Connection connection, Statement statement) throws SQLException {
        statement.execute("CREATE TEMP TABLE published (code text, stream text, time timestamptz, acknowledged boolean,"
                + " too_old boolean, payload text)");
        statement.execute("CREATE TEMP TABLE machine (code text PRIMARY KEY, equipment_id integer)");
        long oldest = System.currentTimeMillis() * 1_000 - OLDEST_TAKEN;
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY published FROM STDIN");
        StringBuilder lines = new StringBuilder();
        try {
            ledger.readAll(entry -> {
                String payload = entry.payload();
                lines.append(entry.terminal().login().equipment())
                        .append('\t')
                        .append(entry.shape().stream())
                        .append('\t')
                        .append(payload, payload.indexOf('2'), payload.indexOf('Z') + 1)
                        .append('\t')
                        .append(entry.acknowledged() ? 't' : 'f')
                        .append('\t')
                        .append(entry.epochMicros() < oldest ? 't' : 'f')
                        .append('\t')
                        .append(payload)
                        .append('\n');
                if (lines.length() > 1 << 18) {
                    send(copy, lines);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        send(copy, lines);
        copy.endCopy();
        String codes = ledger.terminals().stream()
                .map(t -> "'" + t.login().equipment() + "'")
                .collect(Collectors.joining(", "));
        statement.execute("INSERT INTO machine SELECT code, equipment_id FROM equipment WHERE code IN (" + codes + ")");
        statement.execute("ANALYZE published");
        statement.execute("ANALYZE machine");
    }

    private static void send(CopyIn copy, StringBuilder lines) throws SQLException {
        byte[] bytes = lines.toString().getBytes(StandardCharsets.UTF_8);
        lines.setLength(0);
        copy.writeToCopy(bytes, 0, bytes.length);
    }

    private static void check(StreamDeclaration stream, Statement statement, List<String> problems)
            throws SQLException {
        String table = stream.table();
        String types = stream.fields().stream()
                .map(f -> f.name() + " " + f.type().columnType())
                .collect(Collectors.joining(", "));
        statement.execute("DROP TABLE IF EXISTS expected");
        statement.execute("CREATE TEMP TABLE expected AS SELECT m.equipment_id, p.time, p.acknowledged, j.*"
                + " FROM published p JOIN machine m USING (code), json_to_record(p.payload::json) AS j(" + types + ")"
                + " WHERE p.stream = '" + stream.name() + "' AND NOT p.too_old");
        statement.execute("ANALYZE expected");
        String sameKey =
                stream.keyColumns().stream().map(c -> "t." + c + " = e." + c).collect(Collectors.joining(" AND "));
        count(
                problems,
                statement,
                "acknowledged messages of " + stream + " are not in the table (first: %s)",
                "SELECT count(*), min(e.equipment_id || ' ' || e.time) FROM expected e WHERE e.acknowledged"
                        + " AND NOT EXISTS (SELECT FROM " + table + " t WHERE " + sameKey + ")");
        count(
                problems,
                statement,
                "rows of " + stream + " have another content than their message (first: %s)",
                "SELECT count(*), min(e.equipment_id || ' ' || e.time) FROM expected e JOIN " + table + " t ON "
                        + sameKey + " WHERE (" + columns("t", stream) + ") IS DISTINCT FROM (" + columns("e", stream)
                        + ")");
        count(
                problems,
                statement,
                "rows of " + stream + " were never published (first: %s)",
                "SELECT count(*), min(t.equipment_id || ' ' || t.time) FROM " + table
                        + " t JOIN machine m USING (equipment_id) WHERE NOT EXISTS (SELECT FROM expected e WHERE "
                        + sameKey
                        + ")");
        count(
                problems,
                statement,
                "keys of " + stream + " are stored more than once (first: %s)",
                "SELECT count(*), min(key) FROM (SELECT (" + String.join(", ", stream.keyColumns())
                        + ")::text AS key FROM "
                        + table + " WHERE equipment_id IN (SELECT equipment_id FROM machine) GROUP BY "
                        + String.join(", ", stream.keyColumns())
                        + " HAVING count(*) > 1) twice");
    }

    private static String columns(String alias, StreamDeclaration stream) {
        return stream.fields().stream()
                .map(Field::name)
                .map(name -> alias + "." + name)
                .collect(Collectors.joining(", "));
    }

    private static void count(List<String> problems, Statement statement, String problem, String sql)
            throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            if (row.getLong(1) > 0) {
                problems.add(row.getLong(1) + " " + problem.formatted(row.getString(2)));
            }
        }
    }

    /**
     * Every stored entrapment has exactly one finding, which points to exactly one alert; no alert stands without a finding.
     *
     * @return what is wrong, one line each
     */
    List<String> alertProblems(Ledger ledger) {
        List<String> problems = new ArrayList<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            load(ledger, connection, statement);
            count(problems, statement, "entrapments do not have exactly one finding with an alert (first: %s)", """
                    SELECT count(*), min(code || ' ' || time) FROM (
                        SELECT m.code, e.time, count(a.alert_id) AS alerts
                        FROM elevator_event e JOIN machine m USING (equipment_id)
                        LEFT JOIN alert_finding f ON f.equipment_id = e.equipment_id AND f.stream = 'elevator-event'
                             AND f.time = e.time AND f.key_values = ARRAY[e.code::text, e.sequence::text] AND f.rule = 'entrapment'
                        LEFT JOIN alert a ON a.alert_id = f.alert_id AND a.equipment_id = e.equipment_id AND a.rule = f.rule
                        WHERE e.code = 11 AND e.cleared IS NOT TRUE
                        GROUP BY m.code, e.time, e.sequence) event
                    WHERE alerts <> 1
                    """);
            count(problems, statement, "findings belong to no stored entrapment (first: %s)", """
                    SELECT count(*), min(m.code || ' ' || f.time)
                    FROM alert_finding f JOIN machine m USING (equipment_id)
                    WHERE f.rule = 'entrapment' AND NOT EXISTS (
                        SELECT FROM elevator_event e
                        WHERE e.equipment_id = f.equipment_id AND e.time = f.time AND e.code = 11
                          AND f.key_values = ARRAY[e.code::text, e.sequence::text])
                    """);
            count(problems, statement, "alerts count other findings than they have (first: %s)", """
                    SELECT count(*), min(m.code || ': ' || a.findings || ' instead of ' || f.present)
                    FROM alert a JOIN machine m USING (equipment_id),
                         LATERAL (SELECT count(*) AS present FROM alert_finding f WHERE f.alert_id = a.alert_id) f
                    WHERE a.findings <> f.present AND a.rule = 'entrapment'
                    """);
            count(
                    problems,
                    statement,
                    "marks of readings that a step could not judge are left (first: %s)",
                    "SELECT count(*), min(step || ' ' || error) FROM rejudge_mark JOIN machine USING (equipment_id)");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot compare events with alerts: " + e.getMessage(), e);
        }
        return problems;
    }

    /** How many rows tell what was found: readings, alerts, findings. A replay must not change it. */
    String census(Ledger ledger) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            StringBuilder census = new StringBuilder();
            String machines = ledger.terminals().stream()
                    .map(t -> "'" + t.login().equipment() + "'")
                    .collect(Collectors.joining(", ", "(SELECT equipment_id FROM equipment WHERE code IN (", "))"));
            for (String table : List.of("load_reading", "elevator_event", "alert", "alert_finding", "rejudge_mark")) {
                try (ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM " + table + " WHERE equipment_id IN " + machines
                                // Looks at duties go on meanwhile.
                                + (table.startsWith("alert") ? " AND rule = 'entrapment'" : ""))) {
                    row.next();
                    census.append(table).append(' ').append(row.getLong(1)).append("  ");
                }
            }
            return census.toString().strip();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count rows: " + e.getMessage(), e);
        }
    }

    /** Readings of the load would fill the disk in a long run; they have been checked. */
    void forgetReadings() {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("SELECT drop_chunks('load_reading', older_than => now() + INTERVAL '30 days')");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot drop the checked readings: " + e.getMessage(), e);
        }
    }
}
