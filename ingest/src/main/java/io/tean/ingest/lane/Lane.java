package io.tean.ingest.lane;

import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.store.BatchStore;
import io.tean.ingest.store.Rejudging;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that stores what it is given, in order: closes a batch by size or by age, tries until it is committed, and settles every
 * message then. What it holds is bounded by the sessions, which take in no more than they may.
 */
final class Lane implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(Lane.class);
    /** SQL state of a statement that took longer than statement_timeout. */
    private static final String TIMED_OUT = "57014";

    private static final long FIRST_PAUSE_MILLIS = 50;
    private static final long LONGEST_PAUSE_MILLIS = 1_000;
    private static final long REJUDGE_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final int REJUDGED_AT_ONCE = 100;

    private final DataSource database;
    private final BatchStore store;
    private final Rejudging rejudging;
    private final LaneCounts counts;
    private final int batchRows;
    private final long batchAgeNanos;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private List<Arrival> inbox = new ArrayList<>();
    /** What is being stored; the very messages that the lane's thread has taken. Under the lock. */
    private List<Arrival> inHand = List.of();

    private int inboxRows;
    private long inboxSince;
    private boolean stopping;
    /** Our clock when the oldest message that this lane holds came in; 0 while it holds none. Written under the lock. */
    private volatile long oldestNanos;

    private @Nullable Connection connection;
    private long rejudgedAt = System.nanoTime();

    Lane(
            DataSource database,
            BatchStore store,
            Rejudging rejudging,
            LaneCounts counts,
            int batchRows,
            long batchAgeNanos) {
        this.database = database;
        this.store = store;
        this.rejudging = rejudging;
        this.counts = counts;
        this.batchRows = batchRows;
        this.batchAgeNanos = batchAgeNanos;
    }

    /** Takes a message over. Any thread. */
    void submit(Arrival arrival) {
        lock.lock();
        try {
            if (inbox.isEmpty()) {
                inboxSince = System.nanoTime();
                if (oldestNanos == 0) {
                    oldestNanos = inboxSince;
                }
                changed.signal();
            }
            inbox.add(arrival);
            int before = inboxRows;
            inboxRows += Math.max(1, arrival.rows().size());
            if (before < batchRows && inboxRows >= batchRows) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the thread once everything that was submitted is settled. */
    void stop() {
        lock.lock();
        try {
            stopping = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Age of the oldest message that is not settled. */
    long oldestAgeNanos() {
        long since = oldestNanos;
        return since == 0 ? 0 : System.nanoTime() - since;
    }

    /** The messages that are held when nothing could be settled for so long; each once. */
    List<Arrival> delayed(long nanos) {
        if (oldestAgeNanos() < nanos) {
            return List.of();
        }
        lock.lock();
        try {
            List<Arrival> delayed = new ArrayList<>();
            inHand.stream().filter(Arrival::tellOnce).forEach(delayed::add);
            inbox.stream().filter(Arrival::tellOnce).forEach(delayed::add);
            return delayed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            for (List<Arrival> batch = nextBatch(); !batch.isEmpty() || !isOver(); batch = nextBatch()) {
                if (!batch.isEmpty()) {
                    storeUntilCommitted(batch);
                    settle(batch);
                }
                rejudge();
            }
        } catch (InterruptedException e) {
            // Told to give up: what is not committed was not acknowledged, devices will send it again.
            log.warn("a lane gave up with messages un-acknowledged");
        } finally {
            disconnect();
        }
    }

    private boolean isOver() {
        lock.lock();
        try {
            return stopping && inbox.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a batch; empty when it is time for a look around. */
    private List<Arrival> nextBatch() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long waitNanos = REJUDGE_EVERY_NANOS;
            while (inbox.isEmpty() && !stopping && waitNanos > 0) {
                waitNanos = changed.awaitNanos(waitNanos);
            }
            while (!inbox.isEmpty() && inboxRows < batchRows && !stopping) {
                long left = inboxSince + batchAgeNanos - System.nanoTime();
                if (left <= 0 || changed.awaitNanos(left) <= 0) {
                    break;
                }
            }
            inHand = take();
            return inHand;
        } finally {
            lock.unlock();
        }
    }

    /** Not much more than a full batch: what is left over starts the next one. */
    private List<Arrival> take() {
        List<Arrival> batch;
        if (inboxRows <= batchRows * 2) {
            batch = inbox;
            inbox = new ArrayList<>(Math.max(16, batch.size()));
            inboxRows = 0;
        } else {
            int rows = 0;
            int count = 0;
            while (count < inbox.size() && rows < batchRows) {
                rows += Math.max(1, inbox.get(count++).rows().size());
            }
            batch = new ArrayList<>(inbox.subList(0, count));
            inbox = new ArrayList<>(inbox.subList(count, inbox.size()));
            inboxRows -= rows;
        }
        return batch;
    }

    private void storeUntilCommitted(List<Arrival> batch) throws InterruptedException {
        long pause = FIRST_PAUSE_MILLIS;
        boolean repeated = false;
        boolean tooMuch = false;
        while (true) {
            if (tooMuch && batch.size() > 1) {
                // What is too much for one transaction, or stumbles over one message, may pass in parts.
                int half = batch.size() / 2;
                storeUntilCommitted(batch.subList(0, half));
                storeUntilCommitted(batch.subList(half, batch.size()));
                return;
            }
            try {
                store.store(connection(), batch, repeated);
                return;
            } catch (SQLException e) {
                counts.retried(String.valueOf(e.getSQLState()));
                tooMuch = repeated && TIMED_OUT.equals(e.getSQLState());
                log.warn(
                        "cannot store {} messages yet, trying again in {} ms: {}",
                        batch.size(),
                        pause,
                        String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
            } catch (RuntimeException | Error e) {
                // A bug must not end the lane: nobody would ever be acknowledged again.
                counts.retried("bug");
                tooMuch = repeated;
                log.error("cannot store {} messages, trying again in {} ms", batch.size(), pause, e);
            }
            repeated = true;
            disconnect();
            Thread.sleep(pause);
            pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
    }

    private void settle(List<Arrival> batch) {
        lock.lock();
        try {
            oldestNanos = inbox.isEmpty() ? 0 : inboxSince;
            inHand = List.of();
        } finally {
            lock.unlock();
        }
        for (Arrival arrival : batch) {
            try {
                arrival.sender().settled(arrival);
            } catch (RuntimeException e) {
                log.error("cannot settle a message of device {}", arrival.deviceId(), e);
            }
        }
    }

    private void rejudge() throws InterruptedException {
        if (System.nanoTime() - rejudgedAt < REJUDGE_EVERY_NANOS) {
            return;
        }
        try {
            rejudging.workOff(connection(), REJUDGED_AT_ONCE);
        } catch (SQLException | RuntimeException e) {
            log.debug("re-judging has to wait", e);
            disconnect();
        }
        rejudgedAt = System.nanoTime();
    }

    private Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = database.getConnection();
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                // Whatever is open in it must not be committed by the pool's tidying up.
                open.abort(Runnable::run);
                open.close();
            } catch (SQLException e) {
                log.debug("closing a broken connection", e);
            }
        }
    }
}
