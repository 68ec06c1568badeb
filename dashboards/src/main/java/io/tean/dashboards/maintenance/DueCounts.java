package io.tean.dashboards.maintenance;

import io.tean.dashboards.list.Paging;

/**
 * How many machines there are as of a day.
 *
 * @param soon counted up to {@link Paging#DEEPEST_ROW} + 1
 * @param duty machines under the duty
 */
public record DueCounts(long overdue, long soon, long duty) {
    /** @param state one that is counted for every list */
    long of(DueState state) {
        return switch (state) {
            case OVERDUE -> overdue;
            case DUE_SOON -> soon;
            case ALL -> duty;
            case DUE_ON -> throw new IllegalArgumentException("what falls due on one day is in no count");
        };
    }

    /** Whether more fall due soon than were counted. */
    public boolean isSoonCountedOut() {
        return soon > Paging.DEEPEST_ROW;
    }

    /** As far as they were counted. */
    public long soonCounted() {
        return Math.min(soon, Paging.DEEPEST_ROW);
    }
}
