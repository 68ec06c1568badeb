package io.tean.register.maintenance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.maintenance.MaintenanceLevel;
import io.tean.core.maintenance.VisitRecord;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import io.tean.register.RegisterMeters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Takes visits that devices publish into the ledger, in the transaction that stores the reading. */
public final class VisitStep implements InTransactionStep {
    private static final String STREAM = "maintenance-visit";
    private static final String SENT_AGAIN = "sent again by the device with other content";

    private final VisitJudge judge;
    private final Counter taken;

    public VisitStep(VisitJudge judge, MeterRegistry meters) {
        this.judge = judge;
        this.taken = Counter.builder(RegisterMeters.VISITS.meterName())
                .description(RegisterMeters.VISITS.meaning())
                .tag("source", "device")
                .register(meters);
    }

    @Override
    public String name() {
        return STREAM;
    }

    @Override
    public boolean wants(StreamDeclaration stream) {
        return stream.name().equals(STREAM);
    }

    @Override
    public Runnable judge(Connection transaction, List<Reading> inserted) throws SQLException {
        List<Long> records = new ArrayList<>();
        for (Reading reading : inserted) {
            VisitRecord visit = visit(reading);
            OptionalLong record = record(transaction, reading.equipmentId(), visit);
            if (record.isPresent()) {
                records.add(record.getAsLong());
                if (reading.knows("use_unit_confirmed_at")) {
                    RecordRows.confirm(
                            transaction, record.getAsLong(), millis(reading, "use_unit_confirmed_at"), "device");
                }
            }
        }
        judge.judge(transaction, records);
        return () -> taken.increment(records.size());
    }

    /** The same number with another end is a correction: it supersedes, and both stay. */
    private static OptionalLong record(Connection transaction, int equipment, VisitRecord visit) throws SQLException {
        RecordRows.Origin origin = RecordRows.Origin.of("device", "device");
        OptionalLong record = RecordRows.add(transaction, equipment, visit, origin);
        if (record.isPresent()) {
            return record;
        }
        OptionalLong before = RecordRows.newestOf(transaction, equipment, visit.firmCode(), visit.visitNo());
        return before.isEmpty()
                ? before
                : RecordRows.add(transaction, equipment, visit, origin.superseding(before.getAsLong(), SENT_AGAIN));
    }

    private static VisitRecord visit(Reading reading) {
        return new VisitRecord(
                reading.text("visit_no"),
                reading.knows("firm_code") ? reading.text("firm_code") : "",
                MaintenanceLevel.valueOf(reading.text("level").toUpperCase(Locale.ROOT)),
                text(reading, "kind").map(kind -> kind.toUpperCase(Locale.ROOT)),
                reading.knows("check_in_at") ? Optional.of(millis(reading, "check_in_at")) : Optional.empty(),
                reading.time(),
                reading.list("workers"),
                real(reading, "latitude"),
                real(reading, "longitude"),
                reading.knows("scanned") ? Optional.of(reading.bool("scanned")) : Optional.empty(),
                reading.knows("photo_count")
                        ? OptionalInt.of((int) reading.integer("photo_count"))
                        : OptionalInt.empty(),
                list(reading, "photos_sha256"),
                list(reading, "items"),
                list(reading, "failed_items"),
                text(reading, "note"));
    }

    private static Optional<String> text(Reading reading, String field) {
        return reading.knows(field) ? Optional.of(reading.text(field)) : Optional.empty();
    }

    private static OptionalDouble real(Reading reading, String field) {
        return reading.knows(field) ? OptionalDouble.of(reading.real(field)) : OptionalDouble.empty();
    }

    private static List<String> list(Reading reading, String field) {
        return reading.knows(field) ? reading.list(field) : List.of();
    }

    private static Instant millis(Reading reading, String field) {
        return Instant.ofEpochMilli(reading.integer(field));
    }
}
