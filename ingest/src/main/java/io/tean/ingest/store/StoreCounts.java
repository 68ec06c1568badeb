package io.tean.ingest.store;

import io.tean.ingest.arrival.DeadLetterReason;

/** Told of what a committed batch was, and of what went wrong on the way. */
public interface StoreCounts {
    void stored(int readings);

    void duplicates(int readings);

    void deadLetter(DeadLetterReason reason);

    void staged();

    void committed(int rows, long nanos);

    void stepFailed(String step);
}
