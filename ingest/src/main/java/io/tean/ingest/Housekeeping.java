package io.tean.ingest;

import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.DeadLetterReason;
import io.tean.ingest.arrival.Sender;
import io.tean.ingest.decode.PayloadDecoder;
import io.tean.ingest.device.DeviceDirectory;
import io.tean.ingest.lane.Lanes;
import io.tean.ingest.store.DeadLetters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that keeps the directory fresh, replays dead letters that can be stored now, and counts re-judge marks. */
final class Housekeeping implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
    private static final long BYTES_REPLAYED_AT_ONCE = 4 << 20;
    private static final int REPLAYED_AT_ONCE = 500;

    private final DataSource database;
    private final DeviceDirectory directory;
    private final DeadLetters deadLetters;
    private final Lanes lanes;
    private final StreamCatalogue catalogue;
    private final PayloadDecoder decoder;
    private final Counts counts;
    private final Duration every;
    /** Dead letters on their way through a lane: not to be sent a second time. */
    private final Set<Long> underWay = ConcurrentHashMap.newKeySet();

    private volatile long rejudgeMarks;
    private boolean databaseAway;

    Housekeeping(
            DataSource database,
            DeviceDirectory directory,
            Lanes lanes,
            StreamCatalogue catalogue,
            PayloadDecoder decoder,
            Counts counts,
            Duration every) {
        this.database = database;
        this.directory = directory;
        this.deadLetters = new DeadLetters(database);
        this.lanes = lanes;
        this.catalogue = catalogue;
        this.decoder = decoder;
        this.counts = counts;
        this.every = every.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : every;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                round();
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void round() {
        try {
            directory.refresh();
            if (underWay.isEmpty()) {
                deadLetters.toReplay(REPLAYED_AT_ONCE, BYTES_REPLAYED_AT_ONCE).forEach(this::tryReplay);
            }
            countMarks();
            databaseAway = false;
        } catch (SQLException | RuntimeException e) {
            if (!databaseAway) {
                log.warn("device logins and replays have to wait: {}", String.valueOf(e.getMessage()));
            }
            databaseAway = true;
        }
    }

    /** One letter that cannot be decoded, because of a bug, must not hold up the others. */
    private void tryReplay(DeadLetters.Listed letter) {
        try {
            replay(letter);
        } catch (IngestException e) {
            throw e;
        } catch (RuntimeException e) {
            log.error("cannot replay dead letter {}", letter.id(), e);
        }
    }

    private void replay(DeadLetters.Listed letter) {
        Sender done = arrival -> underWay.remove(arrival.deadLetterId());
        Arrival arrival = new Arrival(
                done,
                letter.deviceId(),
                letter.equipmentCode(),
                letter.stream(),
                letter.payload(),
                0,
                Arrival.micros(letter.receivedAt()),
                letter.id());
        Optional<StreamDeclaration> stream = catalogue.stream(letter.stream());
        OptionalInt equipmentId = equipmentId(letter.equipmentCode());
        if (stream.isEmpty()) {
            arrival.refuse(DeadLetterReason.UNKNOWN_STREAM, "there is still no stream '" + letter.stream() + "'");
        } else if (equipmentId.isEmpty()) {
            arrival.refuse(
                    DeadLetterReason.UNREGISTERED_EQUIPMENT,
                    "equipment " + letter.equipmentCode() + " is still not registered");
        } else {
            decoder.decode(arrival, stream.get(), equipmentId.getAsInt());
        }
        underWay.add(letter.id());
        counts.replayed();
        lanes.submit(arrival, equipmentId.orElse(letter.equipmentCode().hashCode()));
    }

    private OptionalInt equipmentId(String code) {
        try (Connection connection = database.getConnection();
                var statement = connection.prepareStatement("SELECT equipment_id FROM equipment WHERE code = ?")) {
            statement.setString(1, code);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? OptionalInt.of(row.getInt(1)) : OptionalInt.empty();
            }
        } catch (SQLException e) {
            throw new IngestException("cannot look up equipment " + code, e);
        }
    }

    private void countMarks() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT count(*) FROM (SELECT FROM rejudge_mark LIMIT 100000) m")) {
            row.next();
            rejudgeMarks = row.getLong(1);
        }
    }

    long rejudgeMarks() {
        return rejudgeMarks;
    }
}
