package io.tean.ingest.arrival;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One message: filled by the decoder on the session's thread, then handed to one lane, then settled. Never touched by two threads
 * at a time.
 */
public final class Arrival {
    private static final int MESSAGE_OVERHEAD = 300;
    private static final int READING_OVERHEAD = 150;
    private static final int DEAD_LETTER_OVERHEAD = 500;

    private final Sender sender;
    private final String deviceId;
    private final String equipmentCode;
    private final String stream;
    private final byte[] payload;
    private final int packetId;
    private final long receivedMicros;
    private final long deadLetterId;
    private long counted;
    private boolean told;
    private List<Row> rows = List.of();
    private List<DeadLetter> deadLetters = List.of();

    /**
     * @param stream as it stood in the topic; not necessarily declared
     * @param packetId the MQTT packet identifier, 0 for QoS 0 and for replays
     * @param receivedMicros microseconds since 1970 by our clock
     * @param deadLetterId the dead letter that is being replayed, or 0
     */
    public Arrival(
            Sender sender,
            String deviceId,
            String equipmentCode,
            String stream,
            byte[] payload,
            int packetId,
            long receivedMicros,
            long deadLetterId) {
        this.sender = sender;
        this.deviceId = deviceId;
        this.equipmentCode = equipmentCode;
        this.stream = stream;
        this.payload = payload;
        this.packetId = packetId;
        this.receivedMicros = receivedMicros;
        this.deadLetterId = deadLetterId;
    }

    /** Microseconds since 1970, in which arrivals and readings tell time. */
    public static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    public void add(Row row) {
        if (rows.isEmpty()) {
            // Nearly every message brings one reading.
            rows = Collections.singletonList(row);
        } else {
            if (rows.size() == 1) {
                rows = new ArrayList<>(rows);
            }
            rows.add(row);
        }
    }

    public void add(DeadLetter deadLetter) {
        if (deadLetters.isEmpty()) {
            deadLetters = new ArrayList<>(1);
        }
        deadLetters.add(deadLetter);
    }

    /** Nothing of the message is stored as a reading; the whole payload becomes one dead letter. */
    public void refuse(DeadLetterReason reason, String detail) {
        rows = List.of();
        deadLetters = List.of(new DeadLetter(reason, detail, payload));
    }

    /** About how many bytes of memory it takes until it is settled. */
    public long weight() {
        long weight = (long) MESSAGE_OVERHEAD + payload.length;
        for (Row row : rows) {
            weight += READING_OVERHEAD + row.reading().tuple().length;
        }
        for (DeadLetter deadLetter : deadLetters) {
            // The same bytes again on their way to the database.
            weight += DEAD_LETTER_OVERHEAD + 2L * deadLetter.payload().length;
        }
        return weight;
    }

    /** Says how much of the budget it was counted with, so that the same is given back. */
    public void countAs(long bytes) {
        counted = bytes;
    }

    public long countedAs() {
        return counted;
    }

    /** Marks it as told to be late; answers whether it was not before. For whoever holds the lane's lock. */
    public boolean tellOnce() {
        boolean first = !told;
        told = true;
        return first;
    }

    public Sender sender() {
        return sender;
    }

    public String deviceId() {
        return deviceId;
    }

    public String equipmentCode() {
        return equipmentCode;
    }

    public String stream() {
        return stream;
    }

    public byte[] payload() {
        return payload;
    }

    public int packetId() {
        return packetId;
    }

    public long receivedMicros() {
        return receivedMicros;
    }

    public long deadLetterId() {
        return deadLetterId;
    }

    public List<Row> rows() {
        return rows;
    }

    public List<DeadLetter> deadLetters() {
        return deadLetters;
    }

    /** What the device is told: the first dead letter, or nothing when all is well. */
    public @Nullable DeadLetter complaint() {
        return deadLetters.isEmpty() ? null : deadLetters.getFirst();
    }
}
