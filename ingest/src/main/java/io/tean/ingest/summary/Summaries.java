package io.tean.ingest.summary;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.StreamSummary;
import io.tean.ingest.IngestException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;

/**
 * Summarises every hour once when it is over, and the machine-hours again in which later readings arrived. A stream's mark is its lock: of two
 * services that do this at the same time, one waits for the other.
 */
final class Summaries {
    /** What the database's clock must be past the end of an hour; a minute more than {@link LateReadings#OVER_AFTER}. */
    static final Duration SETTLING = Duration.ofMinutes(2);

    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    /** A whole city's hour takes seconds, and an hour of a test nothing. */
    private static final int MOST_HOURS_AT_ONCE = 6;

    private static final int MOST_TRANSACTIONS_PER_STREAM = 24;
    private static final int MOST_NOTES_AT_ONCE = 20_000;
    private static final Duration LONGEST_STATEMENT = Duration.ofMinutes(5);

    private final DataSource pool;
    private final Map<StreamDeclaration, SummaryStatements> streams = new LinkedHashMap<>();

    Summaries(DataSource pool, StreamCatalogue catalogue) {
        this.pool = pool;
        catalogue.all().forEach(stream -> streams.put(stream, new SummaryStatements(new StreamSummary(stream))));
    }

    /**
     * Works off late readings and what hours are over, as much as one run may take; the next run goes on.
     *
     * @return how many rows of summaries were written
     * @throws IngestException naming the streams that could not be summarised; the others were
     */
    long run() {
        long rows = 0;
        List<String> problems = new ArrayList<>();
        for (StreamDeclaration stream : streams.keySet()) {
            try {
                rows += run(stream);
            } catch (SQLException e) {
                problems.add("cannot summarise stream " + stream + ": " + e.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw new IngestException(String.join("; ", problems));
        }
        return rows;
    }

    private long run(StreamDeclaration stream) throws SQLException {
        long rows = 0;
        try (Connection connection = pool.getConnection()) {
            // A city's hour may take longer than what a lane may wait for an answer.
            connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_STATEMENT.toMillis()));
            connection.setAutoCommit(false);
            begin(connection, stream);
            for (int i = 0; i < MOST_TRANSACTIONS_PER_STREAM; i++) {
                Step step = hours(connection, stream);
                rows += step.rows;
                if (!step.more) {
                    break;
                }
            }
            for (int i = 0; i < MOST_TRANSACTIONS_PER_STREAM; i++) {
                Step step = late(connection, stream);
                rows += step.rows;
                if (!step.more) {
                    break;
                }
            }
        }
        return rows;
    }

    /** @param more whether there is more to do at once */
    private record Step(long rows, boolean more) {}

    /** A stream that was never summarised begins with its oldest chunk; one without readings a day ago, so that it is surely behind. */
    private static void begin(Connection connection, StreamDeclaration stream) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO summary_mark (stream, summarised_to)
                SELECT ?, date_trunc('hour', least(min(range_start), tean_now() - interval '1 day'), 'UTC')
                FROM timescaledb_information.chunks WHERE hypertable_schema = 'public' AND hypertable_name = ?
                HAVING NOT EXISTS (SELECT FROM summary_mark WHERE stream = ?)
                ON CONFLICT DO NOTHING
                """)) {
            insert.setString(1, stream.name());
            insert.setString(2, stream.table());
            insert.setString(3, stream.name());
            insert.executeUpdate();
        }
        connection.commit();
    }

    /**
     * @param to every hour before it is summarised
     * @param dropped readings older than this are gone
     */
    private record Mark(Instant to, Instant dropped) {}

    private static Mark lock(Connection connection, StreamDeclaration stream) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = " + LONGEST_STATEMENT.toMillis());
            statement.execute("SET LOCAL work_mem = '64MB'");
        }
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT summarised_to, greatest(dropped_before, '1970-01-01Z') FROM summary_mark WHERE stream = ? FOR UPDATE
                """)) {
            select.setString(1, stream.name());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return new Mark(instant(row, 1), instant(row, 2));
            }
        }
    }

    private Step hours(Connection connection, StreamDeclaration stream) throws SQLException {
        try {
            Mark mark = lock(connection, stream);
            Instant ready = ready(connection);
            Instant from = firstReadings(connection, stream, mark.to, ready);
            Instant to = to(from, ready);
            long rows = 0;
            if (from.isBefore(to)) {
                rows = summarise(connection, stream, from, to);
            }
            if (mark.to.isBefore(to)) {
                move(connection, stream, to);
            }
            connection.commit();
            return new Step(rows, to.isBefore(ready));
        } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
        }
    }

    /**
     * The end of the newest hour whose readings are all stored, or noted as late. A transaction that began before that hour was over and is
     * still under way may hold some: then only the hours that were over when it began count. Asked first of all, so that what has ended by
     * now is seen by what follows.
     */
    private static Instant ready(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                WITH other AS MATERIALIZED (
                    SELECT clock_timestamp() AS now, min(xact_start) AS since FROM pg_stat_activity
                    WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()
                )
                SELECT date_trunc('hour', tean_now() - greatest(now - coalesce(since, now), interval '0') - ?::interval, 'UTC') FROM other
                """)) {
            select.setString(1, SETTLING.toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return instant(row, 1);
            }
        }
    }

    /** Months without a reading are passed over at once. */
    private static Instant firstReadings(
            Connection connection, StreamDeclaration stream, Instant summarisedTo, Instant ready) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT date_trunc('hour', least(greatest(coalesce(min(range_start), 'infinity'), ?), ?), 'UTC') FROM timescaledb_information.chunks
                WHERE hypertable_schema = 'public' AND hypertable_name = ? AND range_end > ?
                """)) {
            select.setObject(1, utc(summarisedTo));
            select.setObject(2, utc(ready));
            select.setString(3, stream.table());
            select.setObject(4, utc(summarisedTo));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return instant(row, 1);
            }
        }
    }

    /** A few hours of one day of Shanghai. */
    private static Instant to(Instant from, Instant ready) {
        Instant most = from.plus(MOST_HOURS_AT_ONCE, ChronoUnit.HOURS);
        Instant midnight = midnight(from).plus(1, ChronoUnit.DAYS);
        Instant to = most.isBefore(midnight) ? most : midnight;
        return ready.isBefore(to) ? ready : to;
    }

    /** Shanghai has had no summer time since 1991: its days have 24 hours. */
    private static Instant midnight(Instant at) {
        return LocalDate.ofInstant(at, SHANGHAI).atStartOfDay(SHANGHAI).toInstant();
    }

    private long summarise(Connection connection, StreamDeclaration stream, Instant from, Instant to)
            throws SQLException {
        long rows;
        try (PreparedStatement insert = connection.prepareStatement(statements(stream).hours)) {
            insert.setObject(1, utc(from));
            insert.setObject(2, utc(to));
            rows = insert.executeUpdate();
        }
        if (rows > 0) {
            Instant day = midnight(from);
            try (PreparedStatement insert = connection.prepareStatement(statements(stream).day)) {
                insert.setObject(1, utc(day));
                insert.setObject(2, utc(day));
                insert.setObject(3, utc(day.plus(1, ChronoUnit.DAYS)));
                insert.setObject(4, utc(from));
                insert.setObject(5, utc(to));
                rows += insert.executeUpdate();
            }
        }
        return rows;
    }

    private static void move(Connection connection, StreamDeclaration stream, Instant to) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE summary_mark SET summarised_to = ? WHERE stream = ?")) {
            update.setObject(1, utc(to));
            update.setString(2, stream.name());
            update.executeUpdate();
        }
    }

    private record MachineTime(int equipmentId, Instant time) {}

    /** Takes notes and does their hours again; a note that is written meanwhile stays for the next time. */
    private Step late(Connection connection, StreamDeclaration stream) throws SQLException {
        try {
            Mark mark = lock(connection, stream);
            List<MachineTime> notes = takeNotes(connection, stream);
            Set<MachineTime> hours = new LinkedHashSet<>();
            // What is not summarised yet will be, with these readings.
            notes.stream().filter(n -> n.time.isBefore(mark.to)).forEach(hours::add);
            long rows = 0;
            if (!hours.isEmpty()) {
                Set<MachineTime> days = new LinkedHashSet<>();
                hours.forEach(h -> days.add(new MachineTime(h.equipmentId, midnight(h.time))));
                SummaryStatements sql = statements(stream);
                rows = again(connection, sql.lateHours, hours, Duration.ofHours(1), List.of(utc(mark.dropped)))
                        + again(connection, sql.lateDays, days, Duration.ofDays(1), List.of());
            }
            connection.commit();
            return new Step(rows, notes.size() == MOST_NOTES_AT_ONCE);
        } catch (SQLException | RuntimeException e) {
            rollback(connection, e);
            throw e;
        }
    }

    private static List<MachineTime> takeNotes(Connection connection, StreamDeclaration stream) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM summary_late
                WHERE late_id IN (SELECT late_id FROM summary_late WHERE stream = ? ORDER BY late_id LIMIT ?)
                RETURNING equipment_id, hour
                """)) {
            delete.setString(1, stream.name());
            delete.setInt(2, MOST_NOTES_AT_ONCE);
            try (ResultSet row = delete.executeQuery()) {
                List<MachineTime> notes = new ArrayList<>();
                while (row.next()) {
                    notes.add(new MachineTime(row.getInt(1), instant(row, 2)));
                }
                return notes;
            }
        }
    }

    private static long again(
            Connection connection, String sql, Set<MachineTime> buckets, Duration length, List<Object> more)
            throws SQLException {
        Instant first =
                buckets.stream().map(MachineTime::time).min(Instant::compareTo).orElseThrow();
        Instant last =
                buckets.stream().map(MachineTime::time).max(Instant::compareTo).orElseThrow();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setArray(
                    1,
                    connection.createArrayOf(
                            "timestamptz",
                            buckets.stream().map(b -> utc(b.time).toString()).toArray()));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "integer",
                            buckets.stream().map(MachineTime::equipmentId).toArray()));
            // The planner leaves out the chunks around them.
            insert.setObject(3, utc(first));
            insert.setObject(4, utc(last.plus(length)));
            for (int i = 0; i < more.size(); i++) {
                insert.setObject(5 + i, more.get(i));
            }
            return insert.executeUpdate();
        }
    }

    private SummaryStatements statements(StreamDeclaration stream) {
        return java.util.Objects.requireNonNull(streams.get(stream));
    }

    private static void rollback(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
