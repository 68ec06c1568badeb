package io.tean.ingest.store;

import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.DeadLetter;
import io.tean.ingest.arrival.DeadLetterReason;
import io.tean.ingest.arrival.Row;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores one batch after the other, each in one transaction: readings by binary COPY, then what the in-transaction steps add, then
 * dead letters. Belongs to one lane's thread.
 */
public final class BatchStore {
    private static final Logger log = LoggerFactory.getLogger(BatchStore.class);
    private static final int COPY_CHUNK = 1 << 16;

    private final List<InTransactionStep> steps;
    private final StoreCounts counts;
    private final Map<StreamDeclaration, StreamStatements> statements = new HashMap<>();
    private final CopyStream copyStream = new CopyStream();
    /** Duplicates come in runs: after a batch that met one, the next goes through the staging table at once. */
    private boolean duplicatesExpected;

    public BatchStore(List<InTransactionStep> steps, StoreCounts counts) {
        this.steps = List.copyOf(steps);
        this.counts = counts;
    }

    /**
     * Stores a batch. On return everything in it is committed, as readings or as dead letters, and may be settled.
     *
     * @param repeated whether the batch was tried before with an unknown outcome
     * @throws SQLException when the batch is to be tried again; {@link SqlVerdict#TRY_AGAIN}
     */
    public void store(Connection connection, List<Arrival> batch, boolean repeated) throws SQLException {
        List<Row> rows = new ArrayList<>(batch.size());
        List<Kept> kept = new ArrayList<>();
        List<Arrival> replays = new ArrayList<>();
        for (Arrival arrival : batch) {
            rows.addAll(arrival.rows());
            arrival.deadLetters().forEach(d -> kept.add(new Kept(arrival, d)));
            if (arrival.deadLetterId() != 0) {
                replays.add(arrival);
            }
        }
        if (repeated) {
            duplicatesExpected = true;
            forget(rows);
        }
        attempt(connection, rows, kept, replays);
    }

    private void forget(List<Row> rows) {
        for (InTransactionStep step : steps) {
            List<Reading> readings = wanted(step, rows);
            if (!readings.isEmpty()) {
                step.forget(readings);
            }
        }
    }

    /** Stores rows and dead letters in one transaction; halves the rows when one of them is refused. */
    private void attempt(Connection connection, List<Row> rows, List<Kept> kept, List<Arrival> replays)
            throws SQLException {
        try {
            if (!duplicatesExpected) {
                try {
                    transaction(connection, rows, kept, replays, false);
                    return;
                } catch (SQLException e) {
                    if (SqlVerdict.of(e) != SqlVerdict.DUPLICATE_KEY) {
                        throw e;
                    }
                    duplicatesExpected = true;
                }
            }
            transaction(connection, rows, kept, replays, true);
        } catch (SQLException e) {
            if (SqlVerdict.of(e) != SqlVerdict.BAD_ROW || rows.isEmpty()) {
                throw e;
            }
            if (rows.size() == 1) {
                Row row = rows.getFirst();
                String why = "SQL state " + e.getSQLState() + ": " + e.getMessage();
                log.warn("PostgreSQL refuses a reading, {}: {}", row.reading(), DeadLetter.storable(why, 300));
                DeadLetter refused = new DeadLetter(DeadLetterReason.REFUSED_BY_DATABASE, why, row.payload());
                List<Kept> all = new ArrayList<>(kept);
                all.add(new Kept(row.arrival(), refused));
                transaction(connection, List.of(), all, replays, false);
                row.arrival().add(refused);
                return;
            }
            int half = rows.size() / 2;
            // Last of all: a replayed message has done its duty only when all its readings are stored.
            attempt(connection, rows.subList(0, half), List.of(), List.of());
            attempt(connection, rows.subList(half, rows.size()), kept, replays);
        }
    }

    private void transaction(
            Connection connection, List<Row> rows, List<Kept> kept, List<Arrival> replays, boolean staged)
            throws SQLException {
        long began = System.nanoTime();
        Map<StreamDeclaration, List<Row>> byStream = byStream(rows);
        List<Row> sorted = sorted(rows);
        Map<InTransactionStep, Runnable> foreseen = staged ? Map.of() : foresee(sorted);
        boolean plain = !staged
                && byStream.size() == 1
                && kept.isEmpty()
                && replays.isEmpty()
                && steps.stream().allMatch(s -> foreseen.containsKey(s) || noneWanted(s, byStream));
        Outcome outcome = new Outcome();
        try {
            // A single COPY is a transaction by itself: two round trips fewer.
            connection.setAutoCommit(plain);
            List<Runnable> adoptions = new ArrayList<>();
            List<Row> inserted = new ArrayList<>(rows.size());
            for (var entry : byStream(sorted).entrySet()) {
                inserted.addAll(
                        staged
                                ? insertStaged(connection, entry.getKey(), entry.getValue(), outcome)
                                : copy(connection, entry.getKey(), entry.getValue()));
            }
            outcome.stored = inserted.size();
            // All streams first: a step may look from one to the other.
            judge(connection, inserted, foreseen, adoptions);
            if (!plain) {
                keepDeadLetters(connection, kept, replays, outcome);
                connection.commit();
            }
            adoptions.forEach(Runnable::run);
        } catch (SQLException | RuntimeException e) {
            if (!plain) {
                rollback(connection);
            }
            throw e;
        }
        if (staged) {
            counts.staged();
            duplicatesExpected = outcome.duplicates > 0;
        }
        outcome.conflicts.forEach(c -> c.row.arrival().add(c.deadLetter));
        counts.stored(outcome.stored);
        counts.duplicates(outcome.duplicates);
        outcome.deadLetters.forEach(counts::deadLetter);
        counts.committed(rows.size(), System.nanoTime() - began);
    }

    private static boolean noneWanted(InTransactionStep step, Map<StreamDeclaration, List<Row>> byStream) {
        return byStream.keySet().stream().noneMatch(step::wants);
    }

    /** The steps for which nothing will follow from the rows if all of them are new, with what they want to remember then. */
    private Map<InTransactionStep, Runnable> foresee(List<Row> rows) {
        Map<InTransactionStep, Runnable> foreseen = new HashMap<>();
        for (InTransactionStep step : steps) {
            List<Reading> wanted = wanted(step, rows);
            if (!wanted.isEmpty()) {
                try {
                    step.foresee(wanted).ifPresent(adoption -> foreseen.put(step, adoption));
                } catch (RuntimeException e) {
                    // Told, and kept for another try, when it judges.
                    log.debug("step {} could not look ahead", step.name(), e);
                }
            }
        }
        return foreseen;
    }

    private static List<Reading> wanted(InTransactionStep step, List<Row> rows) {
        return rows.stream()
                .map(Row::reading)
                .filter(r -> step.wants(r.stream()))
                .toList();
    }

    private static Map<StreamDeclaration, List<Row>> byStream(List<Row> rows) {
        Map<StreamDeclaration, List<Row>> byStream = new LinkedHashMap<>();
        for (Row row : rows) {
            byStream.computeIfAbsent(row.reading().stream(), s -> new ArrayList<>())
                    .add(row);
        }
        return byStream;
    }

    /** By machine, and for each machine as they arrived: neighbours in the index come one after the other. */
    private static List<Row> sorted(List<Row> rows) {
        int count = rows.size();
        long[] order = new long[count];
        for (int i = 0; i < count; i++) {
            order[i] = (long) rows.get(i).reading().equipmentId() << 32 | i;
        }
        Arrays.sort(order);
        List<Row> sorted = new ArrayList<>(count);
        for (long at : order) {
            sorted.add(rows.get((int) at));
        }
        return sorted;
    }

    private List<Row> copy(Connection connection, StreamDeclaration stream, List<Row> rows) throws SQLException {
        copyStream.begin();
        copyStream.tuples(rows.stream().map(Row::reading).toList());
        copyStream.end();
        send(connection, statements(stream).copy);
        return rows;
    }

    private void send(Connection connection, String sql) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            for (int at = 0; at < copyStream.length(); at += COPY_CHUNK) {
                copy.writeToCopy(copyStream.bytes(), at, Math.min(COPY_CHUNK, copyStream.length() - at));
            }
            copy.endCopy();
        } catch (SQLException e) {
            cancel(copy, e);
            throw e;
        }
    }

    private static void cancel(CopyIn copy, SQLException because) {
        try {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private List<Row> insertStaged(Connection connection, StreamDeclaration stream, List<Row> rows, Outcome outcome)
            throws SQLException {
        StreamStatements sql = statements(stream);
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql.createStaging);
        }
        copyStream.begin();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        for (int i = 0; i < rows.size(); i++) {
            Reading reading = rows.get(i).reading();
            copyStream.tuple(reading, i);
            first = Math.min(first, reading.epochMicros());
            last = Math.max(last, reading.epochMicros());
        }
        copyStream.end();
        send(connection, sql.copyToStaging);
        List<Integer> ordinals = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql.insertStaged)) {
            while (row.next()) {
                ordinals.add(row.getInt(1));
            }
        }
        if (ordinals.size() < rows.size()) {
            compareStaged(connection, sql, rows, ordinals, first, last, outcome);
        }
        List<Row> inserted = new ArrayList<>(ordinals.size());
        ordinals.stream().sorted(Comparator.naturalOrder()).forEach(i -> inserted.add(rows.get(i)));
        return inserted;
    }

    private static void compareStaged(
            Connection connection,
            StreamStatements sql,
            List<Row> rows,
            List<Integer> inserted,
            long firstMicros,
            long lastMicros,
            Outcome outcome)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.compareStaged)) {
            statement.setObject(1, timestamp(firstMicros));
            statement.setObject(2, timestamp(lastMicros));
            statement.setArray(3, connection.createArrayOf("integer", inserted.toArray()));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    if (row.getBoolean(2)) {
                        outcome.duplicates++;
                    } else {
                        Row conflicting = rows.get(row.getInt(1));
                        outcome.conflicts.add(new Conflict(
                                conflicting,
                                new DeadLetter(
                                        DeadLetterReason.CONFLICT,
                                        "stored already with other content: " + conflicting.reading(),
                                        conflicting.payload())));
                    }
                }
            }
        }
    }

    private void judge(
            Connection connection,
            List<Row> inserted,
            Map<InTransactionStep, Runnable> foreseen,
            List<Runnable> adoptions)
            throws SQLException {
        for (InTransactionStep step : steps) {
            Runnable adoption = foreseen.get(step);
            if (adoption != null) {
                adoptions.add(adoption);
                continue;
            }
            List<Reading> readings = wanted(step, inserted);
            if (readings.isEmpty()) {
                continue;
            }
            Savepoint before = connection.setSavepoint();
            try {
                adoptions.add(step.judge(connection, readings));
                connection.releaseSavepoint(before);
            } catch (SQLException e) {
                if (SqlVerdict.isPassing(e)) {
                    throw e;
                }
                connection.rollback(before);
                mark(connection, step, readings, e);
            } catch (RuntimeException | Error e) {
                connection.rollback(before);
                mark(connection, step, readings, e);
            }
        }
    }

    private void mark(Connection connection, InTransactionStep step, List<Reading> readings, Throwable why)
            throws SQLException {
        log.error(
                "step {} could not judge {} readings; they are stored and marked for it",
                step.name(),
                readings.size(),
                why);
        counts.stepFailed(step.name());
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO rejudge_mark (step, stream, equipment_id, time, key_values, error) VALUES (?, ?, ?, ?, ?, ?)
                """)) {
            for (Reading reading : readings) {
                insert.setString(1, step.name());
                insert.setString(2, reading.stream().name());
                insert.setInt(3, reading.equipmentId());
                insert.setObject(4, timestamp(reading.epochMicros()));
                insert.setArray(
                        5, connection.createArrayOf("text", reading.keyValues().toArray()));
                insert.setString(6, DeadLetter.storable(String.valueOf(why), 400));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void keepDeadLetters(Connection connection, List<Kept> kept, List<Arrival> replays, Outcome outcome)
            throws SQLException {
        DeadLetterWriter writer = new DeadLetterWriter(connection);
        writer.endReplays(replays);
        List<Kept> all = new ArrayList<>(kept);
        outcome.conflicts.forEach(c -> all.add(new Kept(c.row.arrival(), c.deadLetter)));
        writer.write(all);
        all.forEach(k -> outcome.deadLetters.add(k.deadLetter().reason()));
    }

    private static void rollback(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            log.debug("rollback on a broken connection", e);
        }
    }

    /** What {@code COPY … TO} is to send for a mark, see {@link Rejudging}. */
    StreamStatements statements(StreamDeclaration stream) {
        return statements.computeIfAbsent(stream, StreamStatements::new);
    }

    List<InTransactionStep> steps() {
        return steps;
    }

    static OffsetDateTime timestamp(long epochMicros) {
        return Instant.EPOCH.plus(epochMicros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private record Conflict(Row row, DeadLetter deadLetter) {}

    private static final class Outcome {
        int stored;
        int duplicates;
        final List<Conflict> conflicts = new ArrayList<>();
        final List<DeadLetterReason> deadLetters = new ArrayList<>();
    }
}
