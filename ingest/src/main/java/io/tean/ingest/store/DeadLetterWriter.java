package io.tean.ingest.store;

import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.DeadLetter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** Writes dead letters in the transaction of a batch. */
final class DeadLetterWriter {
    private static final int LONGEST_NAME = 200;

    private final Connection connection;

    DeadLetterWriter(Connection connection) {
        this.connection = connection;
    }

    /** The messages were replayed: their old dead letters have done their duty; what is still wrong comes back as a new one. */
    void endReplays(List<Arrival> replays) throws SQLException {
        if (replays.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE dead_letter SET state = 'replayed', state_since = clock_timestamp()
                WHERE dead_letter_id = ANY (?) AND state IN ('kept', 'to-replay')
                """)) {
            Object[] ids = replays.stream().map(Arrival::deadLetterId).toArray();
            update.setArray(1, connection.createArrayOf("bigint", ids));
            update.executeUpdate();
        }
    }

    void write(List<Kept> kept) throws SQLException {
        if (kept.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO dead_letter AS d
                    (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload, times)
                SELECT min(received_at), max(received_at), device_id, equipment_code, stream, reason, min(detail), payload, count(*)
                FROM unnest(?::timestamptz[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[])
                    AS n (received_at, device_id, equipment_code, stream, reason, detail, payload)
                GROUP BY device_id, equipment_code, stream, reason, payload
                ORDER BY device_id, equipment_code, stream, reason, payload
                ON CONFLICT (device_id, equipment_code, stream, reason, sha256(payload)) WHERE state = 'kept'
                DO UPDATE SET times = d.times + excluded.times, last_received = excluded.last_received, detail = excluded.detail
                """)) {
            int count = kept.size();
            Object[] received = new Object[count];
            String[] devices = new String[count];
            String[] codes = new String[count];
            String[] streams = new String[count];
            String[] reasons = new String[count];
            String[] details = new String[count];
            byte[][] payloads = new byte[count][];
            for (int i = 0; i < count; i++) {
                Arrival arrival = kept.get(i).arrival();
                DeadLetter deadLetter = kept.get(i).deadLetter();
                received[i] = BatchStore.timestamp(arrival.receivedMicros()).toString();
                devices[i] = arrival.deviceId();
                codes[i] = arrival.equipmentCode();
                streams[i] = DeadLetter.storable(arrival.stream(), LONGEST_NAME);
                reasons[i] = deadLetter.reason().word();
                details[i] = deadLetter.detail();
                payloads[i] = deadLetter.payload();
            }
            insert.setArray(1, connection.createArrayOf("timestamptz", received));
            insert.setArray(2, connection.createArrayOf("text", devices));
            insert.setArray(3, connection.createArrayOf("text", codes));
            insert.setArray(4, connection.createArrayOf("text", streams));
            insert.setArray(5, connection.createArrayOf("text", reasons));
            insert.setArray(6, connection.createArrayOf("text", details));
            insert.setArray(7, connection.createArrayOf("bytea", payloads));
            insert.executeUpdate();
        }
    }
}
