package io.tean.core.audit;

import io.tean.core.meter.MeterDeclaration;
import java.util.List;

/** The meters of the sealing of audit entries. */
public enum AuditMeters implements MeterDeclaration {
    LAG(
            "tean.audit.lag",
            Kind.GAUGE,
            "Age in seconds that the oldest audit entry without a seal may have; grows while the database cannot be asked"),
    SEALED("tean.audit.sealed", Kind.COUNTER, "Audit entries that were sealed"),
    ROUND_FAILED("tean.audit.round.failed", Kind.COUNTER, "Rounds of sealing that failed; each is tried again");

    private final String meterName;
    private final Kind kind;
    private final String meaning;

    AuditMeters(String meterName, Kind kind, String meaning) {
        this.meterName = meterName;
        this.kind = kind;
        this.meaning = meaning;
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
        return List.of();
    }
}
