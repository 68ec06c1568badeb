package io.tean.simulators.link;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all links together have done so far; written on the links' thread, read on any. */
public final class Tally {
    final AtomicInteger connected = new AtomicInteger();
    final AtomicLong sent = new AtomicLong();
    final AtomicLong acknowledged = new AtomicLong();
    final AtomicLong refused = new AtomicLong();
    final AtomicLong dropped = new AtomicLong();
    final AtomicLong buffered = new AtomicLong();

    /** Devices that are connected now. */
    public int connected() {
        return connected.get();
    }

    /** Messages handed to the network; one sent again counts again. */
    public long sent() {
        return sent.get();
    }

    /** Messages that the server took. */
    public long acknowledged() {
        return acknowledged.get();
    }

    /** Messages that the server answered with a reason code from 0x80 on. */
    public long refused() {
        return refused.get();
    }

    /** Statuses that fell out of a full buffer. */
    public long dropped() {
        return dropped.get();
    }

    /** Messages that are not settled yet. */
    public long buffered() {
        return buffered.get();
    }
}
