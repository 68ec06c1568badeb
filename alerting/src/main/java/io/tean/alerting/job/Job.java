package io.tean.alerting.job;

import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.tean.alerting.AlertingMeters;
import io.tean.core.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One recurring job in this service: runs its work, measures it, and knows why it failed last. */
final class Job {
    private static final Logger log = LoggerFactory.getLogger(Job.class);

    private final String name;
    private final String what;
    private final Duration every;
    private final int priority;
    private final Work work;
    private final Timer duration;
    private final Counter failed;
    private volatile @Nullable String problem;

    /** What the job does, once. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /**
     * @param name under which all services know it
     * @param what it is, for a person, such as {@code rule maintenance-overdue}
     * @param priority the higher comes first when several wait
     */
    Job(String name, String what, Duration every, int priority, Work work, MeterRegistry meters) {
        this.name = name;
        this.what = what;
        this.every = every;
        this.priority = priority;
        this.work = work;
        this.duration = Timer.builder(AlertingMeters.JOB_DURATION.meterName())
                .description(AlertingMeters.JOB_DURATION.meaning())
                .tag("job", name)
                .register(meters);
        this.failed = Counter.builder(AlertingMeters.JOB_FAILED.meterName())
                .description(AlertingMeters.JOB_FAILED.meaning())
                .tag("job", name)
                .register(meters);
    }

    String name() {
        return name;
    }

    String what() {
        return what;
    }

    Duration every() {
        return every;
    }

    /** Why it failed when it ran here last. */
    Optional<String> problem() {
        return Optional.ofNullable(problem);
    }

    RecurringTask<Void> task() {
        return Tasks.recurring(name, FixedDelay.of(every))
                .defaultPriority(priority)
                .execute((instance, context) -> run());
    }

    /** @throws StoreException when the work fails; the reason was told then */
    void run() {
        long start = System.nanoTime();
        try {
            work.run();
            if (problem != null) {
                log.info("{} works again", what);
            }
            problem = null;
        } catch (SQLException | RuntimeException e) {
            failed.increment();
            String why = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
            // Every few seconds the same line helps nobody.
            if (!why.equals(problem)) {
                log.error("{} failed, and is tried again every {} s: {}", what, every.toSeconds(), why);
            }
            problem = why;
            throw new StoreException(what + " failed: " + why, e);
        } finally {
            duration.record(Duration.ofNanos(System.nanoTime() - start));
        }
    }
}
