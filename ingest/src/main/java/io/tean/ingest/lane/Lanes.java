package io.tean.ingest.lane;

import io.tean.core.reading.InTransactionStep;
import io.tean.core.settings.IngestSettings;
import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.store.BatchStore;
import io.tean.ingest.store.Rejudging;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** All lanes: every message of one machine goes to the same. */
public final class Lanes {
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final DelayWatch delays;

    public Lanes(
            IngestSettings settings,
            DataSource database,
            List<InTransactionStep> steps,
            StreamCatalogue catalogue,
            LaneCounts counts) {
        for (int i = 0; i < settings.lanes(); i++) {
            BatchStore store = new BatchStore(steps, counts);
            Lane lane = new Lane(
                    database,
                    store,
                    new Rejudging(store, catalogue, i, settings.lanes()),
                    counts,
                    settings.batchRows(),
                    settings.batchAge().toNanos());
            lanes.add(lane);
            threads.add(Thread.ofPlatform().name("tean-lane-" + i).unstarted(lane));
        }
        delays = new DelayWatch(lanes, steps);
    }

    public void start() {
        threads.forEach(Thread::start);
        delays.start();
    }

    /** @param equipmentId of the message's machine; any number for a message without one */
    public void submit(Arrival arrival, int equipmentId) {
        lanes.get(Math.floorMod(equipmentId, lanes.size())).submit(arrival);
    }

    /** Age of the oldest message that is not settled yet. */
    public Duration oldestAge() {
        return Duration.ofNanos(
                lanes.stream().mapToLong(Lane::oldestAgeNanos).max().orElse(0));
    }

    /**
     * Waits until everything submitted is settled, or gives up.
     *
     * @return whether everything was settled
     */
    public boolean stop(Duration patience) throws InterruptedException {
        lanes.forEach(Lane::stop);
        long end = System.nanoTime() + patience.toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }
        boolean settled = threads.stream().noneMatch(Thread::isAlive);
        threads.forEach(Thread::interrupt);
        delays.close();
        return settled;
    }
}
