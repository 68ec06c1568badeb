package io.tean.core.stream;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of a tuple in PostgreSQL's binary COPY form, as {@link TupleEncoder} or {@code COPY TO} wrote it. */
public final class Tuple {
    private static final int TIME_AT = 6;
    private static final int EQUIPMENT_AT = 18;
    private static final int FIELDS_AT = 22;

    private Tuple() {}

    /** Microseconds since 1970-01-01T00:00:00Z. */
    public static long epochMicros(byte[] tuple) {
        return (long) Bytes.INT64.get(tuple, TIME_AT) + TupleEncoder.POSTGRES_EPOCH_MICROS;
    }

    public static int equipmentId(byte[] tuple) {
        return (int) Bytes.INT32.get(tuple, EQUIPMENT_AT);
    }

    public static boolean isNull(byte[] tuple, int field) {
        return (int) Bytes.INT32.get(tuple, lengthAt(tuple, field)) < 0;
    }

    public static boolean bool(byte[] tuple, int field) {
        return tuple[lengthAt(tuple, field) + 4] != 0;
    }

    public static long integer(byte[] tuple, int field) {
        return (long) Bytes.INT64.get(tuple, lengthAt(tuple, field) + 4);
    }

    public static double real(byte[] tuple, int field) {
        return Double.longBitsToDouble(integer(tuple, field));
    }

    public static String text(byte[] tuple, int field) {
        int at = lengthAt(tuple, field);
        return utf8(tuple, at);
    }

    public static List<String> list(byte[] tuple, int field) {
        int at = lengthAt(tuple, field) + 4;
        if ((int) Bytes.INT32.get(tuple, at) == 0) {
            return List.of();
        }
        int count = (int) Bytes.INT32.get(tuple, at + 12);
        List<String> items = new ArrayList<>(count);
        at += 20;
        for (int i = 0; i < count; i++) {
            items.add(utf8(tuple, at));
            at += 4 + (int) Bytes.INT32.get(tuple, at);
        }
        return items;
    }

    private static String utf8(byte[] tuple, int lengthAt) {
        return new String(tuple, lengthAt + 4, (int) Bytes.INT32.get(tuple, lengthAt), StandardCharsets.UTF_8);
    }

    private static int lengthAt(byte[] tuple, int field) {
        int at = FIELDS_AT;
        for (int i = 0; i < field; i++) {
            at += 4 + Math.max(0, (int) Bytes.INT32.get(tuple, at));
        }
        return at;
    }
}
