package io.tean.ingest.arrival;

/** Who waits for a message to be settled. */
public interface Sender {
    /** The message is committed, as readings or as dead letters. Called once per arrival, on any thread; must not block. */
    void settled(Arrival arrival);
}
