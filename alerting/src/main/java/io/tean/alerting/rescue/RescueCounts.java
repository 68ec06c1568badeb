package io.tean.alerting.rescue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.AlertingMeters;
import io.tean.core.rescue.CaseStep;
import java.util.Collection;
import java.util.function.Supplier;

/** Counts what happens in cases. Told after the commit. */
final class RescueCounts {
    private final MeterRegistry meters;
    private final Counter failed;

    RescueCounts(MeterRegistry meters) {
        this.meters = meters;
        this.failed = Counter.builder(AlertingMeters.CASE_CLOCK_FAILED.meterName())
                .description(AlertingMeters.CASE_CLOCK_FAILED.meaning())
                .register(meters);
        // A meter that is there at nought shows its first increase.
        for (CaseStep step : CaseStep.values()) {
            step(step, 0);
        }
    }

    void took(Collection<CaseStep> steps) {
        steps.forEach(step -> step(step, 1));
    }

    void failed() {
        failed.increment();
    }

    void lag(Supplier<Number> seconds) {
        Gauge.builder(AlertingMeters.CASE_CLOCK_LAG.meterName(), seconds)
                .description(AlertingMeters.CASE_CLOCK_LAG.meaning())
                .strongReference(true)
                .register(meters);
    }

    private void step(CaseStep step, int count) {
        Counter.builder(AlertingMeters.CASE_STEPS.meterName())
                .description(AlertingMeters.CASE_STEPS.meaning())
                .tag("step", step.name())
                .register(meters)
                .increment(count);
    }
}
