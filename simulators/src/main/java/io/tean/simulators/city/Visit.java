package io.tean.simulators.city;

/**
 * One visit as planned.
 *
 * @param day epoch day
 * @param hour minutes since midnight
 * @param flaw what makes it suspect, or {@link Fate#SOUND}
 */
record Visit(long day, int hour, Level level, Fate flaw) {
    /** The levels add up: a higher one does the items of the lower ones as well. */
    enum Level {
        HALF_MONTH,
        QUARTER,
        HALF_YEAR,
        YEAR
    }

    Visit with(Level other) {
        return new Visit(day, hour, other, flaw);
    }

    Visit with(Fate other) {
        return new Visit(day, hour, level, other);
    }
}
