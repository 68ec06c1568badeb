package io.tean.ingest.summary;

import io.tean.core.settings.RetentionSettings;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.StreamSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets go of what is older than its retention: whole chunks of readings and hourly summaries, dead letters a few at a time. */
final class Retention {
    private static final Logger log = LoggerFactory.getLogger(Retention.class);
    private static final int DEAD_LETTERS_AT_ONCE = 1_000;
    private static final int MOST_PORTIONS = 100;
    /** Between the oldest reading that devices may still bring and the youngest chunk that is dropped. */
    private static final Duration BEHIND_LATE_READINGS = Duration.ofDays(2);

    private final DataSource pool;
    private final StreamCatalogue catalogue;
    private final RetentionSettings settings;
    private final Duration oldestArrival;

    /** @param oldestArrival how old a reading may be when it arrives: its hour must still be there to be summarised again */
    Retention(DataSource pool, StreamCatalogue catalogue, RetentionSettings settings, Duration oldestArrival) {
        this.pool = pool;
        this.catalogue = catalogue;
        this.settings = settings;
        this.oldestArrival = oldestArrival;
    }

    /** What one run let go of. */
    record Gone(int chunks, long deadLetters) {}

    Gone run() throws SQLException {
        int chunks = 0;
        long letters = 0;
        try (Connection connection = pool.getConnection()) {
            for (StreamDeclaration stream : catalogue.all()) {
                connection.setAutoCommit(false);
                chunks += readings(connection, stream);
                chunks += drop(connection, new StreamSummary(stream).hourTable(), before(connection, settings.hours()));
                connection.commit();
            }
            connection.setAutoCommit(true);
            int portion = DEAD_LETTERS_AT_ONCE;
            for (int i = 0; i < MOST_PORTIONS && portion == DEAD_LETTERS_AT_ONCE; i++) {
                portion = deadLetters(connection);
                letters += portion;
            }
        }
        return new Gone(chunks, letters);
    }

    private Duration kept(StreamDeclaration stream) {
        Duration fallback = stream.isStatus() ? settings.status() : settings.records();
        Duration kept = stream.retentionDays().isPresent()
                ? Duration.ofDays(stream.retentionDays().getAsInt())
                : fallback;
        Duration least = oldestArrival.plus(BEHIND_LATE_READINGS);
        return kept.compareTo(least) < 0 ? least : kept;
    }

    /** Readings before the moment, as far as they are summarised: the stream's mark is locked, so that nobody summarises meanwhile. */
    private int readings(Connection connection, StreamDeclaration stream) throws SQLException {
        Optional<OffsetDateTime> before = summarisedBefore(connection, stream);
        if (before.isEmpty()) {
            return 0;
        }
        int chunks = drop(connection, stream.table(), before.get());
        if (chunks > 0) {
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE summary_mark SET dropped_before = ? WHERE stream = ?")) {
                update.setObject(1, before.get());
                update.setString(2, stream.name());
                update.executeUpdate();
            }
        }
        return chunks;
    }

    /** Empty while there is a note of a late reading that would be lost. */
    private Optional<OffsetDateTime> summarisedBefore(Connection connection, StreamDeclaration stream)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                WITH mark AS (SELECT * FROM summary_mark WHERE stream = ? FOR UPDATE)
                SELECT b.before FROM mark m, LATERAL (SELECT least(m.summarised_to, clock_timestamp() - ?::interval) AS before) b
                WHERE NOT EXISTS (SELECT FROM summary_late l WHERE l.stream = m.stream AND l.hour < b.before)
                """)) {
            select.setString(1, stream.name());
            select.setString(2, kept(stream).toString());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(row.getObject(1, OffsetDateTime.class)) : Optional.empty();
            }
        }
    }

    private static OffsetDateTime before(Connection connection, Duration kept) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT clock_timestamp() - ?::interval")) {
            select.setString(1, kept.toString());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getObject(1, OffsetDateTime.class);
            }
        }
    }

    private static int drop(Connection connection, String table, OffsetDateTime before) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT drop_old_chunks(?, ?)")) {
            select.setString(1, table);
            select.setObject(2, before);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                int chunks = row.getInt(1);
                if (chunks > 0) {
                    log.info("dropped {} chunks of {} from before {}", chunks, table, before);
                }
                return chunks;
            }
        }
    }

    private int deadLetters(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("""
                DELETE FROM dead_letter WHERE dead_letter_id IN (
                    SELECT dead_letter_id FROM dead_letter
                    WHERE received_at < clock_timestamp() - ?::interval AND last_received < clock_timestamp() - ?::interval
                    ORDER BY received_at LIMIT ?)
                """)) {
            delete.setString(1, settings.deadLetters().toString());
            delete.setString(2, settings.deadLetters().toString());
            delete.setInt(3, DEAD_LETTERS_AT_ONCE);
            return delete.executeUpdate();
        }
    }
}
