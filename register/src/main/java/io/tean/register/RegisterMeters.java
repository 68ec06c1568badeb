package io.tean.register;

import io.tean.core.meter.MeterDeclaration;
import java.util.List;

/** The meters of the register. */
public enum RegisterMeters implements MeterDeclaration {
    DUTY_LAG(
            "tean.duty.lag",
            Kind.GAUGE,
            "Age in seconds of the oldest change whose duties are not computed yet; grows while the database cannot be asked",
            List.of()),
    DUTY_COMPUTED("tean.duty.computed", Kind.COUNTER, "Machines whose duties were computed anew", List.of()),
    DUTY_FAILED(
            "tean.duty.failed",
            Kind.GAUGE,
            "Machines whose duties could not be computed, and which keep those that they had",
            List.of()),
    DUTY_ROUND_FAILED(
            "tean.duty.round.failed", Kind.COUNTER, "Rounds of computing that failed; each is tried again", List.of()),
    VISITS("tean.maintenance.visits", Kind.COUNTER, "Maintenance visits taken in, by source", List.of("source")),
    VISITS_SUSPECT(
            "tean.maintenance.suspect", Kind.COUNTER, "Maintenance visits found suspect, by check", List.of("check"));

    private final String meterName;
    private final Kind kind;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // List.of
    private final List<String> tagKeys;

    RegisterMeters(String meterName, Kind kind, String meaning, List<String> tagKeys) {
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
