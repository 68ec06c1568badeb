package io.tean.alerting.alert;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.AlertingMeters;
import io.tean.core.alert.Severity;

/** Counts what happens to alerts, by severity. Told after the commit. */
public final class AlertCounts {
    private final MeterRegistry meters;

    public AlertCounts(MeterRegistry meters) {
        this.meters = meters;
        // A meter that is there at nought shows its first increase.
        for (Severity severity : Severity.values()) {
            opened(severity, 0);
            reactivated(severity, 0);
            cleared(severity, 0);
            closed(severity, 0);
        }
    }

    public void opened(Severity severity, int alerts) {
        add(AlertingMeters.ALERT_OPENED, severity, alerts);
    }

    public void reactivated(Severity severity, int alerts) {
        add(AlertingMeters.ALERT_REACTIVATED, severity, alerts);
    }

    public void cleared(Severity severity, int alerts) {
        add(AlertingMeters.ALERT_CLEARED, severity, alerts);
    }

    public void closed(Severity severity, int alerts) {
        add(AlertingMeters.ALERT_CLOSED, severity, alerts);
    }

    private void add(AlertingMeters meter, Severity severity, int alerts) {
        Counter.builder(meter.meterName())
                .description(meter.meaning())
                .tag("severity", severity.name())
                .register(meters)
                .increment(alerts);
    }
}
