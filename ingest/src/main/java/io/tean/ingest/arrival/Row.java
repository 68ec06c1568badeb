package io.tean.ingest.arrival;

import io.tean.core.reading.Reading;

/** One checked reading together with the place in the payload that it was read from. */
public record Row(Arrival arrival, Reading reading, int from, int to) {
    /** The reading as the device sent it. */
    public byte[] payload() {
        return java.util.Arrays.copyOfRange(arrival.payload(), from, to);
    }
}
