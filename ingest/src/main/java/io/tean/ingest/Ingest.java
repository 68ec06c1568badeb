package io.tean.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.settings.TeanSettings;
import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.decode.PayloadDecoder;
import io.tean.ingest.device.DeviceDirectory;
import io.tean.ingest.lane.Lanes;
import io.tean.ingest.session.MqttDoor;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
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

    private final Lanes lanes;
    private final MqttDoor door;
    private final Thread housekeeping;
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
        this.lanes = new Lanes(settings.ingest(), parts.database(), parts.steps(), parts.catalogue(), counts);
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
        counts.gauge(IngestMeters.CONNECTIONS, door, MqttDoor::connections);
        counts.gauge(IngestMeters.PAUSED_CONNECTIONS, door, MqttDoor::pausedConnections);
        counts.gauge(IngestMeters.UNACKED_MESSAGES, door, MqttDoor::unackedMessages);
        counts.gauge(IngestMeters.UNACKED_BYTES, door, MqttDoor::unackedBytes);
        counts.gauge(IngestMeters.UNACKED_OLDEST, lanes, l -> l.oldestAge().toMillis() / 1_000.0);
        counts.gauge(IngestMeters.REJUDGE_MARKS, keeping, Housekeeping::rejudgeMarks);
        counts.gauge(IngestMeters.DEVICES, directory, DeviceDirectory::size);
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
        door.close();
        if (!settled) {
            log.warn(
                    "closing with {} messages un-acknowledged; their devices will send them again",
                    door.unackedMessages());
        }
        return settled;
    }
}
