package io.tean.alerting.notice;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.AlertingMeters;
import io.tean.alerting.channel.Channels;
import io.tean.alerting.channel.Delivered;
import io.tean.core.health.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/** Whether notices arrive, told from memory. A channel that fails makes the part ill, not the service: the pages work on. */
final class NoticeWatch implements HealthCheck {
    private static final Duration LOOKED_TOO_LONG_AGO = Duration.ofSeconds(60);
    /** A single failure is no news. */
    private static final int IN_A_ROW = 3;

    private final Channels channels;
    private final LongSupplier nanos;
    private final Map<String, Failing> failing = new ConcurrentSkipListMap<>();
    private volatile Look look;

    private record Look(long atNanos, Deliveries.Standing standing) {}

    private record Failing(int times, String why) {}

    NoticeWatch(Channels channels, MeterRegistry meters, LongSupplier nanos) {
        this.channels = channels;
        this.nanos = nanos;
        this.look = new Look(nanos.getAsLong(), new Deliveries.Standing(0, 0, 0));
        gauge(meters, AlertingMeters.NOTICE_OLDEST, watch -> watch.look.standing.oldestSeconds());
        gauge(
                meters,
                AlertingMeters.NOTICE_CHANNELS,
                watch -> watch.channels.all().size());
    }

    private void gauge(
            MeterRegistry meters, AlertingMeters meter, java.util.function.ToDoubleFunction<NoticeWatch> value) {
        Gauge.builder(meter.meterName(), this, value)
                .description(meter.meaning())
                .strongReference(true)
                .register(meters);
    }

    void looked(Deliveries.Standing standing) {
        look = new Look(nanos.getAsLong(), standing);
    }

    /** A refusal is of one address, not of the channel, when others go through in between. */
    void attempted(String channel, Delivered result) {
        switch (result) {
            case Delivered.HandedOver ok -> failing.remove(channel);
            case Delivered.Confirmed ok -> failing.remove(channel);
            case Delivered.TryLater later -> failed(channel, later.why());
            case Delivered.Refused refused -> failed(channel, refused.why());
        }
    }

    private void failed(String channel, String why) {
        failing.merge(channel, new Failing(1, why), (before, now) -> new Failing(before.times + 1, now.why));
    }

    @Override
    public Health health() {
        Look last = look;
        List<String> problems = new ArrayList<>();
        Duration age = Duration.ofNanos(nanos.getAsLong() - last.atNanos);
        if (age.compareTo(LOOKED_TOO_LONG_AGO) > 0) {
            problems.add("nobody could look for " + age.toSeconds() + " s whether they go out");
        }
        if (last.standing.late() > 0) {
            problems.add(last.standing.late() + " wait past their deadline");
        }
        if (last.standing.died() > 0) {
            problems.add(last.standing.died() + " of the last hour were not handed over by their deadline");
        }
        failing.forEach((channel, failure) -> {
            if (failure.times >= IN_A_ROW) {
                problems.add("channel " + channel + " failed " + failure.times + " times in a row: " + failure.why);
            }
        });
        String well = channels.all().isEmpty()
                ? "no channels: nobody is told outside the pages; name the file of channels in TEAN_ALERTING_CHANNELS"
                : channels.all().size() + " channels";
        return new Health(
                "notices", problems.isEmpty(), problems.isEmpty() ? well : String.join("; ", problems), false);
    }
}
