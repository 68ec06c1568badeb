package io.tean.alerting;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.alert.AlertCounts;
import io.tean.alerting.alert.AlertDesk;
import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.RulePublisher;
import io.tean.alerting.channel.Channels;
import io.tean.alerting.early.EarlyAlarms;
import io.tean.alerting.job.Jobs;
import io.tean.alerting.judge.JudgeCounts;
import io.tean.alerting.judge.Judging;
import io.tean.alerting.judge.WindowClock;
import io.tean.alerting.notice.NoticeDesk;
import io.tean.alerting.notice.Outbox;
import io.tean.alerting.notice.Routes;
import io.tean.alerting.rescue.CaseClock;
import io.tean.alerting.rescue.Limits;
import io.tean.alerting.rescue.Links;
import io.tean.alerting.rescue.RescueDesk;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.alert.Severity;
import io.tean.core.health.HealthCheck;
import io.tean.core.notice.NoticeDecisions;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.settings.AlertingSettings;
import io.tean.core.stream.StreamCatalogue;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reading or duty to alert, alert or call to case, wired in the order in which data flows. */
public final class Alerting implements AutoCloseable {
    /** What {@link #open} needs of its pool. */
    public static final int CONNECTIONS = Jobs.CONNECTIONS + 2;
    /** What {@link #startOutbox} needs of its pool. */
    public static final int OUTBOX_CONNECTIONS = Outbox.CONNECTIONS;

    private final EarlyAlarms early;
    private final Judging judging;
    private final AlertDecisions decisions;
    private final Links links;
    private final RescueDecisions rescue;
    private final WindowClock clock;
    private final CaseClock cases;
    private final Jobs jobs;
    private final Routes routes;
    private final Channels channels;
    private final NoticeDecisions notices;
    private final MeterRegistry meters;
    private @Nullable Outbox outbox;

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
        links = Links.open(pool);
        rescue = new RescueDesk(desk, rules, limits, links, alerts, meters);
        clock = judging.startClock(pool);
        cases = CaseClock.start(pool, limits, meters);
        this.meters = meters;
        routes = routes(settings);
        channels = channels(settings);
        notices = new NoticeDesk(desk, channels);
        jobs = Jobs.start(pool, rules, routes, meters);
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

    /** With the routes of the site's folders. */
    public static Routes routes(AlertingSettings settings) {
        return Routes.load(settings.routes().orElse(List.of()));
    }

    /** The channels of the site's file, their secrets as it says also from this process's environment. */
    public static Channels channels(AlertingSettings settings) {
        return Channels.load(settings.channels(), System.getenv(), InstantSource.system());
    }

    /** Where people say who is told and how. */
    public NoticeDecisions notices() {
        return notices;
    }

    /**
     * Begins to route notices and to hand them over.
     *
     * @param pool of its own, with {@link Outbox#CONNECTIONS} connections
     * @param publicUrl that links start from
     * @return whether notices arrive; a part that the service can be ready without
     */
    public HealthCheck startOutbox(DataSource pool, URI publicUrl) {
        String address = publicUrl.toString().replaceAll("/+$", "");
        Outbox started = Outbox.start(pool, routes, channels, address, links::of, meters);
        outbox = started;
        return started.health();
    }

    private void stopOutbox() {
        if (outbox != null) {
            outbox.close();
        }
        channels.close();
    }

    /** @param board is told emergencies that are not stored yet; must not block */
    public void subscribe(Consumer<EarlyAlarm> board) {
        early.subscribe(board);
    }

    @Override
    public void close() {
        cases.close();
        stopOutbox();
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
