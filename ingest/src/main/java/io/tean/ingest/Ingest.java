package io.tean.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.settings.MqttSettings;
import io.tean.core.settings.TeanSettings;
import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.decode.PayloadDecoder;
import io.tean.ingest.device.ContactLedger;
import io.tean.ingest.device.DeviceDirectory;
import io.tean.ingest.lane.Lanes;
import io.tean.ingest.session.MqttDoor;
import io.tean.ingest.summary.LateReadings;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way from a device's message to a committed row and back to its PUBACK, as one part of the service. */
public final class Ingest {
    private static final Logger log = LoggerFactory.getLogger(Ingest.class);
    /** A message that waits for longer than this means that nothing gets through. */
    private static final Duration STALLED = Duration.ofSeconds(8);

    private static final Duration LAST_ACKS = Duration.ofMillis(200);
    private static final Duration LAST_CONTACTS = Duration.ofSeconds(2);
    /** What lies between a packet and its writing when all goes well, with room to spare. */
    private static final Duration CONTACTS_WRITTEN_LATE = Duration.ofSeconds(60);

    private final Lanes lanes;
    private final MqttDoor door;
    private final Thread housekeeping;
    private final ContactKeeping contacts;
    private final Thread contactKeeping;
    private final DeviceDirectory directory;

    /** What ingest is made of. The pool needs one connection per lane and two more. */
    public record Parts(
            Vertx vertx,
            TeanSettings settings,
            DataSource database,
            StreamCatalogue catalogue,
            List<InTransactionStep> steps,
            MeterRegistry meters,
            InstantSource clock) {}

    private Ingest(Parts parts) {
        var settings = parts.settings();
        Counts counts = new Counts(parts.meters());
        this.directory = new DeviceDirectory(parts.database());
        List<InTransactionStep> steps = new ArrayList<>(parts.steps());
        steps.add(new LateReadings(parts.clock()));
        this.lanes = new Lanes(settings.ingest(), parts.database(), steps, parts.catalogue(), counts);
        this.door = new MqttDoor(
                parts.vertx(),
                settings.mqtt(),
                settings.ingest(),
                directory,
                parts.catalogue(),
                lanes,
                counts,
                parts.clock());
        Housekeeping keeping = new Housekeeping(
                parts.database(),
                directory,
                lanes,
                parts.catalogue(),
                PayloadDecoder.of(settings.ingest(), counts),
                counts,
                settings.ingest().refresh());
        this.housekeeping =
                Thread.ofPlatform().name("tean-housekeeping").daemon().unstarted(keeping);
        this.contacts = new ContactKeeping(
                door,
                new ContactLedger(parts.database()),
                counts,
                parts.clock(),
                longestSilence(settings.mqtt()),
                settings.ingest().refresh());
        this.contactKeeping = Thread.ofPlatform().name("tean-contact").daemon().unstarted(contacts);
        counts.gauge(IngestMeters.CONNECTIONS, door, MqttDoor::connections);
        counts.gauge(IngestMeters.PAUSED_CONNECTIONS, door, MqttDoor::pausedConnections);
        counts.gauge(IngestMeters.UNACKED_MESSAGES, door, MqttDoor::unackedMessages);
        counts.gauge(IngestMeters.UNACKED_BYTES, door, MqttDoor::unackedBytes);
        counts.gauge(IngestMeters.UNACKED_OLDEST, lanes, l -> l.oldestAge().toMillis() / 1_000.0);
        counts.gauge(IngestMeters.REJUDGE_MARKS, keeping, Housekeeping::rejudgeMarks);
        counts.gauge(IngestMeters.DEVICES, directory, DeviceDirectory::size);
    }

    /** A session ends after one and a half keep-alives of silence; while it is held back, its keep-alive stands still. */
    private static Duration longestSilence(MqttSettings mqtt) {
        return mqtt.maxKeepAlive()
                .multipliedBy(3)
                .dividedBy(2)
                .plus(mqtt.maxPause())
                .plus(CONTACTS_WRITTEN_LATE);
    }

    /**
     * Reads the device logins, starts the lanes and listens.
     *
     * @throws IngestException when the port is taken or the logins cannot be read
     */
    public static Ingest open(Parts parts) {
        Ingest ingest = new Ingest(parts);
        try {
            ingest.directory.refresh();
        } catch (SQLException e) {
            throw new IngestException("cannot read the device logins: " + e.getMessage(), e);
        }
        ingest.door.open();
        ingest.lanes.start();
        ingest.housekeeping.start();
        ingest.contactKeeping.start();
        return ingest;
    }

    public int port() {
        return door.port();
    }

    /** Not well when messages wait for their commit for too long. */
    public HealthCheck health() {
        return () -> {
            Duration oldest = lanes.oldestAge();
            boolean well = oldest.compareTo(STALLED) < 0;
            String detail = well
                    ? door.connections() + " connections, " + door.unackedMessages() + " messages in hand"
                    : "nothing was committed for " + oldest.toSeconds() + " s, " + door.unackedMessages()
                            + " messages wait";
            return new HealthCheck.Health("ingest", well, detail);
        };
    }

    /**
     * Takes nothing more in, commits and acknowledges what is in hand, then ends all connections.
     *
     * @return whether everything in hand was acknowledged; what was not, devices will send again
     */
    public boolean close(Duration patience) {
        housekeeping.interrupt();
        door.stopReading();
        boolean settled = false;
        try {
            settled = lanes.stop(patience);
            // The PUBACKs of the last batch are on their way through the event loops.
            Thread.sleep(LAST_ACKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        door.endSessions();
        writeLastContacts();
        door.close();
        if (!settled) {
            log.warn(
                    "closing with {} messages un-acknowledged; their devices will send them again",
                    door.unackedMessages());
        }
        return settled;
    }

    /** That nobody is connected any more. When the database does not take it in time, the next process corrects it. */
    private void writeLastContacts() {
        contacts.close();
        try {
            contactKeeping.join(LAST_CONTACTS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
