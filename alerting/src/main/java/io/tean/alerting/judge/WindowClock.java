package io.tean.alerting.judge;

import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.Finding;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
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
    private final Consumer<Collection<Integer>> ended;
    private final Thread thread;
    private boolean away;

    /** @param ended hears of machines whose alerts were closed */
    WindowClock(DataSource database, RuleSet rules, JudgeCounts counts, Consumer<Collection<Integer>> ended) {
        this.database = database;
        this.rules = rules;
        this.counts = counts;
        this.ended = ended;
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
                    ended.accept(lookForEnded());
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

    /** Machines whose alerts were closed lately; the same again and again, for a closing may be committed long after its moment. */
    List<Integer> lookForEnded() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT DISTINCT equipment_id FROM alert
                        WHERE state = 'closed' AND closed_at > now() - interval '30 seconds' AND equipment_id IS NOT NULL
                        """);
                ResultSet row = select.executeQuery()) {
            List<Integer> machines = new ArrayList<>();
            while (row.next()) {
                machines.add(row.getInt(1));
            }
            return machines;
        }
    }

    /** One look; answers how many fired. */
    int fire() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Map<Finding.Key, AlertStore.Found> alerts = Map.of();
                List<WindowRows.Due> due = WindowRows.fireDue(connection, rules, AT_ONCE);
                if (!due.isEmpty()) {
                    alerts = AlertStore.find(
                            connection,
                            due.stream().map(WindowRows.Due::finding).toList());
                    Evidence.write(
                            connection,
                            due.stream().map(WindowRows.Due::evidence).toList(),
                            alerts);
                }
                connection.commit();
                counts.firedByClock(due.size());
                for (WindowRows.Due one : due) {
                    AlertStore.Found alert = alerts.get(one.finding().key());
                    if (alert != null) {
                        counts.found(alert.effect(), one.finding().rule().severity());
                    }
                }
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
