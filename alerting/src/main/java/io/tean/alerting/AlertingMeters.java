package io.tean.alerting;

import io.tean.core.meter.MeterDeclaration;
import java.util.List;

/** The meters of alerting. */
public enum AlertingMeters implements MeterDeclaration {
    JOB_DURATION("tean.job.duration", Kind.TIMER, "Time that a run of a recurring job took, by job", List.of("job")),
    JOB_FAILED(
            "tean.job.failed",
            Kind.COUNTER,
            "Runs of a recurring job that failed, by job; each is tried again at its next time",
            List.of("job")),
    JOB_LAG("tean.job.lag", Kind.GAUGE, "Seconds by which the recurring job that waits longest is late", List.of()),
    ALERT_OPENED("tean.alert.opened", Kind.COUNTER, "Alerts opened, by severity", List.of("severity")),
    ALERT_REACTIVATED(
            "tean.alert.reactivated", Kind.COUNTER, "Cleared alerts that came back, by severity", List.of("severity")),
    ALERT_CLEARED(
            "tean.alert.cleared",
            Kind.COUNTER,
            "Alerts whose condition no longer holds, by severity",
            List.of("severity")),
    ALERT_CLOSED("tean.alert.closed", Kind.COUNTER, "Alerts closed, by severity", List.of("severity")),
    SILENCES("tean.alert.silences", Kind.GAUGE, "Silences in force", List.of()),
    JUDGED("tean.rule.judged", Kind.COUNTER, "Readings that were judged by the rules", List.of()),
    JUDGED_LATE(
            "tean.rule.late",
            Kind.COUNTER,
            "Readings that came after a newer one of their stream and were judged by their own time",
            List.of()),
    MACHINES_LOADED(
            "tean.rule.loaded",
            Kind.COUNTER,
            "Machines whose standing had to be read from the database before judging",
            List.of()),
    FIRED_BY_CLOCK(
            "tean.rule.fired.by.clock",
            Kind.COUNTER,
            "Conditions that lasted long enough while no reading said that they were over",
            List.of()),
    EARLY_TOLD("tean.alarm.early", Kind.COUNTER, "Emergencies that were told before they could be stored", List.of()),
    EARLY_FAILED(
            "tean.alarm.early.failed",
            Kind.COUNTER,
            "Emergencies told early that the direct channel did not take",
            List.of()),
    CASE_STEPS(
            "tean.case.steps",
            Kind.COUNTER,
            "Steps taken in rescue cases by people and clocks, by step",
            List.of("step")),
    CASE_CLOCK_LAG(
            "tean.case.clock.lag",
            Kind.GAUGE,
            "Seconds by which the oldest clock of a rescue case that ran out waits for its step",
            List.of()),
    CASE_CLOCK_FAILED(
            "tean.case.clock.failed",
            Kind.COUNTER,
            "Steps of rescue cases that a clock could not take; each is tried again within a second",
            List.of()),
    NOTICE_ROUTED("tean.notice.routed", Kind.COUNTER, "Notices turned into deliveries", List.of()),
    NOTICE_ATTEMPTS(
            "tean.notice.attempts",
            Kind.COUNTER,
            "Attempts to hand a notice over, by channel and result: handed_over, confirmed, try_later, refused",
            List.of("channel", "result")),
    NOTICE_RETRIES(
            "tean.notice.retries",
            Kind.COUNTER,
            "Attempts after the first of a delivery, by channel",
            List.of("channel")),
    NOTICE_FALL_OVERS(
            "tean.notice.fallovers", Kind.COUNTER, "Deliveries that went on to their next address in time", List.of()),
    NOTICE_SHORT(
            "tean.notice.short",
            Kind.COUNTER,
            "Times that a channel could not be given a notice because its limit was reached, by channel",
            List.of("channel")),
    NOTICE_DIGESTS("tean.notice.digests", Kind.COUNTER, "Digests made of several notices", List.of()),
    NOTICE_WITHDRAWN(
            "tean.notice.withdrawn",
            Kind.COUNTER,
            "Deliveries that were not needed any more before they were sent",
            List.of()),
    NOTICE_EXPIRED(
            "tean.notice.expired", Kind.COUNTER, "Deliveries that were not handed over by their deadline", List.of()),
    NOTICE_OLDEST(
            "tean.notice.oldest",
            Kind.GAUGE,
            "Seconds that the oldest notice or delivery waits that is due",
            List.of()),
    NOTICE_CHANNELS("tean.notice.channels", Kind.GAUGE, "Channels of this site", List.of());

    private final String meterName;
    private final Kind kind;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> tagKeys;

    AlertingMeters(String meterName, Kind kind, String meaning, List<String> tagKeys) {
        this.meterName = meterName;
        this.kind = kind;
        this.meaning = meaning;
        this.tagKeys = tagKeys;
    }

    @Override
    public String meterName() {
        return meterName;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public List<String> tagKeys() {
        return tagKeys;
    }
}
