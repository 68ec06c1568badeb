package io.tean.ingest.store;

import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.DeadLetter;

/** A dead letter together with the message that it came from. */
record Kept(Arrival arrival, DeadLetter deadLetter) {}
