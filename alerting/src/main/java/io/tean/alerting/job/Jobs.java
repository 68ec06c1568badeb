package io.tean.alerting.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.AlertingMeters;
import io.tean.alerting.alert.AlertCounts;
import io.tean.alerting.alert.Expiry;
import io.tean.alerting.alert.SiteMuting;
import io.tean.alerting.notice.DelayedNotices;
import io.tean.alerting.notice.Routes;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.sweep.SweepJob;
import io.tean.alerting.sweep.Swept;
import io.tean.core.health.HealthCheck;
import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The recurring jobs of alerting. Every service runs this; of several each job runs in one at a time. */
public final class Jobs implements HealthCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Jobs.class);
    private static final String SWEEP = "sweep-";
    private static final Duration EXPIRE_EVERY = Duration.ofSeconds(10);
    private static final Duration MUTE_EVERY = Duration.ofSeconds(5);
    private static final Duration ROUTES_EVERY = Duration.ofSeconds(10);
    /** What was silenced, muted or without a service when its time came waits so much longer. */
    private static final Duration ALL_ROUTES_EVERY = Duration.ofMinutes(1);

    private static final Duration LAST_RUN = Duration.ofSeconds(5);
    private static final int THREADS = 4;
    /** Of the running jobs, the scheduler's polling and heartbeats, and the watch. */
    public static final int CONNECTIONS = THREADS + 3;

    private final Scheduler scheduler;
    private final JobWatch watch;
    private final ServiceBeat beat;
    private final Pace pace;
    private final Thread thread;
    private volatile boolean closed;
    private boolean failing;

    /**
     * How often things are looked at.
     *
     * @param poll for jobs that are due
     * @param heartbeat of a running job; after four without one, and two more to find it, another service takes the job over
     * @param beat of the service
     */
    record Pace(Duration poll, Duration heartbeat, Duration beat) {
        static final Pace NORMAL = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(8), Duration.ofSeconds(5));
    }

    private Jobs(DataSource pool, List<Job> jobs, MeterRegistry meters, Pace pace) {
        this.pace = pace;
        this.watch = new JobWatch(pool, jobs, System::nanoTime);
        this.beat = new ServiceBeat(pool, System::nanoTime);
        this.scheduler = Scheduler.create(pool)
                .startTasks(jobs.stream().map(Job::task).toList())
                .schedulerName(new SchedulerName.Fixed("tean-" + UUID.randomUUID()))
                .threads(THREADS)
                .pollingInterval(pace.poll)
                .heartbeatInterval(pace.heartbeat)
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(LAST_RUN)
                .enablePriority()
                // The job itself tells it.
                .failureLogging(LogLevel.OFF, false)
                .build();
        this.thread = Thread.ofPlatform().name("tean-jobs-watch").daemon().unstarted(this::watch);
        gauge(AlertingMeters.JOB_LAG, meters, JobWatch::lagSeconds);
        gauge(AlertingMeters.SILENCES, meters, JobWatch::silences);
    }

    /**
     * Runs the jobs until it is closed.
     *
     * @param pool of its own, with {@value #CONNECTIONS} connections
     * @throws StoreException when the database does not
     */
    public static Jobs start(DataSource pool, RuleCatalogue rules, Routes routes, MeterRegistry meters) {
        return start(pool, rules, routes, meters, Pace.NORMAL);
    }

    static Jobs start(DataSource pool, RuleCatalogue rules, Routes routes, MeterRegistry meters, Pace pace) {
        List<Job> all = all(pool, rules, routes, meters);
        forgetOthers(pool, all);
        Jobs jobs = new Jobs(pool, all, meters, pace);
        jobs.scheduler.start();
        jobs.thread.start();
        return jobs;
    }

    /**
     * Runs every job once, now and here, for a clock that runs faster than the scheduler's.
     *
     * @throws StoreException when one fails; those after it have not run
     */
    public static void once(DataSource pool, RuleCatalogue rules, Routes routes, MeterRegistry meters) {
        all(pool, rules, routes, meters).forEach(Job::run);
    }

    private static List<Job> all(DataSource pool, RuleCatalogue rules, Routes routes, MeterRegistry meters) {
        AlertCounts counts = new AlertCounts(meters);
        List<Job> jobs = new ArrayList<>();
        for (Rule rule : rules.all()) {
            rule.sweep().ifPresent(sweep -> {
                SweepJob job = new SweepJob(pool, rule);
                jobs.add(new Job(
                        SWEEP + rule.name(),
                        "rule " + rule.name(),
                        sweep.every(),
                        0,
                        () -> {
                            Swept swept = job.run();
                            counts.opened(rule.severity(), swept.opened());
                            counts.reactivated(rule.severity(), swept.reactivated());
                            counts.cleared(rule.severity(), swept.cleared());
                        },
                        meters));
            });
        }
        SiteMuting muting = new SiteMuting(pool, rules);
        jobs.add(new Job("site-muting", "the muting of sites", MUTE_EVERY, 2, muting::run, meters));
        Expiry expiry = new Expiry(pool, rules);
        jobs.add(new Job(
                "alert-expiry",
                "the closing of recovered alerts",
                EXPIRE_EVERY,
                1,
                () -> expiry.run().forEach(counts::closed),
                meters));
        DelayedNotices delayed = new DelayedNotices(pool, routes);
        jobs.add(new Job(
                "notice-routes", "the notices of alerts that stay", ROUTES_EVERY, 2, delayed::runRecent, meters));
        jobs.add(new Job(
                "notice-routes-all",
                "the notices of alerts that stayed unseen",
                ALL_ROUTES_EVERY,
                1,
                delayed::run,
                meters));
        return jobs;
    }

    /** A rule that is gone must not wait for somebody who knows it. */
    private static void forgetOthers(DataSource pool, List<Job> jobs) {
        try (Connection connection = pool.getConnection();
                PreparedStatement delete = connection.prepareStatement(
                        "DELETE FROM scheduled_tasks WHERE task_name LIKE ? || '%' AND NOT task_name = ANY (?)")) {
            delete.setString(1, SWEEP);
            delete.setArray(
                    2,
                    connection.createArrayOf(
                            "text", jobs.stream().map(Job::name).toArray()));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new StoreException("cannot prepare the recurring jobs: " + e.getMessage(), e);
        }
    }

    private void gauge(AlertingMeters meter, MeterRegistry meters, ToDoubleFunction<JobWatch> value) {
        Gauge.builder(meter.meterName(), watch, value)
                .description(meter.meaning())
                .strongReference(true)
                .register(meters);
    }

    private void watch() {
        try {
            while (!closed) {
                try {
                    beat.beat();
                    watch.look();
                    failing = false;
                } catch (SQLException | RuntimeException e) {
                    if (!closed && !failing) {
                        log.warn("cannot tell whether the jobs run: {}", String.valueOf(e.getMessage()));
                    }
                    failing = true;
                }
                Thread.sleep(pace.beat);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Health health() {
        return watch.health();
    }

    /** Lets running jobs end for a while; another service takes over what stays. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        scheduler.stop();
        try {
            thread.join(LAST_RUN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
