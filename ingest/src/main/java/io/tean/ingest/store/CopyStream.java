package io.tean.ingest.store;

import io.tean.core.reading.Reading;
import java.util.Arrays;
import java.util.List;

/** Bytes in the form of PostgreSQL's binary COPY, gathered in one buffer that grows and is used again. */
final class CopyStream {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    private byte[] bytes = new byte[1 << 16];
    private int length;

    void begin() {
        length = 0;
        append(HEADER, 0, HEADER.length);
    }

    void tuples(List<Reading> readings) {
        for (Reading reading : readings) {
            append(reading.tuple(), 0, reading.tuple().length);
        }
    }

    /** The tuple with one more column behind it, an int4. */
    void tuple(Reading reading, int last) {
        byte[] tuple = reading.tuple();
        int columns = ((tuple[0] & 0xFF) << 8 | (tuple[1] & 0xFF)) + 1;
        room(tuple.length + 8);
        bytes[length] = (byte) (columns >> 8);
        bytes[length + 1] = (byte) columns;
        System.arraycopy(tuple, 2, bytes, length + 2, tuple.length - 2);
        length += tuple.length;
        int32(4);
        int32(last);
    }

    void end() {
        room(2);
        bytes[length++] = (byte) 0xFF;
        bytes[length++] = (byte) 0xFF;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    private void int32(int value) {
        bytes[length++] = (byte) (value >> 24);
        bytes[length++] = (byte) (value >> 16);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void append(byte[] more, int from, int count) {
        room(count);
        System.arraycopy(more, from, bytes, length, count);
        length += count;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
