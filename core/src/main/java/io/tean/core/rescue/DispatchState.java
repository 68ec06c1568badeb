package io.tean.core.rescue;

/** How far one unit is that was called to a case. */
public enum DispatchState {
    CALLED,
    ANSWERED,
    ON_THE_WAY,
    ARRIVED,
    REFUSED,
    NO_ANSWER,
    /** Nobody could be reached at this level: nobody was called. */
    SKIPPED,
    /** Not needed any more. */
    STOOD_DOWN,
    /** It was there until the end. */
    DONE;

    /** Whether it may still come, or is there. */
    public boolean active() {
        return compareTo(ARRIVED) <= 0;
    }
}
