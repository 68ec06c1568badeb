package io.tean.core.rescue;

/** How far a rescue case is. It is live until somebody is known to be released. */
public enum CaseState {
    TAKEN_IN,
    DISPATCHED,
    ANSWERED,
    ON_THE_WAY,
    ARRIVED,
    RELEASED,
    RATED,
    CLOSED;

    /** Whether somebody may still be in danger. */
    public boolean live() {
        return compareTo(RELEASED) < 0;
    }
}
