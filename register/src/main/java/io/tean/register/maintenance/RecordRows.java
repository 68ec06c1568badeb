package io.tean.register.maintenance;

import io.tean.core.maintenance.VisitRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The statements that add a record. There is none that changes one. */
final class RecordRows {
    private RecordRows() {}

    /**
     * How a record comes.
     *
     * @param source device, api or import
     * @param supersedes the record that it corrects
     * @param reason why it corrects it; none without such a record
     */
    record Origin(String source, String addedBy, OptionalLong supersedes, Optional<String> reason) {
        static Origin of(String source, String addedBy) {
            return new Origin(source, addedBy, OptionalLong.empty(), Optional.empty());
        }

        Origin superseding(long record, String why) {
            return new Origin(source, addedBy, OptionalLong.of(record), Optional.of(why));
        }
    }

    /** Adds a record; empty when the firm's number is taken for this machine. */
    static OptionalLong add(Connection connection, int equipment, VisitRecord visit, Origin origin)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO maintenance_record
                    (equipment_id, visit_no, firm_id, firm_code, level, kind, check_in_at, check_out_at, workers, latitude, longitude, scanned,
                     photo_count, photos_sha256, items, failed_items, note, source, added_by, supersedes, reason)
                VALUES (?, ?, (SELECT organisation_id FROM organisation WHERE credit_code = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                RETURNING record_id
                """)) {
            int i = 0;
            insert.setInt(++i, equipment);
            insert.setString(++i, visit.visitNo());
            insert.setString(++i, visit.firmCode());
            insert.setString(++i, visit.firmCode());
            insert.setString(++i, visit.level().name());
            insert.setString(++i, visit.kind().orElse(null));
            insert.setObject(++i, moment(visit.checkInAt().orElse(null)), Types.TIMESTAMP_WITH_TIMEZONE);
            insert.setObject(++i, moment(visit.checkOutAt()), Types.TIMESTAMP_WITH_TIMEZONE);
            insert.setArray(
                    ++i, connection.createArrayOf("text", visit.workers().toArray()));
            insert.setObject(
                    ++i, visit.latitude().isPresent() ? visit.latitude().getAsDouble() : null, Types.DOUBLE);
            insert.setObject(
                    ++i, visit.longitude().isPresent() ? visit.longitude().getAsDouble() : null, Types.DOUBLE);
            insert.setObject(++i, visit.scanned().orElse(null), Types.BOOLEAN);
            insert.setObject(
                    ++i, visit.photoCount().isPresent() ? visit.photoCount().getAsInt() : null, Types.INTEGER);
            insert.setArray(
                    ++i, connection.createArrayOf("text", visit.photosSha256().toArray()));
            insert.setArray(++i, connection.createArrayOf("text", visit.items().toArray()));
            insert.setArray(
                    ++i, connection.createArrayOf("text", visit.failedItems().toArray()));
            insert.setString(++i, visit.note().orElse(null));
            insert.setString(++i, origin.source());
            insert.setString(++i, origin.addedBy());
            insert.setObject(
                    ++i, origin.supersedes().isPresent() ? origin.supersedes().getAsLong() : null, Types.BIGINT);
            insert.setString(++i, origin.reason().orElse(null));
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    private static @Nullable OffsetDateTime moment(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    /** The newest record of a visit: the one with the firm's number, or whatever superseded it. */
    static OptionalLong newestOf(Connection connection, int equipment, String firmCode, String visitNo)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                WITH RECURSIVE chain AS (
                    SELECT record_id FROM maintenance_record
                    WHERE equipment_id = ? AND firm_code = ? AND visit_no = ? AND supersedes IS NULL
                    UNION ALL
                    SELECT r.record_id FROM maintenance_record r JOIN chain ON r.supersedes = chain.record_id
                )
                SELECT max(record_id) FROM chain
                """)) {
            select.setInt(1, equipment);
            select.setString(2, firmCode);
            select.setString(3, visitNo);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                long record = row.getLong(1);
                return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(record);
            }
        }
    }

    static void confirm(Connection connection, long record, Instant at, String by) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO visit_confirmation (record_id, confirmed_at, confirmed_by) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                """)) {
            insert.setLong(1, record);
            insert.setObject(2, moment(at), Types.TIMESTAMP_WITH_TIMEZONE);
            insert.setString(3, by);
            insert.executeUpdate();
        }
    }
}
