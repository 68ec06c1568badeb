package io.tean.dashboards.live;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to the database for what people change, looks every two seconds for what devices and the service change without a
 * notification, and says when the database stops answering. One thread, one connection; no wait of it is without a bound.
 */
public final class ChangeWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ChangeWatch.class);

    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    /** Of one answer; with the two seconds between looks this says within six that the database hangs. */
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(4);

    private static final Duration LISTEN_FOR = Duration.ofMillis(500);
    /** Between two rounds of notifications: what comes meanwhile is told together. */
    private static final Duration GATHER = Duration.ofMillis(50);

    private static final Duration RECONNECT_AFTER = Duration.ofSeconds(1);

    private final DataSource database;
    private final Audience audience;
    private final Thread thread;
    private final Pulse status = new Pulse(Duration.ofSeconds(4));
    private final Pulse devices = new Pulse(Duration.ofSeconds(10));
    private boolean away;
    private volatile boolean closed;

    /** @param database of which it keeps one connection for itself; to ask for one must not take longer than a few seconds */
    public ChangeWatch(DataSource database, Audience audience) {
        this.database = database;
        this.audience = audience;
        this.thread = Thread.ofPlatform().daemon().name("tean-change-watch").unstarted(this::watch);
    }

    public void open() {
        thread.start();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            // It may wait for a database that hangs; then it ends by itself, later.
            thread.join(Duration.ofSeconds(1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        try {
            while (!closed) {
                try (Connection connection = database.getConnection()) {
                    listen(connection);
                } catch (SQLException | RuntimeException e) {
                    lose(e);
                }
                pulse();
                Thread.sleep(RECONNECT_AFTER);
            }
        } catch (InterruptedException e) {
            // Closed: the thread ends here.
            Thread.currentThread().interrupt();
        }
    }

    private void listen(Connection connection) throws SQLException, InterruptedException {
        connection.setAutoCommit(true);
        connection.setNetworkTimeout(Runnable::run, (int) ANSWER_WAIT.toMillis());
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN tean_change");
            Map<Mark, String> known = look(statement);
            welcome();
            findAwaited(connection);
            long looked = System.nanoTime();
            while (!closed) {
                boolean told = hear(connection);
                if (told || System.nanoTime() - looked >= LOOK_EVERY.toNanos()) {
                    Map<Mark, String> now = look(statement);
                    tell(known, now);
                    known = now;
                    findAwaited(connection);
                    looked = System.nanoTime();
                }
                pulse();
                if (told) {
                    Thread.sleep(GATHER);
                }
            }
        } finally {
            // Never back into a pool: there it would go on gathering notifications that nobody takes.
            connection.abort(Runnable::run);
        }
    }

    /** What was told by notification, once each; whether there was anything. */
    private boolean hear(Connection connection) throws SQLException {
        PGNotification[] notifications =
                connection.unwrap(PGConnection.class).getNotifications((int) LISTEN_FOR.toMillis());
        // The driver gives null for none, whatever it promises.
        if (notifications == null || notifications.length == 0) {
            return false;
        }
        Set<String> topics = new HashSet<>();
        for (PGNotification notification : notifications) {
            topics.add(notification.getParameter());
        }
        topics.forEach(audience::changed);
        return true;
    }

    /**
     * Of what a mark is.
     *
     * @param audited whether it is of audit entries about the topic, or of the topic's own rows
     */
    private record Mark(String topic, boolean audited) {}

    /**
     * What tells one state of the newest rows from another. Counts and not only the newest number, because what took a lower number may be
     * committed later.
     */
    private static Map<Mark, String> look(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("""
                SELECT 'dead-letter' AS topic, FALSE AS audited,
                       concat_ws(' ', max(dead_letter_id), count(*), sum(times), max(state_since)) AS mark
                FROM (SELECT dead_letter_id, times, state_since FROM dead_letter ORDER BY dead_letter_id DESC LIMIT 100) newest
                UNION ALL
                SELECT 'import', FALSE, string_agg(concat_ws(' ', import_id, state, bytes_read, rows_read), ',' ORDER BY import_id)
                FROM (SELECT import_id, state, bytes_read, rows_read FROM import_run ORDER BY import_id DESC LIMIT 20) newest
                UNION ALL
                SELECT 'alert', FALSE, md5(string_agg(concat_ws(' ', a.alert_id, a.state, a.activated_at, a.cleared_at, a.muted_by), ','
                                                      ORDER BY a.alert_id))
                FROM generate_series(0, 3) AS s (rank)
                CROSS JOIN LATERAL (SELECT alert_id, state, activated_at, cleared_at, muted_by FROM alert
                                    WHERE state <> 'closed' AND severity_rank = s.rank
                                    ORDER BY activated_at DESC, alert_id LIMIT 25) a
                UNION ALL
                SELECT 'case', FALSE, md5(string_agg(concat_ws(' ', case_id, version, next_due_at), ',' ORDER BY case_id))
                FROM (SELECT case_id, version, next_due_at FROM rescue_case WHERE state <> 'CLOSED' ORDER BY opened_at DESC LIMIT 50) newest
                UNION ALL
                SELECT 'notice', FALSE, md5(string_agg(concat_ws(' ', delivery_id, state, attempts), ',' ORDER BY delivery_id))
                FROM (SELECT delivery_id, state, attempts FROM delivery ORDER BY queued_at DESC LIMIT 50) newest
                UNION ALL
                SELECT subject_kind, TRUE, concat_ws(' ', max(audit_id), count(*))
                FROM (SELECT audit_id, subject_kind FROM audit_entry ORDER BY audit_id DESC LIMIT 100) newest
                GROUP BY subject_kind
                """)) {
            Map<Mark, String> marks = new HashMap<>();
            while (row.next()) {
                marks.put(
                        new Mark(row.getString("topic"), row.getBoolean("audited")),
                        String.valueOf(row.getString("mark")));
            }
            return marks;
        }
    }

    /** After the look: whoever is told that a notice is stored finds its alert. */
    private void findAwaited(Connection connection) throws SQLException {
        Set<UUID> awaited = audience.awaited();
        if (awaited.isEmpty()) {
            return;
        }
        try (PreparedStatement query =
                connection.prepareStatement("SELECT notice_id FROM notice WHERE notice_id = ANY (?)")) {
            query.setArray(1, connection.createArrayOf("uuid", awaited.toArray()));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    audience.stored(row.getObject(1, UUID.class));
                }
            }
        }
    }

    private void tell(Map<Mark, String> before, Map<Mark, String> now) {
        Set<String> topics = new HashSet<>();
        now.forEach((mark, value) -> {
            if (!value.equals(before.get(mark))) {
                topics.add(mark.topic());
                if (mark.audited()) {
                    topics.add("audit");
                }
            }
        });
        topics.forEach(audience::changed);
    }

    /** What changes all the time has no mark worth looking at. Told while the database is away as well: that is news of the status page. */
    private void pulse() {
        if (status.due()) {
            audience.changed("status");
        }
        if (devices.due()) {
            audience.changed("device");
        }
    }

    private void welcome() {
        if (away) {
            away = false;
            log.info("the database tells what changes again");
        }
        audience.database(true);
    }

    private void lose(Exception e) {
        if (closed) {
            return;
        }
        audience.database(false);
        if (!away) {
            away = true;
            log.warn("the database does not tell what changes, open pages stand still: {}", reason(e));
        }
    }

    private static String reason(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }

    /** Comes due again and again. */
    private static final class Pulse {
        private final Duration every;
        private long lastNanos = System.nanoTime();

        Pulse(Duration every) {
            this.every = every;
        }

        boolean due() {
            long now = System.nanoTime();
            if (now - lastNanos < every.toNanos()) {
                return false;
            }
            lastNanos = now;
            return true;
        }
    }
}
