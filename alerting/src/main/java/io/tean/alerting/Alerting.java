package io.tean.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.alert.AlertCounts;
import io.tean.alerting.alert.AlertDesk;
import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.RulePublisher;
import io.tean.alerting.early.EarlyAlarms;
import io.tean.alerting.job.Jobs;
import io.tean.alerting.judge.JudgeCounts;
import io.tean.alerting.judge.Judging;
import io.tean.alerting.judge.WindowClock;
import io.tean.alerting.rescue.CaseClock;
import io.tean.alerting.rescue.Limits;
import io.tean.alerting.rescue.Links;
import io.tean.alerting.rescue.RescueDesk;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.alert.Severity;
import io.tean.core.health.HealthCheck;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.settings.AlertingSettings;
import io.tean.core.stream.StreamCatalogue;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Reading or duty to alert, alert or call to case, wired in the order in which data flows. */
public final class Alerting implements AutoCloseable {
    /** What {@link #open} needs of its pool. */
    public static final int CONNECTIONS = Jobs.CONNECTIONS + 2;

    private final EarlyAlarms early;
    private final Judging judging;
    private final AlertDecisions decisions;
    private final RescueDecisions rescue;
    private final WindowClock clock;
    private final CaseClock cases;
    private final Jobs jobs;

    private Alerting(
            DataSource pool,
            DataSource desk,
            AlertingSettings settings,
            RuleCatalogue rules,
            StreamCatalogue streams,
            MeterRegistry meters) {
        AlertCounts alerts = new AlertCounts(meters);
        Limits limits = Limits.load(settings.rescue().orElse(List.of()));
        early = new EarlyAlarms(settings.directUrl(), meters);
        judging = new Judging(rules, streams, new Counts(meters, alerts), settings.machines(), early::tell);
        decisions = new AlertDesk(desk, rules, alerts);
        RulePublisher.publish(pool, rules);
        rescue = new RescueDesk(desk, rules, limits, Links.open(pool), alerts, meters);
        clock = judging.startClock(pool);
        cases = CaseClock.start(pool, limits, meters);
        jobs = Jobs.start(pool, rules, meters);
    }

    /**
     * Publishes the rules, and starts the clocks of their windows and of rescue cases, and the recurring jobs.
     *
     * @param pool of its own, with {@value #CONNECTIONS} connections
     * @param desk for people's decisions
     */
    public static Alerting open(
            DataSource pool,
            DataSource desk,
            AlertingSettings settings,
            RuleCatalogue rules,
            StreamCatalogue streams,
            MeterRegistry meters) {
        return new Alerting(pool, desk, settings, rules, streams, meters);
    }

    /** With the rules of the site's folders. */
    public static RuleCatalogue rules(AlertingSettings settings, StreamCatalogue streams) {
        return RuleCatalogue.load(streams, settings.rules().orElse(List.of()));
    }

    /** The steps, in the order in which they judge. */
    public List<InTransactionStep> steps() {
        return List.of(judging.step());
    }

    public AlertDecisions decisions() {
        return decisions;
    }

    /** What people decide in rescue cases. */
    public RescueDecisions rescue() {
        return rescue;
    }

    public HealthCheck health() {
        return jobs;
    }

    /** Whether the clocks of rescue cases run. */
    public HealthCheck rescueHealth() {
        return cases;
    }

    /** @param board is told emergencies that are not stored yet; must not block */
    public void subscribe(Consumer<EarlyAlarm> board) {
        early.subscribe(board);
    }

    @Override
    public void close() {
        cases.close();
        clock.close();
        jobs.close();
        early.close();
    }

    private record Counts(Counter readings, Counter lateOnes, Counter machines, Counter windows, AlertCounts alerts)
            implements JudgeCounts {
        Counts(MeterRegistry meters, AlertCounts alerts) {
            this(
                    counter(meters, AlertingMeters.JUDGED),
                    counter(meters, AlertingMeters.JUDGED_LATE),
                    counter(meters, AlertingMeters.MACHINES_LOADED),
                    counter(meters, AlertingMeters.FIRED_BY_CLOCK),
                    alerts);
        }

        private static Counter counter(MeterRegistry meters, AlertingMeters meter) {
            return Counter.builder(meter.meterName())
                    .description(meter.meaning())
                    .register(meters);
        }

        @Override
        public void judged(int count) {
            readings.increment(count);
        }

        @Override
        public void late() {
            lateOnes.increment();
        }

        @Override
        public void loaded(int count) {
            machines.increment(count);
        }

        @Override
        public void firedByClock(int count) {
            windows.increment(count);
        }

        @Override
        public void found(AlertStore.Effect effect, Severity severity) {
            switch (effect) {
                case OPENED -> alerts.opened(severity, 1);
                case REACTIVATED -> alerts.reactivated(severity, 1);
                case REPEATED -> {
                    // No news.
                }
            }
        }

        @Override
        public void cleared(Severity severity) {
            alerts.cleared(severity, 1);
        }
    }
}
