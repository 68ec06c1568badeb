package io.tean.ingest.lane;

import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.UnstoredReading;
import io.tean.ingest.arrival.Arrival;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees when nothing can be committed, and lets the steps look at what waits: an emergency must not wait for the database. Nothing is acknowledged
 * by that.
 */
final class DelayWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DelayWatch.class);
    /** With the look below every message is told within 5 s, as design.md section 3 promises. */
    private static final Duration TOO_LONG = Duration.ofMillis(4_200);

    private static final Duration LOOK_EVERY = Duration.ofMillis(400);

    private final List<Lane> lanes;
    private final List<InTransactionStep> steps;
    private final Thread thread;

    DelayWatch(List<Lane> lanes, List<InTransactionStep> steps) {
        this.lanes = lanes;
        this.steps = List.copyOf(steps);
        this.thread = Thread.ofPlatform().daemon().name("tean-delay-watch").unstarted(this::watch);
    }

    void start() {
        thread.start();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(LOOK_EVERY);
                for (Lane lane : lanes) {
                    tell(lane.delayed(TOO_LONG.toNanos()));
                }
            }
        } catch (InterruptedException e) {
            // Closed.
            Thread.currentThread().interrupt();
        }
    }

    private void tell(List<Arrival> delayed) {
        if (delayed.isEmpty()) {
            return;
        }
        List<UnstoredReading> readings = delayed.stream()
                .flatMap(a -> List.copyOf(a.rows()).stream()
                        .map(row -> new UnstoredReading(row.reading(), a.equipmentCode())))
                .toList();
        for (InTransactionStep step : steps) {
            List<UnstoredReading> wanted = readings.stream()
                    .filter(r -> step.wants(r.reading().stream()))
                    .toList();
            if (!wanted.isEmpty()) {
                try {
                    step.delayed(wanted);
                } catch (RuntimeException e) {
                    // The readings are safe; the others must still be looked at.
                    log.error("step {} could not look at {} readings that wait", step.name(), wanted.size(), e);
                }
            }
        }
    }
}
