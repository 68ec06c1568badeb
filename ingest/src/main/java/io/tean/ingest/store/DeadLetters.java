package io.tean.ingest.store;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.reading.DeadLetterDecisions;
import io.tean.ingest.IngestException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;

/** Lists dead letters and takes decisions about them. */
public final class DeadLetters implements DeadLetterDecisions {
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

    @Override
    public boolean replay(long deadLetterId, Actor actor) {
        return decide(deadLetterId, "to-replay", "dead-letter.replay", actor);
    }

    @Override
    public boolean discard(long deadLetterId, Actor actor) {
        return decide(deadLetterId, "discarded", "dead-letter.discard", actor);
    }

    /** @param organisationId the one that runs the device */
    private record Undecided(String state, OptionalInt organisationId) {}

    private boolean decide(long id, String state, String action, Actor actor) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            Optional<Undecided> letter = lock(connection, id);
            // Asked for a second time, it is as it shall be already.
            if (letter.isPresent() && !letter.get().state.equals(state)) {
                change(connection, id, state);
                AuditTrail.write(
                        connection,
                        AuditEntry.of(
                                        actor,
                                        action,
                                        "dead-letter",
                                        Long.toString(id),
                                        Map.of("state", letter.get().state),
                                        Map.of("state", state))
                                .withOrganisation(letter.get().organisationId));
            }
            connection.commit();
            return letter.isPresent();
        } catch (SQLException e) {
            throw new IngestException("cannot change dead letter " + id + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Undecided> lock(Connection connection, long id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT l.state, d.organisation_id FROM dead_letter l LEFT JOIN device d USING (device_id)
                WHERE l.dead_letter_id = ? AND l.state IN ('kept', 'to-replay') FOR UPDATE OF l
                """)) {
            select.setLong(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Integer organisation = row.getObject(2, Integer.class);
                return Optional.of(new Undecided(
                        row.getString(1), organisation == null ? OptionalInt.empty() : OptionalInt.of(organisation)));
            }
        }
    }

    private static void change(Connection connection, long id, String state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE dead_letter SET state = ?, state_since = clock_timestamp() WHERE dead_letter_id = ?")) {
            update.setString(1, state);
            update.setLong(2, id);
            update.executeUpdate();
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
