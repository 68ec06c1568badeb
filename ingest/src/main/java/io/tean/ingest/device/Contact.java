package io.tean.ingest.device;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * That a device was heard. Both moments to the microsecond, as the database keeps them.
 *
 * @param lastContact its last packet of any kind
 * @param connectedAt when the session began in which it was heard
 */
public record Contact(String deviceId, Instant lastContact, Instant connectedAt) {
    public Contact {
        lastContact = lastContact.truncatedTo(ChronoUnit.MICROS);
        connectedAt = connectedAt.truncatedTo(ChronoUnit.MICROS);
    }

    /** What is known of the device when this is known and that. */
    public Contact and(Contact other) {
        return new Contact(deviceId, latest(lastContact, other.lastContact), latest(connectedAt, other.connectedAt));
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
