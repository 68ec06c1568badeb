package io.tean.alerting.judge;

import io.tean.core.reading.Reading;
import io.tean.core.stream.Column;
import io.tean.core.stream.StreamDeclaration;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** Reads stored readings back, in the very form in which they were written. */
final class StoredReadings {
    private static final int COPY_HEADER = 19;
    /** No rule looks back further, and no chunk before it is opened. */
    private static final String FURTHEST = "interval '8 days'";

    private StoredReadings() {}

    /** Event times of a machine's readings in hand, microseconds. */
    record Span(long first, long last) {
        Span and(Span other) {
            return new Span(Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /** Of each machine the newest reading beside those in hand: after them, where there is one, else before them. */
    static List<Reading> beside(Connection connection, StreamDeclaration stream, Map<Integer, Span> inHand)
            throws SQLException {
        String columns = columns(stream);
        String machines = inHand.entrySet().stream()
                .map(e -> "(%d, timestamptz '%s', timestamptz '%s')"
                        .formatted(e.getKey(), time(e.getValue().first), time(e.getValue().last)))
                .collect(Collectors.joining(", "));
        return copy(connection, stream, """
                SELECT %1$s FROM (VALUES %2$s) AS m (id, first, last), LATERAL (
                    (SELECT * FROM %3$s WHERE equipment_id = m.id AND time > m.last ORDER BY time DESC LIMIT 1)
                    UNION ALL
                    (SELECT * FROM %3$s WHERE equipment_id = m.id AND time < m.first AND time > m.first - %4$s ORDER BY time DESC LIMIT 1)
                ) AS r
                """.formatted(columns, machines, stream.table(), FURTHEST));
    }

    /** Of one machine, both ends included, the oldest first. */
    static List<Reading> between(
            Connection connection, StreamDeclaration stream, int equipmentId, long fromMicros, long toMicros, int most)
            throws SQLException {
        return copy(
                connection,
                stream,
                "SELECT %s FROM %s WHERE equipment_id = %d AND time BETWEEN '%s' AND '%s' ORDER BY time LIMIT %d"
                        .formatted(
                                columns(stream), stream.table(), equipmentId, time(fromMicros), time(toMicros), most));
    }

    private static String columns(StreamDeclaration stream) {
        return stream.columns().stream().map(Column::name).collect(Collectors.joining(", "));
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    private static List<Reading> copy(Connection connection, StreamDeclaration stream, String select)
            throws SQLException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("COPY (" + select + ") TO STDOUT (FORMAT binary)", out);
        } catch (IOException e) {
            throw new SQLException("cannot read the readings of " + stream + " back", e);
        }
        byte[] copied = out.toByteArray();
        ByteBuffer buffer = ByteBuffer.wrap(copied);
        List<Reading> readings = new ArrayList<>();
        int at = COPY_HEADER;
        while (buffer.getShort(at) >= 0) {
            int begin = at;
            int values = buffer.getShort(at);
            at += 2;
            for (int i = 0; i < values; i++) {
                at += 4 + Math.max(0, buffer.getInt(at));
            }
            readings.add(new Reading(stream, Arrays.copyOfRange(copied, begin, at)));
        }
        return readings;
    }
}
