package io.tean.app.bench;

/** Counts over the whole run what was acknowledged and what was found in the table. */
final class Tally {
    private long acknowledged;
    private long rows;

    void add(long moreAcknowledged, long moreRows) {
        acknowledged += moreAcknowledged;
        rows += moreRows;
    }

    long acknowledged() {
        return acknowledged;
    }

    long rows() {
        return rows;
    }

    boolean complete() {
        return acknowledged == rows;
    }
}
