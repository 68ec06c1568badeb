package io.tean.app.bench;

import io.tean.app.load.LoadStreams;
import io.tean.core.stream.Field;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.Tuple;
import io.tean.core.stream.TupleEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/**
 * The limit: rows of the load, encoded beforehand, by binary COPY of 5,000 each over one connection. The same rows are sent again
 * and again; only their times are patched, so that every key is new.
 */
final class RawCopy {
    private static final int ROWS_A_COPY = 5_000;
    private static final int COPIES = 40;
    /** COUNT (2 bytes), then the length of the time (4 bytes). */
    private static final int TIME_AT = 6;

    /** A row whose time is zero shows where PostgreSQL begins to count. */
    private static final long POSTGRES_EPOCH_MICROS = Tuple.epochMicros(new byte[64]);

    private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0\0\0\0\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] TRAILER = {-1, -1};

    private final StreamDeclaration stream;
    private final List<Chunk> chunks = new ArrayList<>();
    private long lastMicros;

    /** What one COPY sends, and where its rows begin. */
    private static final class Chunk {
        private final byte[] bytes;
        private final int[] rowsAt;

        Chunk(byte[] bytes, int[] rowsAt) {
            this.bytes = bytes;
            this.rowsAt = rowsAt;
        }
    }

    RawCopy(StreamDeclaration stream, List<String> equipment, List<Integer> equipmentIds) {
        this.stream = stream;
        TupleEncoder encoder = new TupleEncoder();
        long number = 0;
        for (int i = 0; i < COPIES; i++) {
            List<byte[]> rows = new ArrayList<>();
            for (int row = 0; row < ROWS_A_COPY; row++, number++) {
                int machine = (int) (number % equipmentIds.size());
                String payload = LoadStreams.READING.payload(equipment.get(machine), number, 0);
                rows.add(encode(encoder, payload, equipmentIds.get(machine)));
            }
            chunks.add(chunk(rows));
        }
    }

    private static Chunk chunk(List<byte[]> rows) {
        int size = rows.stream().mapToInt(r -> r.length).sum() + HEADER.length + TRAILER.length;
        byte[] bytes = new byte[size];
        ByteBuffer out = ByteBuffer.wrap(bytes).put(HEADER);
        int[] at = new int[rows.size()];
        for (int i = 0; i < at.length; i++) {
            at[i] = out.position();
            out.put(rows.get(i));
        }
        out.put(TRAILER);
        return new Chunk(bytes, at);
    }

    private byte[] encode(TupleEncoder encoder, String payload, int equipmentId) {
        encoder.clear();
        List<Field> fields = stream.fields();
        for (int i = 0; i < fields.size(); i++) {
            String value = value(payload, fields.get(i).name());
            switch (fields.get(i).type()) {
                case BOOL -> encoder.bool(i, Boolean.parseBoolean(value));
                case INT -> encoder.integer(i, Long.parseLong(value));
                case REAL -> encoder.real(i, Double.parseDouble(value));
                case TEXT, ENUM -> encoder.text(i, value.replace("\"", "").getBytes(StandardCharsets.UTF_8));
                case LIST -> throw new IllegalStateException("the load has no lists");
            }
        }
        return encoder.finish(stream, equipmentId, 0);
    }

    /** The load's payloads are flat and hold no commas or braces in texts. */
    private static String value(String payload, String name) {
        String key = "\"" + name + "\":";
        int from = payload.indexOf(key) + key.length();
        int to = payload.indexOf(',', from);
        return payload.substring(from, to < 0 ? payload.indexOf('}', from) : to);
    }

    /** Copies for so many seconds, after a second that does not count; rows per second. */
    double rowsPerSecond(Connection connection, int seconds) throws SQLException {
        CopyManager copy = connection.unwrap(PGConnection.class).getCopyAPI();
        copyFor(copy, 1);
        long start = System.nanoTime();
        long rows = copyFor(copy, seconds);
        return rows * 1e9 / (System.nanoTime() - start);
    }

    private long copyFor(CopyManager copy, int seconds) throws SQLException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        long rows = 0;
        for (int i = 0; System.nanoTime() - end < 0; i++) {
            Chunk chunk = chunks.get(i % chunks.size());
            byte[] bytes = patched(chunk);
            CopyIn in = copy.copyIn("COPY " + stream.table() + " FROM STDIN (FORMAT binary)");
            in.writeToCopy(bytes, 0, bytes.length);
            rows += in.endCopy();
        }
        return rows;
    }

    private byte[] patched(Chunk chunk) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk.bytes);
        lastMicros = Math.max(lastMicros, System.currentTimeMillis() * 1_000 - chunk.rowsAt.length);
        for (int at : chunk.rowsAt) {
            bytes.putLong(at + TIME_AT, ++lastMicros - POSTGRES_EPOCH_MICROS);
        }
        return chunk.bytes;
    }
}
