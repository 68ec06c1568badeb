package io.tean.alerting.notice;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.alerting.AlertingMeters;

/** Counts what happens to notices. */
final class NoticeCounts {
    private final MeterRegistry meters;

    NoticeCounts(MeterRegistry meters) {
        this.meters = meters;
        // There at nought, so that the first increase shows.
        routed(0);
        kept(new Deliveries.Kept(0, 0, 0, 0));
        add(AlertingMeters.NOTICE_WITHDRAWN, 0);
    }

    private void add(AlertingMeters meter, int count, String... tags) {
        meters.counter(meter.meterName(), tags).increment(count);
    }

    void routed(int notices) {
        add(AlertingMeters.NOTICE_ROUTED, notices);
    }

    void kept(Deliveries.Kept kept) {
        add(AlertingMeters.NOTICE_FALL_OVERS, kept.fallenOver());
        add(AlertingMeters.NOTICE_EXPIRED, kept.dead());
        add(AlertingMeters.NOTICE_DIGESTS, kept.digests());
    }

    void attempt(String channel, String result, boolean again) {
        add(AlertingMeters.NOTICE_ATTEMPTS, 1, "channel", channel, "result", result);
        if (again) {
            add(AlertingMeters.NOTICE_RETRIES, 1, "channel", channel);
        }
    }

    void fellOver() {
        add(AlertingMeters.NOTICE_FALL_OVERS, 1);
    }

    void tooShort(String channel) {
        add(AlertingMeters.NOTICE_SHORT, 1, "channel", channel);
    }

    void withdrawn() {
        add(AlertingMeters.NOTICE_WITHDRAWN, 1);
    }
}
