package io.tean.app.bench;

import io.tean.app.load.LatencyLog;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * People who come at a steady rate, whatever the service does (open loop): each has a thread of its own, so that a slow answer to one
 * makes nobody come later.
 */
final class Crowd implements AutoCloseable {
    private final LongUnaryOperator visit;
    private final long everyNanos;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread clock;
    private volatile boolean over;
    private LatencyLog latencies = new LatencyLog();

    /**
     * Begins at once.
     *
     * @param visit of the person with this number; answers the nanoseconds that count
     */
    Crowd(String name, double perSecond, LongUnaryOperator visit) {
        this.visit = visit;
        this.everyNanos = (long) (1e9 / perSecond);
        this.clock = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    private void run() {
        long start = System.nanoTime();
        for (long number = 0; !over; number++) {
            long due = start + number * everyNanos;
            for (long left = due - System.nanoTime(); left > 0 && !over; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long person = number;
            threads.execute(() -> come(person));
        }
    }

    private void come(long number) {
        try {
            note(visit.applyAsLong(number));
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
        }
    }

    private synchronized void note(long nanos) {
        latencies.add(nanos);
    }

    /**
     * Starts a new log of how long they waited; the one until now.
     *
     * @throws IllegalStateException when one of them was not served
     */
    synchronized LatencyLog cut() {
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("somebody was not served: " + failed.getMessage(), failed);
        }
        LatencyLog until = latencies;
        latencies = new LatencyLog();
        return until;
    }

    /** Nobody comes any more; waits for those who are there. */
    @Override
    public void close() {
        over = true;
        LockSupport.unpark(clock);
        try {
            clock.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.close();
    }
}
