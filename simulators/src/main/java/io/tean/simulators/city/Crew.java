package io.tean.simulators.city;

import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/**
 * Two workers of a firm and their round: in each cycle they come once to each machine of theirs, every day to at most five at fixed hours, so that
 * they are never at two places and have at least twenty minutes to travel. Cycles follow each other in 11 to 14 days; the last one ends on the
 * day before the city's day.
 *
 * @param cycles first day of each cycle, epoch days
 */
record Crew(int number, String firm, String leader, String mate, long[] cycles) {
    static final int DAYS = 11;
    /** Minutes of the day; longer than the longest visit with its late start apart. */
    private static final int[] HOURS = {480, 580, 680, 810, 910};

    static final int MACHINES = 50;
    private static final int HISTORY_DAYS = 730;

    static Crew of(long seed, LocalDate day, int number, String firm) {
        Dice dice = Dice.of(seed, "crew " + number);
        List<Long> starts = new ArrayList<>();
        long start = day.toEpochDay() - DAYS;
        // The last gap lets some machine of every crew fall due in the next days.
        int gap = dice.whole(12, 13);
        while (start >= day.toEpochDay() - HISTORY_DAYS) {
            starts.addFirst(start);
            start -= gap;
            gap = dice.whole(11, 14);
        }
        long[] cycles = starts.stream().mapToLong(Long::longValue).toArray();
        return new Crew(number, firm, People.worker(2 * number), People.worker(2 * number + 1), cycles);
    }

    int last() {
        return cycles.length - 1;
    }

    /** The day of a visit. */
    long day(int cycle, int place) {
        return cycles[cycle] + place % DAYS;
    }

    /** The hour of all visits to a machine, minutes since midnight. */
    static int hour(int place) {
        return HOURS[place / DAYS];
    }

    /** Which machine of its day it is, from 0. */
    static int turn(int place) {
        return place / DAYS;
    }
}
