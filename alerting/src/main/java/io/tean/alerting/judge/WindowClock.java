package io.tean.alerting.judge;

import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.Finding;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fires conditions that have lasted long enough by the clock while no reading said that they were over: a machine that falls silent is not a
 * machine that recovered. One thread; several services may run one each.
 */
public final class WindowClock implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WindowClock.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    /** After a start devices come back with what they kept: that is heard first. */
    private static final Duration FIRST_AFTER = Duration.ofSeconds(5);

    private static final int AT_ONCE = 500;

    private final DataSource database;
    private final RuleSet rules;
    private final JudgeCounts counts;
    private final Thread thread;
    private boolean away;

    WindowClock(DataSource database, RuleSet rules, JudgeCounts counts) {
        this.database = database;
        this.rules = rules;
        this.counts = counts;
        this.thread = Thread.ofPlatform().daemon().name("tean-window-clock").unstarted(this::run);
    }

    WindowClock start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            Thread.sleep(FIRST_AFTER);
            while (true) {
                try {
                    while (fire() == AT_ONCE) {
                        // More are due.
                    }
                    away = false;
                } catch (SQLException | RuntimeException e) {
                    if (!away) {
                        log.warn("cannot look for conditions that are due: {}", e.getMessage());
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

    /** One look; answers how many fired. */
    int fire() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<WindowRows.Due> due = WindowRows.fireDue(connection, rules, AT_ONCE);
                if (!due.isEmpty()) {
                    Map<Finding.Key, AlertStore.Found> alerts = AlertStore.find(
                            connection,
                            due.stream().map(WindowRows.Due::finding).toList());
                    Evidence.write(
                            connection,
                            due.stream().map(WindowRows.Due::evidence).toList(),
                            alerts);
                }
                connection.commit();
                counts.firedByClock(due.size());
                return due.size();
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
