package io.tean.ingest.store;

import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.ingest.arrival.DeadLetter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Works off re-judge marks: gives a step the stored readings that it could not judge when they came. Runs on a lane's thread. */
public final class Rejudging {
    private static final Logger log = LoggerFactory.getLogger(Rejudging.class);
    private static final int COPY_HEADER = 19;

    private final BatchStore store;
    private final StreamCatalogue catalogue;
    private final int lane;
    private final int lanes;

    /** @param lane of the given number of lanes: only its own machines' marks are worked off, so that their order holds */
    public Rejudging(BatchStore store, StreamCatalogue catalogue, int lane, int lanes) {
        this.store = store;
        this.catalogue = catalogue;
        this.lane = lane;
        this.lanes = lanes;
    }

    /**
     * Judges what is marked and due, one mark a transaction.
     *
     * @return whether there may be more
     */
    public boolean workOff(Connection connection, int most) throws SQLException {
        for (int i = 0; i < most; i++) {
            if (!one(connection)) {
                return false;
            }
        }
        return true;
    }

    private record Mark(long id, String step, String stream) {}

    private boolean one(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        try {
            Optional<Mark> next = next(connection);
            if (next.isEmpty()) {
                connection.rollback();
                return false;
            }
            Mark mark = next.get();
            Optional<InTransactionStep> step = store.steps().stream()
                    .filter(s -> s.name().equals(mark.step))
                    .findFirst();
            Optional<StreamDeclaration> stream = catalogue.stream(mark.stream);
            if (step.isEmpty() || stream.isEmpty()) {
                postpone(connection, mark, "this Tean has no step " + mark.step + " or no stream " + mark.stream);
                connection.commit();
                return true;
            }
            judge(connection, mark, step.get(), stream.get());
            return true;
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
        }
    }

    private void judge(Connection connection, Mark mark, InTransactionStep step, StreamDeclaration stream)
            throws SQLException {
        var before = connection.setSavepoint();
        Runnable adoption = () -> {};
        try {
            Optional<Reading> reading = stored(connection, mark, stream);
            if (reading.isPresent()) {
                adoption = step.judge(connection, List.of(reading.get()));
            }
            try (PreparedStatement delete = connection.prepareStatement("DELETE FROM rejudge_mark WHERE mark_id = ?")) {
                delete.setLong(1, mark.id);
                delete.executeUpdate();
            }
        } catch (SQLException | RuntimeException | Error e) {
            connection.rollback(before);
            log.error("step {} still cannot judge mark {}", step.name(), mark.id, e);
            postpone(connection, mark, String.valueOf(e));
            adoption = () -> {};
        }
        connection.commit();
        adoption.run();
    }

    private Optional<Mark> next(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT mark_id, step, stream FROM rejudge_mark
                WHERE next_try_at <= clock_timestamp() AND equipment_id % ? = ?
                ORDER BY mark_id LIMIT 1 FOR UPDATE SKIP LOCKED
                """)) {
            select.setInt(1, lanes);
            select.setInt(2, lane);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new Mark(row.getLong(1), row.getString(2), row.getString(3)))
                        : Optional.empty();
            }
        }
    }

    private static void postpone(Connection connection, Mark mark, String why) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE rejudge_mark SET attempts = attempts + 1, error = ?,
                    next_try_at = clock_timestamp() + least(interval '5 minutes', interval '1 second' * 2 ^ least(attempts, 10))
                WHERE mark_id = ?
                """)) {
            update.setString(1, DeadLetter.storable(why, 400));
            update.setLong(2, mark.id);
            update.executeUpdate();
        }
    }

    /** The stored row in the very form in which it was written. */
    private Optional<Reading> stored(Connection connection, Mark mark, StreamDeclaration stream) throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut(store.statements(stream).copyMarked.formatted(mark.id), out);
        } catch (IOException e) {
            throw new SQLException("cannot read the reading of mark " + mark.id, e);
        }
        byte[] copied = out.toByteArray();
        int end = copied.length - 2;
        return end <= COPY_HEADER
                ? Optional.empty()
                : Optional.of(new Reading(stream, Arrays.copyOfRange(copied, COPY_HEADER, end)));
    }
}
