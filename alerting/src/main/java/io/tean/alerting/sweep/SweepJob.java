package io.tean.alerting.sweep;

import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.Finding;
import io.tean.alerting.alert.Recovery;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.Sweep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * One look of a sweep rule, in one transaction. The database compares what the rule lists with the alerts that are open; only the differences
 * come through memory, some at a time.
 */
public final class SweepJob {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final TypeReference<Map<String, Object>> FACTS = new TypeReference<>() {};
    private static final int AT_ONCE = 1_000;
    private static final int ANSWER_MILLIS = 60_000;
    /** The database gives up first, and says why. */
    private static final int SOCKET_MILLIS = ANSWER_MILLIS + 10_000;

    private final DataSource pool;
    private final Rule rule;
    private final Sweep sweep;

    /** @throws IllegalArgumentException for a rule over readings */
    public SweepJob(DataSource pool, Rule rule) {
        this.pool = pool;
        this.rule = rule;
        this.sweep = rule.sweep()
                .orElseThrow(() -> new IllegalArgumentException("rule " + rule.name() + " has no sql to sweep with"));
    }

    private enum Change {
        /** Listed, without an alert that stands. */
        FOUND,
        /** Listed with other facts than before. */
        CHANGED,
        GONE
    }

    /** @param facts as JSON */
    private record Difference(
            Change change,
            String subject,
            OptionalInt equipment,
            OptionalInt organisation,
            String division,
            Instant since,
            String facts) {}

    /**
     * Looks once. While another service looks, there is nothing to do.
     *
     * @throws SQLException also when the rule's own query fails; then nothing changed
     */
    public Swept run() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setNetworkTimeout(Runnable::run, SOCKET_MILLIS);
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL statement_timeout = " + ANSWER_MILLIS);
                if (!isAlone(statement)) {
                    return Swept.NOTHING;
                }
            }
            Swept swept = look(connection);
            connection.commit();
            return swept;
        }
    }

    private boolean isAlone(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT pg_try_advisory_xact_lock(hashtextextended("
                + statement.enquoteLiteral("tean sweep " + rule.name()) + ", 0))")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private Swept look(Connection connection) throws SQLException {
        Instant now = now(connection);
        Swept swept = Swept.NOTHING;
        try (Statement select = connection.createStatement()) {
            // The rule's query may hold what JDBC takes for its own, such as jsonb's question mark.
            select.setEscapeProcessing(false);
            select.setFetchSize(AT_ONCE);
            try (ResultSet row = select.executeQuery(differences(select))) {
                List<Difference> batch = new ArrayList<>();
                while (row.next()) {
                    batch.add(difference(row));
                    if (batch.size() == AT_ONCE) {
                        swept = swept.and(write(connection, batch, now));
                        batch.clear();
                    }
                }
                return swept.and(write(connection, batch, now));
            }
        }
    }

    private static Instant now(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT tean_now()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    private String differences(Statement statement) throws SQLException {
        return """
                WITH listed AS MATERIALIZED (
                    SELECT DISTINCT ON (1) q.subject::text AS subject, q.equipment_id::integer, q.organisation_id::integer,
                        coalesce(q.division_code::text, '') AS division_code,
                        least(greatest(coalesce(q.since::timestamptz, now.at), timestamptz 'epoch'), now.at) AS since,
                        coalesce(q.facts::jsonb, '{}') AS facts
                    FROM (
                %s
                    ) AS q, (SELECT tean_now() AS at) AS now
                    WHERE q.subject IS NOT NULL
                    ORDER BY 1, 5, 6),
                standing AS MATERIALIZED (
                    SELECT a.subject, a.cleared_at IS NOT NULL AS cleared, a.latest_with FROM alert a
                    WHERE a.rule = %s AND a.subject_kind = %s AND a.state <> 'closed')
                SELECT CASE WHEN l.subject IS NULL THEN 'GONE' WHEN s.subject IS NULL OR s.cleared THEN 'FOUND' ELSE 'CHANGED' END,
                    coalesce(l.subject, s.subject), l.equipment_id, l.organisation_id, coalesce(l.division_code, ''),
                    coalesce(l.since, tean_now()), coalesce(l.facts, '{}')::text
                FROM listed l FULL JOIN standing s ON s.subject = l.subject
                WHERE CASE WHEN l.subject IS NULL THEN NOT s.cleared WHEN s.subject IS NULL OR s.cleared THEN true
                    ELSE s.latest_with <> l.facts END
                ORDER BY 2
                """.formatted(
                        sweep.sql().strip().replaceFirst(";$", ""),
                        statement.enquoteLiteral(rule.name()),
                        statement.enquoteLiteral(rule.subject().name()));
    }

    private static Difference difference(ResultSet row) throws SQLException {
        return new Difference(
                Change.valueOf(row.getString(1)),
                row.getString(2),
                number(row, 3),
                number(row, 4),
                row.getString(5),
                row.getObject(6, OffsetDateTime.class).toInstant(),
                row.getString(7));
    }

    private static OptionalInt number(ResultSet row, int column) throws SQLException {
        Integer number = row.getObject(column, Integer.class);
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }

    private Swept write(Connection connection, List<Difference> batch, Instant now) throws SQLException {
        Collection<AlertStore.Found> found = AlertStore.find(
                        connection,
                        of(batch, Change.FOUND).stream()
                                .map(d -> finding(d, now))
                                .toList())
                .values();
        int cleared = AlertStore.recover(
                connection,
                of(batch, Change.GONE).stream()
                        .map(d -> new Recovery(rule, d.subject, now))
                        .toList());
        return new Swept(
                count(found, AlertStore.Effect.OPENED),
                count(found, AlertStore.Effect.REACTIVATED),
                refresh(connection, of(batch, Change.CHANGED)),
                cleared);
    }

    private static List<Difference> of(List<Difference> batch, Change change) {
        return batch.stream().filter(d -> d.change == change).toList();
    }

    private static int count(Collection<AlertStore.Found> found, AlertStore.Effect effect) {
        return (int) found.stream().filter(f -> f.effect() == effect).count();
    }

    private Finding finding(Difference listed, Instant now) {
        return new Finding(
                rule,
                listed.subject,
                listed.equipment,
                listed.organisation,
                listed.division,
                listed.since,
                now,
                1,
                JSON.readValue(listed.facts, FACTS),
                Optional.empty());
    }

    /** The look is not a new finding: it only knows the newest facts. */
    private int refresh(Connection connection, List<Difference> changed) throws SQLException {
        if (changed.isEmpty()) {
            return 0;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE alert a SET latest_with = c.facts::jsonb
                FROM unnest(?::text[], ?::text[]) AS c (subject, facts)
                WHERE a.rule = ? AND a.subject_kind = ? AND a.subject = c.subject AND a.state <> 'closed'
                """)) {
            update.setArray(
                    1,
                    connection.createArrayOf(
                            "text", changed.stream().map(Difference::subject).toArray()));
            update.setArray(
                    2,
                    connection.createArrayOf(
                            "text", changed.stream().map(Difference::facts).toArray()));
            update.setString(3, rule.name());
            update.setString(4, rule.subject().name());
            return update.executeUpdate();
        }
    }
}
