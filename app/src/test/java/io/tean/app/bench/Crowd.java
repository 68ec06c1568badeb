package io.tean.app.bench;

import io.tean.app.load.LatencyLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongUnaryOperator;

/**
 * People who come at a steady rate, whatever the service does (open loop): each has a thread of its own, so that a slow answer to one
 * makes nobody come later.
 */
final class Crowd implements AutoCloseable {
    private final LongUnaryOperator visit;
    private final long everyNanos;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Thread clock;
    private volatile boolean over;
    private LatencyLog latencies = new LatencyLog();
    private final List<String> refusals = new ArrayList<>();

    /**
     * How long those waited who were served.
     *
     * @param refusals why the others were not, one for each of them
     */
    record Waited(LatencyLog latencies, List<String> refusals) {
        Waited {
            refusals = List.copyOf(refusals);
        }

        double p95() {
            return latencies.millis(0.95);
        }

        /** Such as {@code 3 of 40 pages were not served, the first for this: …}; empty when all were. */
        Optional<String> problem(String what) {
            return refusals.stream()
                    .findFirst()
                    .map(first -> "%d of %d %s were not served, the first for this: %s"
                            .formatted(refusals.size(), refusals.size() + latencies.count(), what, first));
        }
    }

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
            refuse(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void refuse(String reason) {
        refusals.add(reason);
    }

    private synchronized void note(long nanos) {
        latencies.add(nanos);
    }

    /** Begins to count anew; how it was until now. */
    synchronized Waited cut() {
        Waited until = new Waited(latencies, refusals);
        latencies = new LatencyLog();
        refusals.clear();
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
