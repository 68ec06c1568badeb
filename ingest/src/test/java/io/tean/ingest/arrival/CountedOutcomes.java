package io.tean.ingest.arrival;

import io.tean.ingest.lane.LaneCounts;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What a lane told of its batches. */
public final class CountedOutcomes implements LaneCounts {
    private final AtomicInteger stored = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final AtomicInteger staged = new AtomicInteger();
    private final Queue<DeadLetterReason> deadLetters = new ConcurrentLinkedQueue<>();
    private final Queue<String> failedSteps = new ConcurrentLinkedQueue<>();
    private final Queue<String> retries = new ConcurrentLinkedQueue<>();

    @Override
    public void stored(int readings) {
        stored.addAndGet(readings);
    }

    @Override
    public void duplicates(int readings) {
        duplicates.addAndGet(readings);
    }

    @Override
    public void deadLetter(DeadLetterReason reason) {
        deadLetters.add(reason);
    }

    @Override
    public void staged() {
        staged.incrementAndGet();
    }

    @Override
    public void committed(int rows, long nanos) {}

    @Override
    public void stepFailed(String step) {
        failedSteps.add(step);
    }

    @Override
    public void retried(String sqlState) {
        retries.add(sqlState);
    }

    public int stored() {
        return stored.get();
    }

    public int duplicates() {
        return duplicates.get();
    }

    public int stagedBatches() {
        return staged.get();
    }

    public List<DeadLetterReason> deadLetters() {
        return List.copyOf(deadLetters);
    }

    public List<String> failedSteps() {
        return List.copyOf(failedSteps);
    }

    public List<String> retries() {
        return List.copyOf(retries);
    }
}
