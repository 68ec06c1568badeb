package io.tean.core.stream;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns one reading into the tuple that PostgreSQL's binary COPY takes: a count of columns, then each value behind its length,
 * in the order time, equipment_id, fields. Reused for one reading after the other; not thread-safe.
 */
public final class TupleEncoder {
    /** Microseconds from 1970-01-01 to 2000-01-01, where PostgreSQL's time begins. */
    static final long POSTGRES_EPOCH_MICROS = 946_684_800_000_000L;

    private static final int TEXT_OID = 25;

    private final long[] numbers = new long[StreamDeclaration.MOST_FIELDS];
    private final byte[] @Nullable [] texts = new byte[StreamDeclaration.MOST_FIELDS] @Nullable [];
    private byte[] buffer = new byte[1024];
    private int length;
    private long present;

    /** Forgets the reading before. */
    public void clear() {
        present = 0;
    }

    public boolean has(int field) {
        return (present & (1L << field)) != 0;
    }

    public void bool(int field, boolean value) {
        number(field, value ? 1 : 0);
    }

    public void integer(int field, long value) {
        number(field, value);
    }

    public void real(int field, double value) {
        number(field, Double.doubleToRawLongBits(value));
    }

    private void number(int field, long bits) {
        numbers[field] = bits;
        present |= 1L << field;
    }

    /** A text or an enum's word, as UTF-8. The bytes are not copied. */
    public void text(int field, byte[] utf8) {
        texts[field] = utf8;
        present |= 1L << field;
    }

    /** A text that was set before. */
    public String text(int field) {
        return new String(java.util.Objects.requireNonNull(texts[field]), StandardCharsets.UTF_8);
    }

    /** A list of texts. */
    public void list(int field, List<String> items) {
        text(field, array(items));
    }

    private static byte[] array(List<String> items) {
        byte[][] utf8 = new byte[items.size()][];
        int size = items.isEmpty() ? 12 : 20;
        for (int i = 0; i < utf8.length; i++) {
            utf8[i] = items.get(i).getBytes(StandardCharsets.UTF_8);
            size += 4 + utf8[i].length;
        }
        var out = java.nio.ByteBuffer.allocate(size);
        out.putInt(items.isEmpty() ? 0 : 1).putInt(0).putInt(TEXT_OID);
        if (!items.isEmpty()) {
            out.putInt(items.size()).putInt(1);
        }
        for (byte[] item : utf8) {
            out.putInt(item.length).put(item);
        }
        return out.array();
    }

    /**
     * The tuple of the fields set since {@link #clear}.
     *
     * @param epochMicros microseconds since 1970-01-01T00:00:00Z
     */
    public byte[] finish(StreamDeclaration stream, int equipmentId, long epochMicros) {
        List<Field> fields = stream.fields();
        int count = fields.size();
        length = 0;
        room(26 + 12 * count);
        int16(count + 2);
        int32(8);
        int64(epochMicros - POSTGRES_EPOCH_MICROS);
        int32(4);
        int32(equipmentId);
        for (int i = 0; i < count; i++) {
            if (!has(i)) {
                int32(-1);
                continue;
            }
            switch (fields.get(i).type()) {
                case BOOL -> {
                    int32(1);
                    buffer[length++] = (byte) numbers[i];
                }
                case INT, REAL -> {
                    int32(8);
                    int64(numbers[i]);
                }
                case TEXT, ENUM, LIST -> {
                    byte[] utf8 = java.util.Objects.requireNonNull(texts[i]);
                    room(4 + utf8.length + 12 * (count - i));
                    int32(utf8.length);
                    System.arraycopy(utf8, 0, buffer, length, utf8.length);
                    length += utf8.length;
                }
            }
        }
        return Arrays.copyOf(buffer, length);
    }

    private void room(int more) {
        if (buffer.length - length < more) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }

    private void int16(int value) {
        Bytes.INT16.set(buffer, length, (short) value);
        length += 2;
    }

    private void int32(int value) {
        Bytes.INT32.set(buffer, length, value);
        length += 4;
    }

    private void int64(long value) {
        Bytes.INT64.set(buffer, length, value);
        length += 8;
    }
}
