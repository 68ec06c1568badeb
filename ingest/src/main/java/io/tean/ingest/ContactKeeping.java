package io.tean.ingest;

import io.tean.ingest.device.Contact;
import io.tean.ingest.device.ContactLedger;
import io.tean.ingest.session.MqttDoor;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that writes every few seconds which devices were heard, came or went. What could not be written waits for the next time:
 * one entry a device, so it stays bounded.
 */
final class ContactKeeping implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ContactKeeping.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);
    /** Often enough to correct what another process left behind, seldom enough to read the whole table for it. */
    private static final int ROUNDS_BETWEEN_CORRECTIONS = 30;

    private final MqttDoor door;
    private final ContactLedger ledger;
    private final Counts counts;
    private final InstantSource clock;
    private final Duration longestSilence;
    private final Duration every;
    private final ConcurrentHashMap<String, Contact> pending = new ConcurrentHashMap<>();
    private final CountDownLatch closing = new CountDownLatch(1);

    private long rounds;
    private boolean failing;

    /**
     * @param longestSilence for how long a device may be connected without being heard
     * @param refresh of the directory: where that is read more often than each second, as in tests, contacts are written more often too
     */
    ContactKeeping(
            MqttDoor door,
            ContactLedger ledger,
            Counts counts,
            InstantSource clock,
            Duration longestSilence,
            Duration refresh) {
        this.door = door;
        this.ledger = ledger;
        this.counts = counts;
        this.clock = clock;
        this.longestSilence = longestSilence;
        Duration quick = refresh.multipliedBy(10);
        this.every = quick.compareTo(PERIOD) < 0 ? quick : PERIOD;
    }

    @Override
    public void run() {
        try {
            round();
            boolean last = false;
            while (!last) {
                last = closing.await(every.toMillis(), TimeUnit.MILLISECONDS);
                round();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            door.collectContacts(pending);
            List<Contact> heard = List.copyOf(pending.values());
            if (!heard.isEmpty()) {
                ledger.write(heard, door::connectedSince);
                // Only what was written: the loops may have told of the device again.
                heard.forEach(contact -> pending.remove(contact.deviceId(), contact));
            }
            correct();
            failing = false;
        } catch (SQLException | RuntimeException e) {
            counts.contactFailed();
            if (!failing) {
                log.warn("when devices were last heard has to wait: {}", String.valueOf(e.getMessage()));
            }
            failing = true;
        }
    }

    /**
     * Behind the writing, so that our own devices are fresh. Other processes share the table, and one of them may be connected to
     * whoever we are not; so only silence counts, which no living process lets last so long. Should its clock or its settings
     * differ from ours, it writes the device as connected again with the next packet.
     */
    private void correct() throws SQLException {
        if (rounds % ROUNDS_BETWEEN_CORRECTIONS == 0) {
            int corrected = ledger.disconnectSilentSince(clock.instant().minus(longestSilence));
            if (corrected > 0) {
                log.info("{} devices were left as connected by a process that is gone", corrected);
            }
        }
        rounds++;
    }

    /** Has the next round made at once, the last one. */
    void close() {
        closing.countDown();
    }
}
