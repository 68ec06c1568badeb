package io.tean.ingest.summary;

import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Notes the hours that are over and got another reading, in the transaction that stores it, so that they are summarised again. An hour counts as
 * over a minute after its end; the job that summarises waits for another minute, so that no reading falls between the two.
 */
public final class LateReadings implements InTransactionStep {
    /** After this the lane notes; see {@link Summaries#SETTLING}. */
    static final Duration OVER_AFTER = Duration.ofMinutes(1);

    private static final long HOUR_MICROS = TimeUnit.HOURS.toMicros(1);

    private final InstantSource clock;

    /** @param clock of the service; it may differ from the database's by less than a minute */
    public LateReadings(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public String name() {
        return "summary-late";
    }

    @Override
    public boolean wants(StreamDeclaration stream) {
        return true;
    }

    @Override
    public Optional<Runnable> foresee(List<Reading> readings) {
        long before = overBefore();
        for (Reading reading : readings) {
            if (reading.epochMicros() < before) {
                return Optional.empty();
            }
        }
        return Optional.of(() -> {});
    }

    @Override
    public Runnable judge(Connection transaction, List<Reading> inserted) throws SQLException {
        long before = overBefore();
        Set<Note> notes = new LinkedHashSet<>();
        for (Reading reading : inserted) {
            if (reading.epochMicros() < before) {
                notes.add(new Note(
                        reading.stream().name(),
                        Math.floorDiv(reading.epochMicros(), HOUR_MICROS),
                        reading.equipmentId()));
            }
        }
        if (!notes.isEmpty()) {
            write(transaction, notes);
        }
        return () -> {};
    }

    /** @param hour since 1970 */
    private record Note(String stream, long hour, int equipmentId) {}

    /** Microseconds since 1970 before which all hours are over. */
    private long overBefore() {
        long now = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant().minus(OVER_AFTER));
        return Math.floorDiv(now, HOUR_MICROS) * HOUR_MICROS;
    }

    private static void write(Connection transaction, Set<Note> notes) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO summary_late (stream, hour, equipment_id)
                SELECT n.stream, n.hour, n.equipment_id FROM unnest(?::text[], ?::timestamptz[], ?::integer[]) AS n (stream, hour, equipment_id)
                """)) {
            insert.setArray(
                    1,
                    transaction.createArrayOf(
                            "text", notes.stream().map(Note::stream).toArray()));
            insert.setArray(
                    2,
                    transaction.createArrayOf(
                            "timestamptz",
                            notes.stream()
                                    .map(n -> Instant.ofEpochSecond(TimeUnit.HOURS.toSeconds(n.hour))
                                            .atOffset(ZoneOffset.UTC)
                                            .toString())
                                    .toArray()));
            insert.setArray(
                    3,
                    transaction.createArrayOf(
                            "integer", notes.stream().map(Note::equipmentId).toArray()));
            insert.executeUpdate();
        }
    }
}
