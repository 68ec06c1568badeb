package io.tean.core.reading;

import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.Tuple;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * One checked reading of one machine: the values of a stream's fields at a moment. A field that the device did not send is
 * unknown; ask {@link #knows} before asking for its value. Immutable.
 */
public final class Reading {
    private final StreamDeclaration stream;
    private final byte[] tuple;

    /** A reading in the binary form in which the database stores it; the bytes must not be changed afterwards. */
    public Reading(StreamDeclaration stream, byte[] tuple) {
        this.stream = Objects.requireNonNull(stream);
        this.tuple = Objects.requireNonNull(tuple);
    }

    public StreamDeclaration stream() {
        return stream;
    }

    /** The small number that stands for the machine inside the database. */
    public int equipmentId() {
        return Tuple.equipmentId(tuple);
    }

    /** Microseconds since 1970-01-01T00:00:00Z. */
    public long epochMicros() {
        return Tuple.epochMicros(tuple);
    }

    public Instant time() {
        return Instant.EPOCH.plus(epochMicros(), java.time.temporal.ChronoUnit.MICROS);
    }

    public boolean knows(String field) {
        return !Tuple.isNull(tuple, index(field));
    }

    public boolean bool(String field) {
        return Tuple.bool(tuple, known(field));
    }

    public long integer(String field) {
        return Tuple.integer(tuple, known(field));
    }

    public double real(String field) {
        return Tuple.real(tuple, known(field));
    }

    /** A text or an enum's word. */
    public String text(String field) {
        return Tuple.text(tuple, known(field));
    }

    public List<String> list(String field) {
        return Tuple.list(tuple, known(field));
    }

    /** The values of the stream's key fields as PostgreSQL casts them to text. */
    public List<String> keyValues() {
        return stream.key().stream()
                .map(field -> switch (field.type()) {
                    case BOOL -> Boolean.toString(bool(field.name()));
                    case INT -> Long.toString(integer(field.name()));
                    case TEXT, ENUM -> text(field.name());
                    case REAL, LIST -> throw new IllegalStateException("the declaration admits no such key");
                })
                .toList();
    }

    /** The stored form; not to be changed. */
    public byte[] tuple() {
        return tuple;
    }

    private int known(String field) {
        int index = index(field);
        if (Tuple.isNull(tuple, index)) {
            throw new IllegalStateException(
                    "field " + field + " of this " + stream + " reading is unknown; ask knows() first");
        }
        return index;
    }

    private int index(String field) {
        int index = stream.indexOf(field);
        if (index < 0) {
            throw new IllegalArgumentException("stream " + stream + " has no field " + field);
        }
        return index;
    }

    @Override
    public String toString() {
        return stream + " of equipment " + equipmentId() + " at " + time();
    }
}
