package io.tean.ingest.summary;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.core.settings.TeanSettings;
import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.IngestException;
import io.tean.ingest.IngestMeters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the summaries and the retention again and again; of several services each job runs in one at a time. */
public final class SummaryKeeper implements HealthCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SummaryKeeper.class);
    private static final int THREADS = 2;
    /** Of the running jobs, the scheduler's polling and heartbeats, and the look at how far they are. */
    public static final int CONNECTIONS = THREADS + 3;

    private static final Duration SUMMARISE_EVERY = Duration.ofSeconds(10);
    private static final Duration DROP_EVERY = Duration.ofMinutes(30);
    private static final Duration LAST_RUN = Duration.ofSeconds(2);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    /** The first summaries of an old database take long, and are no illness as long as they go on. */
    private static final Duration STOOD_TOO_LONG = Duration.ofMinutes(20);

    private static final Duration LATE = Duration.ofMinutes(10);

    private final DataSource pool;
    private final LongSupplier nanos;
    private final Counter redone;
    private final Counter dropped;
    private final Counter forgotten;
    private final Counter failed;
    private final Scheduler scheduler;
    private final Map<String, String> problems = new ConcurrentHashMap<>();
    private final Thread thread;
    private volatile Look look;
    private volatile boolean closed;

    /**
     * How far the summaries are.
     *
     * @param lag since an hour could have been summarised that is not
     * @param notes of late readings that wait
     * @param sum of all marks, in seconds: it grows as long as anything goes on
     * @param movedNanos when the sum was another one last
     */
    private record Look(Duration lag, long notes, long sum, long movedNanos) {}

    private SummaryKeeper(
            DataSource pool,
            TeanSettings settings,
            StreamCatalogue catalogue,
            MeterRegistry meters,
            Duration poll,
            LongSupplier nanos) {
        this.pool = pool;
        this.nanos = nanos;
        this.look = new Look(Duration.ZERO, 0, 0, nanos.getAsLong());
        this.thread = Thread.ofPlatform().name("tean-summary-watch").daemon().unstarted(this::watch);
        this.redone = counter(IngestMeters.SUMMARY_ROWS, meters);
        this.dropped = counter(IngestMeters.CHUNKS_DROPPED, meters);
        this.forgotten = counter(IngestMeters.DEAD_LETTERS_FORGOTTEN, meters);
        this.failed = counter(IngestMeters.SUMMARY_FAILED, meters);
        gauge(IngestMeters.SUMMARY_LAG, meters, keeper -> keeper.look.lag.toMillis() / 1_000.0);
        gauge(IngestMeters.SUMMARY_NOTES, meters, keeper -> keeper.look.notes);
        Summaries summaries = new Summaries(pool, catalogue);
        Retention retention = new Retention(
                pool, catalogue, settings.retention(), settings.ingest().maxAge());
        RecurringTask<Void> summarise =
                job("summaries", SUMMARISE_EVERY, () -> redone.increment((double) summaries.run()));
        RecurringTask<Void> drop = job("retention", DROP_EVERY, () -> {
            Retention.Gone gone = retention.run();
            dropped.increment(gone.chunks());
            forgotten.increment((double) gone.deadLetters());
        });
        this.scheduler = Scheduler.create(pool)
                .tableName("ingest_task")
                .startTasks(List.of(summarise, drop))
                .schedulerName(new SchedulerName.Fixed("tean-" + UUID.randomUUID()))
                .threads(THREADS)
                .pollingInterval(poll)
                .heartbeatInterval(Duration.ofSeconds(10))
                .missedHeartbeatsLimit(4)
                .shutdownMaxWait(LAST_RUN)
                // The job itself tells it.
                .failureLogging(LogLevel.OFF, false)
                .build();
    }

    /**
     * Runs the jobs until it is closed.
     *
     * @param pool of its own, with {@value #CONNECTIONS} connections
     */
    public static SummaryKeeper start(
            DataSource pool, TeanSettings settings, StreamCatalogue catalogue, MeterRegistry meters) {
        SummaryKeeper keeper =
                new SummaryKeeper(pool, settings, catalogue, meters, Duration.ofSeconds(2), System::nanoTime);
        keeper.scheduler.start();
        keeper.thread.start();
        return keeper;
    }

    /** What a job does, once. */
    @FunctionalInterface
    private interface Work {
        void run() throws SQLException;
    }

    private RecurringTask<Void> job(String name, Duration every, Work work) {
        return Tasks.recurring(name, FixedDelay.of(every)).execute((instance, context) -> run(name, every, work));
    }

    private void run(String name, Duration every, Work work) {
        try {
            work.run();
            if (problems.remove(name) != null) {
                log.info("job {} works again", name);
            }
        } catch (SQLException | RuntimeException e) {
            failed.increment();
            String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            // Every few seconds the same line helps nobody.
            if (!why.equals(problems.put(name, why))) {
                log.warn("job {} failed, and is tried again every {} s: {}", name, every.toSeconds(), why);
            }
            throw new IngestException("job " + name + " failed: " + why, e);
        }
    }

    /** Also in the service that does not run the jobs at the moment. */
    private void watch() {
        try {
            while (!closed) {
                try {
                    look();
                } catch (SQLException | RuntimeException e) {
                    log.debug("cannot tell how far the summaries are", e);
                }
                Thread.sleep(LOOK_EVERY);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT coalesce((greatest(extract(epoch FROM tean_now() - min(summarised_to) - ?::interval), 0) * 1000)::bigint, 0),
                            (SELECT count(*) FROM (SELECT FROM summary_late LIMIT 1000000) l), coalesce(sum(extract(epoch FROM summarised_to)), 0)::bigint
                        FROM summary_mark
                        """)) {
            select.setString(1, Summaries.SETTLING.plusHours(1).toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long sum = row.getLong(3);
                long moved = sum == look.sum ? look.movedNanos : nanos.getAsLong();
                look = new Look(Duration.ofMillis(row.getLong(1)), row.getLong(2), sum, moved);
            }
        }
    }

    @Override
    public Health health() {
        Look last = look;
        Map<String, String> wrong = new TreeMap<>(problems);
        Duration stood = Duration.ofNanos(nanos.getAsLong() - last.movedNanos);
        boolean stands = last.lag.compareTo(LATE) > 0 && stood.compareTo(STOOD_TOO_LONG) > 0;
        String far = last.lag.isZero()
                ? "every hour that is over is summarised"
                : "an hour has waited for its summary for " + last.lag.toSeconds() + " s";
        return new Health(
                "summaries",
                wrong.isEmpty() && !stands,
                wrong.isEmpty() ? far + (stands ? ", and none was made" : "") : String.join("; ", wrong.values()),
                false);
    }

    private static Counter counter(IngestMeters meter, MeterRegistry meters) {
        return Counter.builder(meter.meterName()).description(meter.meaning()).register(meters);
    }

    private void gauge(IngestMeters meter, MeterRegistry meters, ToDoubleFunction<SummaryKeeper> value) {
        Gauge.builder(meter.meterName(), this, value)
                .description(meter.meaning())
                .strongReference(true)
                .register(meters);
    }

    /** Lets a running job end for a while; what it did not commit the next one does. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        scheduler.stop();
    }
}
