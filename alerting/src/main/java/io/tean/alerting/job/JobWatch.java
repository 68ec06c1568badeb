package io.tean.alerting.job;

import io.tean.core.health.HealthCheck;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Whether the jobs run, in whichever service: read from the scheduler's table, told from memory. */
final class JobWatch implements HealthCheck {
    private static final Duration LOOKED_TOO_LONG_AGO = Duration.ofSeconds(60);
    /** A job of every few seconds may wait for a slow one. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final DataSource pool;
    private final Collection<Job> jobs;
    private final LongSupplier nanos;
    private volatile Look look;

    /**
     * A job in the scheduler's table.
     *
     * @param failures in a row
     * @param late how long its time is over
     */
    private record Stand(int failures, Duration late) {}

    /** @param asked whether the database answered at all */
    private record Look(long atNanos, Map<String, Stand> stands, long silences, boolean asked) {}

    JobWatch(DataSource pool, Collection<Job> jobs, LongSupplier nanos) {
        this.pool = pool;
        this.jobs = jobs;
        this.nanos = nanos;
        this.look = new Look(nanos.getAsLong(), Map.of(), 0, false);
    }

    void look() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            long atNanos = nanos.getAsLong();
            look = new Look(atNanos, stands(connection), silences(connection), true);
        }
    }

    private Map<String, Stand> stands(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT task_name, coalesce(consecutive_failures, 0),
                    (greatest(extract(epoch FROM clock_timestamp() - execution_time), 0) * 1000)::bigint
                FROM scheduled_tasks WHERE task_name = ANY (?)
                """)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "text", jobs.stream().map(Job::name).toArray()));
            try (ResultSet row = select.executeQuery()) {
                Map<String, Stand> stands = new HashMap<>();
                while (row.next()) {
                    stands.put(row.getString(1), new Stand(row.getInt(2), Duration.ofMillis(row.getLong(3))));
                }
                return stands;
            }
        }
    }

    private static long silences(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT count(*) FROM silence WHERE ended_at IS NULL AND from_at <= tean_now() AND until_at > tean_now()");
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Seconds by which the latest job is late. */
    double lagSeconds() {
        return look.stands.values().stream()
                .mapToDouble(stand -> stand.late.toMillis() / 1_000.0)
                .max()
                .orElse(0);
    }

    long silences() {
        return look.silences;
    }

    @Override
    public Health health() {
        Look last = look;
        Duration age = Duration.ofNanos(nanos.getAsLong() - last.atNanos);
        List<String> problems = new ArrayList<>();
        if (age.compareTo(LOOKED_TOO_LONG_AGO) > 0) {
            problems.add("nobody could ask for " + age.toSeconds() + " s whether they run");
        }
        if (last.asked) {
            jobs.forEach(job -> problem(job, last.stands.get(job.name())).ifPresent(problems::add));
        }
        return new Health(
                "jobs",
                problems.isEmpty(),
                problems.isEmpty() ? jobs.size() + " jobs run in time" : String.join("; ", problems));
    }

    private static Optional<String> problem(Job job, @Nullable Stand stand) {
        if (stand == null) {
            return Optional.of(job.what() + " is not scheduled: restart the service");
        }
        if (stand.failures > 0) {
            return Optional.of(job.what() + " failed "
                    + (stand.failures == 1 ? "once" : stand.failures + " times in a row") + ": "
                    + job.problem().orElse("see the log of the other service"));
        }
        // Its time was one interval after its last run.
        Duration allowed = job.every().multipliedBy(2);
        return stand.late.compareTo(allowed.compareTo(PATIENCE) > 0 ? allowed : PATIENCE) > 0
                ? Optional.of(job.what() + " did not run for "
                        + stand.late.plus(job.every()).toSeconds() + " s, but should every "
                        + job.every().toSeconds() + " s")
                : Optional.empty();
    }
}
