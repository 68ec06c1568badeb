package io.tean.core.store;

import io.tean.core.health.HealthCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;

/**
 * Asks the database again and again whether it answers and takes writes, on a connection and a thread of its own, so that the answer is honest
 * when everything else is stuck.
 */
public final class DatabaseWatch implements HealthCheck, AutoCloseable {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration SILENT_TOO_LONG = Duration.ofSeconds(6);

    private final DataSource pool;
    private final Thread thread;
    private final AtomicLong answeredNanos = new AtomicLong(System.nanoTime());
    private volatile String problem = "";

    /** @param pool of its own, with one connection */
    public DatabaseWatch(DataSource pool) {
        this.pool = pool;
        this.thread = Thread.ofPlatform().name("tean-database-watch").daemon().start(this::watch);
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.setQueryTimeout(3);
                    try (ResultSet row = statement.executeQuery(
                            "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean")) {
                        row.next();
                        problem = row.getBoolean(1) ? "the server takes no writes" : "";
                    }
                    answeredNanos.set(System.nanoTime());
                } catch (SQLException e) {
                    problem = Database.reason(e);
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Health health() {
        Duration silent = Duration.ofNanos(System.nanoTime() - answeredNanos.get());
        String why = problem;
        boolean well = why.isEmpty() && silent.compareTo(SILENT_TOO_LONG) < 0;
        return new Health(
                "database",
                well,
                well
                        ? "answers"
                        : "no good answer for " + silent.toSeconds() + " s" + (why.isEmpty() ? "" : ": " + why));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
