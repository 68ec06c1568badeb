package io.tean.dashboards.live;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.dashboards.route.WebMeters;
import java.util.Collection;
import java.util.Locale;

/** Counts the streams: open, refused, ended. */
final class StreamMeters {
    /** What is too many. */
    enum Bound {
        ALL,
        SESSION,
        /** The service is stopping. */
        SHUTDOWN
    }

    private final MeterRegistry meters;

    StreamMeters(MeterRegistry meters, Collection<EventStream> open) {
        this.meters = meters;
        Gauge.builder(WebMeters.STREAMS.meterName(), open, Collection::size)
                .description(WebMeters.STREAMS.meaning())
                .register(meters);
        for (Bound bound : Bound.values()) {
            refused(bound, 0);
        }
        for (String reason : new String[] {"stalled", "logout", "disabled", "shutdown"}) {
            closed(reason, 0);
        }
    }

    void refused(Bound bound) {
        refused(bound, 1);
    }

    void closed(String reason) {
        closed(reason, 1);
    }

    private void refused(Bound bound, int count) {
        count(WebMeters.STREAM_REFUSED, "bound", bound.name().toLowerCase(Locale.ROOT), count);
    }

    private void closed(String reason, int count) {
        count(WebMeters.STREAM_CLOSED, "reason", reason, count);
    }

    private void count(WebMeters meter, String tag, String value, int count) {
        Counter.builder(meter.meterName())
                .description(meter.meaning())
                .tag(tag, value)
                .register(meters)
                .increment(count);
    }
}
