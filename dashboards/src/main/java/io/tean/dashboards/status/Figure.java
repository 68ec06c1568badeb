package io.tean.dashboards.status;

import io.tean.dashboards.screen.Word;
import java.util.List;

/** A figure of the status page that is one meter of ingest; the sum over its tags where it has some. */
public enum Figure {
    CONNECTIONS("tean.ingest.connections", Word.CONNECTIONS, Unit.NUMBER),
    UNACKED("tean.ingest.unacked.messages", Word.UNACKED, Unit.NUMBER),
    UNACKED_OLDEST("tean.ingest.unacked.oldest", Word.UNACKED_OLDEST, Unit.SECONDS),
    UNACKED_BYTES("tean.ingest.unacked.bytes", Word.UNACKED_BYTES, Unit.BYTES),
    PAUSED("tean.ingest.paused.connections", Word.PAUSED, Unit.NUMBER),
    REJUDGE_MARKS("tean.ingest.rejudge.marks", Word.REJUDGE_MARKS, Unit.NUMBER),
    RECEIVED("tean.ingest.received", Word.RECEIVED, Unit.NUMBER),
    ACKNOWLEDGED("tean.ingest.acknowledged", Word.ACKNOWLEDGED, Unit.NUMBER),
    STORED("tean.ingest.stored", Word.STORED, Unit.NUMBER),
    DUPLICATES("tean.ingest.duplicate", Word.DUPLICATES, Unit.NUMBER),
    DEAD_LETTERS("tean.ingest.dead.letter", Word.DEAD_LETTERS, Unit.NUMBER),
    LATE("tean.ingest.late", Word.LATE, Unit.NUMBER),
    REFUSED("tean.ingest.refused", Word.REFUSED, Unit.NUMBER),
    ACK_LOST("tean.ingest.ack.lost", Word.ACK_LOST, Unit.NUMBER),
    RETRIES("tean.ingest.retry", Word.RETRIES, Unit.NUMBER),
    UNKNOWN_FIELDS("tean.ingest.unknown.field", Word.UNKNOWN_FIELDS, Unit.NUMBER);

    /** Shown as rates per second. */
    public static final List<Figure> RATED = List.of(RECEIVED, ACKNOWLEDGED, STORED, DUPLICATES, DEAD_LETTERS);

    /** As they are now. */
    public static final List<Figure> PRESENT =
            List.of(CONNECTIONS, UNACKED, UNACKED_OLDEST, UNACKED_BYTES, PAUSED, REJUDGE_MARKS);

    /** Counted since the start. */
    public static final List<Figure> COUNTED = List.of(
            RECEIVED, ACKNOWLEDGED, STORED, DUPLICATES, DEAD_LETTERS, LATE, REFUSED, ACK_LOST, RETRIES, UNKNOWN_FIELDS);

    /** How a figure is written. */
    public enum Unit {
        NUMBER,
        SECONDS,
        BYTES
    }

    private final String meter;
    private final Word word;
    private final Unit unit;

    Figure(String meter, Word word, Unit unit) {
        this.meter = meter;
        this.word = word;
        this.unit = unit;
    }

    String meter() {
        return meter;
    }

    public Word word() {
        return word;
    }

    public Unit unit() {
        return unit;
    }
}
