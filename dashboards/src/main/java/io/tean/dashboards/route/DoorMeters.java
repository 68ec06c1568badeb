package io.tean.dashboards.route;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.dashboards.route.Refusal.Reason;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts what the door refuses. */
final class DoorMeters {
    private final Map<Reason, Counter> refused = new EnumMap<>(Reason.class);

    DoorMeters(MeterRegistry meters) {
        for (Reason reason : Reason.values()) {
            refused.put(
                    reason,
                    Counter.builder(WebMeters.REFUSED.meterName())
                            .description(WebMeters.REFUSED.meaning())
                            .tag("reason", reason.slug())
                            .register(meters));
        }
    }

    void refused(Reason reason) {
        Objects.requireNonNull(refused.get(reason)).increment();
    }
}
