package io.tean.ingest.store;

import io.tean.ingest.IngestException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Lists dead letters and takes decisions about them. */
public final class DeadLetters {
    private final DataSource database;

    public DeadLetters(DataSource database) {
        this.database = database;
    }

    /** A dead letter as kept. */
    public record Listed(
            long id,
            Instant receivedAt,
            String deviceId,
            String equipmentCode,
            String stream,
            String reason,
            String detail,
            byte[] payload,
            int times,
            String state) {}

    /**
     * The newest ones first.
     *
     * @param reason only those with this reason, when given
     * @param all also those that were replayed or discarded
     */
    public List<Listed> list(Optional<String> reason, boolean all, int most) {
        return select(
                "WHERE (?::text IS NULL OR reason = ?) AND (? OR state IN ('kept', 'to-replay'))"
                        + " ORDER BY dead_letter_id DESC LIMIT ?",
                statement -> {
                    statement.setString(1, reason.orElse(null));
                    statement.setString(2, reason.orElse(null));
                    statement.setBoolean(3, all);
                    statement.setInt(4, most);
                });
    }

    public Optional<Listed> find(long id) {
        return select("WHERE dead_letter_id = ?", s -> s.setLong(1, id)).stream()
                .findFirst();
    }

    /** Those to be replayed, as many as fit: asked for by a person, or of equipment that is in the register by now. */
    public List<Listed> toReplay(int most, long mostBytes) {
        return select("""
                WHERE dead_letter_id IN (
                    SELECT dead_letter_id FROM (
                        SELECT dead_letter_id, octet_length(payload) AS bytes,
                            sum(octet_length(payload)) OVER (ORDER BY dead_letter_id) AS bytes_so_far
                        FROM (
                            SELECT dead_letter_id, payload FROM dead_letter
                            WHERE state = 'to-replay' OR (state = 'kept' AND reason = 'unregistered-equipment'
                                AND equipment_code IN (SELECT code FROM equipment))
                            ORDER BY dead_letter_id LIMIT ?
                        ) waiting
                    ) summed
                    WHERE bytes_so_far - bytes < ?
                )
                ORDER BY dead_letter_id""", statement -> {
            statement.setInt(1, most);
            statement.setLong(2, mostBytes);
        });
    }

    /** Asks the running service to take the message in again. Answers false when it is not kept any more. */
    public boolean replay(long id) {
        return decide(id, "to-replay");
    }

    /** Keeps the dead letter for the record and asks no more questions. Answers false when it is not kept any more. */
    public boolean discard(long id) {
        return decide(id, "discarded");
    }

    private boolean decide(long id, String state) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE dead_letter SET state = ?, state_since = clock_timestamp()
                        WHERE dead_letter_id = ? AND state IN ('kept', 'to-replay')
                        """)) {
            update.setString(1, state);
            update.setLong(2, id);
            return update.executeUpdate() == 1;
        } catch (SQLException e) {
            throw new IngestException("cannot change dead letter " + id + ": " + e.getMessage(), e);
        }
    }

    private interface Binding {
        void bind(PreparedStatement statement) throws SQLException;
    }

    private List<Listed> select(String where, Binding binding) {
        String sql = """
                SELECT dead_letter_id, received_at, device_id, equipment_code, stream, reason, detail, payload, times, state
                FROM dead_letter
                """ + where;
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            binding.bind(statement);
            try (ResultSet row = statement.executeQuery()) {
                List<Listed> letters = new ArrayList<>();
                while (row.next()) {
                    letters.add(new Listed(
                            row.getLong(1),
                            row.getTimestamp(2).toInstant(),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getString(7),
                            row.getBytes(8),
                            row.getInt(9),
                            row.getString(10)));
                }
                return letters;
            }
        } catch (SQLException e) {
            throw new IngestException("cannot read dead letters: " + e.getMessage(), e);
        }
    }
}
