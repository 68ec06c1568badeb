package io.tean.ingest.arrival;

import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.decode.PayloadDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Messages as a session hands them to a lane, and who waits for them. */
public final class Messages {
    /** 2026-11-22T00:00:00Z */
    public static final long NOON_MICROS = 1_795_305_600_000_000L;

    private static final PayloadDecoder.DecodeCounts UNCOUNTED = new PayloadDecoder.DecodeCounts() {
        @Override
        public void unknownField() {}

        @Override
        public void late() {}
    };

    private final StreamCatalogue catalogue;
    private final PayloadDecoder decoder =
            new PayloadDecoder(new PayloadDecoder.TimeWindow(86_400_000_000L, 8 * 86_400_000_000L), 500, UNCOUNTED);
    private final Queue<Arrival> settled = new ConcurrentLinkedQueue<>();
    private int packetId;

    public Messages(StreamCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** A decoded message of device d1. */
    public Arrival message(String stream, int equipmentId, String json) {
        Arrival arrival = new Arrival(
                settled::add,
                "d1",
                "EQ-" + equipmentId,
                stream,
                json.getBytes(StandardCharsets.UTF_8),
                ++packetId,
                NOON_MICROS,
                0);
        decoder.decode(arrival, catalogue.stream(stream).orElseThrow(), equipmentId);
        return arrival;
    }

    /** An elevator's event, told apart by its sequence. */
    public Arrival event(int equipmentId, int sequence) {
        return event(equipmentId, sequence, "event " + sequence);
    }

    public Arrival event(int equipmentId, int sequence, String note) {
        return message("elevator-event", equipmentId, eventJson(sequence, note));
    }

    public static String eventJson(int sequence, String note) {
        return "{\"time\":1795305600000,\"code\":2,\"sequence\":" + sequence + ",\"note\":\"" + note + "\"}";
    }

    /** Those that were settled, in that order. */
    public List<Arrival> settled() {
        return List.copyOf(settled);
    }
}
