package io.tean.ingest.session;

import java.util.concurrent.atomic.AtomicLong;

/** How much un-acknowledged work the house holds for all devices together. Thread-safe. */
final class Budget {
    private final long maxMessages;
    private final long maxBytes;
    private final AtomicLong messages = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    Budget(long maxMessages, long maxBytes) {
        this.maxMessages = maxMessages;
        this.maxBytes = maxBytes;
    }

    /** Takes a message in, in any case: it has been read already. Answers whether more may be read. */
    boolean take(long weight) {
        long all = messages.incrementAndGet();
        long allBytes = bytes.addAndGet(weight);
        return all < maxMessages && allBytes < maxBytes;
    }

    void release(int count, long weight) {
        messages.addAndGet(-count);
        bytes.addAndGet(-weight);
    }

    /** Whether connections that were held back may be read again: not at once below the limit, or they would flutter. */
    boolean hasRoom() {
        return messages.get() < maxMessages * 3 / 4 && bytes.get() < maxBytes * 3 / 4;
    }

    long messages() {
        return messages.get();
    }

    long bytes() {
        return bytes.get();
    }
}
