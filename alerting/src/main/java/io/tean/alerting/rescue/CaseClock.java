package io.tean.alerting.rescue;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of cases whose clocks ran out, by the database's time: looks each second, and at once when a case changes. Each service runs one;
 * a case is held by one at a time, and one that stops while it holds a case loses it after three seconds.
 */
public final class CaseClock implements HealthCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CaseClock.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration TOO_LONG = Duration.ofSeconds(5);
    private static final Duration ANSWER_WAIT = Duration.ofSeconds(10);

    private final DataSource database;
    private final Limits limits;
    private final RescueCounts counts;
    private final Thread thread;
    private volatile boolean closed;
    private volatile Look look = new Look(System.nanoTime(), 0, "");
    private boolean away;

    /** @param problem empty when every step could be taken */
    private record Look(long atNanos, double lagSeconds, String problem) {}

    CaseClock(DataSource database, Limits limits, RescueCounts counts) {
        this.database = database;
        this.limits = limits;
        this.counts = counts;
        this.thread = Thread.ofPlatform().daemon().name("tean-case-clock").unstarted(this::run);
        counts.lag(() -> look.lagSeconds);
    }

    /**
     * Runs until it is closed.
     *
     * @param database of which it holds one connection
     */
    public static CaseClock start(DataSource database, Limits limits, MeterRegistry meters) {
        CaseClock clock = new CaseClock(database, limits, new RescueCounts(meters));
        clock.thread.start();
        return clock;
    }

    private void run() {
        try {
            while (!closed) {
                try (Connection connection = database.getConnection()) {
                    watch(connection);
                } catch (SQLException | RuntimeException e) {
                    if (!away && !closed) {
                        log.warn("cannot look after the clocks of rescue cases: {}", e.getMessage());
                        away = true;
                    }
                }
                Thread.sleep(EVERY);
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void watch(Connection connection) throws SQLException {
        try {
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, (int) ANSWER_WAIT.toMillis());
            try (Statement statement = connection.createStatement()) {
                statement.execute("LISTEN tean_change");
            }
            while (!closed) {
                pass(connection);
                away = false;
                await(connection.unwrap(PGConnection.class));
            }
        } finally {
            // Never back into a pool: there it would go on gathering notifications that nobody takes.
            connection.abort(Runnable::run);
        }
    }

    /** Until somebody else changes a case, or a second has passed. */
    private void await(PGConnection connection) throws SQLException {
        long end = System.nanoTime() + EVERY.toNanos();
        long left = EVERY.toMillis();
        while (left > 0 && !closed) {
            PGNotification[] notifications = connection.getNotifications((int) left);
            // The driver gives null for none, whatever it promises.
            if (notifications != null) {
                for (PGNotification one : notifications) {
                    if (one.getParameter().equals("case") && one.getPID() != connection.getBackendPID()) {
                        return;
                    }
                }
            }
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /** One look by a connection of the pool; answers how many cases had a step to take. */
    int pass() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return pass(connection);
        }
    }

    private int pass(Connection connection) throws SQLException {
        int taken = 0;
        Set<Long> failed = new HashSet<>();
        String problem = "";
        try {
            OptionalLong due = OptionalLong.empty();
            do {
                due = OptionalLong.empty();
                try {
                    CaseRows.begin(connection);
                    due = CaseRows.holdDue(connection, failed);
                    if (due.isPresent()) {
                        step(connection, due.getAsLong());
                        taken++;
                    }
                    connection.commit();
                } catch (SQLException | RuntimeException e) {
                    counts.failed();
                    problem = String.valueOf(e.getMessage());
                    if (due.isEmpty()) {
                        throw e;
                    }
                    connection.rollback();
                    failed.add(due.getAsLong());
                    log.warn("cannot take the step of rescue case {}: {}", due.getAsLong(), problem);
                }
            } while (due.isPresent());
            connection.setAutoCommit(true);
            look = new Look(System.nanoTime(), CaseRows.lagSeconds(connection), problem);
            return taken;
        } finally {
            if (!connection.isClosed() && !connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    private void step(Connection transaction, long caseId) throws SQLException {
        Optional<CaseTurn> held = CaseTurn.hold(transaction, caseId, limits);
        if (held.isPresent()) {
            CaseTurn turn = held.get();
            turn.runClocks();
            turn.end();
            transaction.commit();
            counts.took(turn.steps());
        }
    }

    @Override
    public Health health() {
        Look last = look;
        Duration age = Duration.ofNanos(System.nanoTime() - last.atNanos);
        String problem = "";
        if (age.compareTo(TOO_LONG) > 0) {
            problem = "nobody looked for " + age.toSeconds() + " s: is the database there?";
        } else if (!last.problem.isEmpty()) {
            problem = "a step could not be taken: " + last.problem;
        } else if (last.lagSeconds > TOO_LONG.toSeconds()) {
            problem = "a clock ran out " + Math.round(last.lagSeconds) + " s ago and its step is not taken";
        }
        return new Health("rescue", problem.isEmpty(), problem.isEmpty() ? "clocks of cases run in time" : problem);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(3));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
