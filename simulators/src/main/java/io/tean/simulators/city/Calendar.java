package io.tean.simulators.city;

import io.tean.simulators.city.Visit.Level;
import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * When a machine was visited, bent by its fate. Each sixth visit is quarterly, each twelfth half-yearly, each twenty-fourth yearly: with at most
 * 14 days between them no level is ever late, and the half-month falls due first.
 */
final class Calendar {
    static final int HALF_MONTH_DAYS = 15;
    static final int QUARTER_DAYS = 90;
    private static final int QUARTER_VISITS = 6;
    private static final int HALF_YEAR_VISITS = 12;
    private static final int YEAR_VISITS = 24;
    /** After the last round of the day. */
    private static final int EXTRA_HOUR = 1020;

    private static final List<Fate> FLAWS =
            List.of(Fate.TOO_SHORT, Fate.ONE_WORKER, Fate.TOO_FAR, Fate.ITEMS_MISSING, Fate.UNCERTIFIED_WORKER);

    private Calendar() {}

    /** @param change first day out of use, and first day in use again where that came back; epoch days */
    record Course(List<Visit> visits, List<Long> change) {}

    /** Whether the machine's place on the round allows the fate; only the days of the last visits matter. */
    static boolean allows(Fate fate, Lift lift, LocalDate day) {
        long beforeLast = day.toEpochDay() - lift.crew().day(lift.crew().last() - 1, lift.place());
        return switch (fate) {
            case DUE_SOON -> beforeLast >= HALF_MONTH_DAYS - 2 && beforeLast <= HALF_MONTH_DAYS;
            case NEWEST_SUSPECT -> beforeLast > HALF_MONTH_DAYS;
            default -> true;
        };
    }

    /** @param first the machine whose crew is here at the same time, or the machine itself */
    static Course of(Lift lift, Fate fate, Lift first, LocalDate day, Dice dice) {
        Crew crew = lift.crew();
        int last = crew.last();
        int phase = dice.whole(0, YEAR_VISITS - 1);
        if (fate == Fate.ON_DEMAND && (last + phase) % 2 != 0) {
            phase++;
        }
        List<Visit> visits = new ArrayList<>();
        for (int cycle = 0; cycle <= last; cycle++) {
            if (fate != Fate.ON_DEMAND || (cycle + phase) % 2 == 0) {
                // Everything starts afresh with the history.
                Level level = visits.isEmpty() ? Level.YEAR : level(cycle + phase);
                visits.add(new Visit(crew.day(cycle, lift.place()), Crew.hour(lift.place()), level, Fate.SOUND));
            }
        }
        List<Long> change = new ArrayList<>();
        long today = day.toEpochDay();
        switch (fate) {
            case HALF_MONTH_OVERDUE, MAINTENANCE_SUSPENDED -> {
                while (today - visits.getLast().day() <= HALF_MONTH_DAYS) {
                    visits.removeLast();
                }
                while (fate == Fate.HALF_MONTH_OVERDUE && dice.chance(0.2)) {
                    visits.removeLast();
                }
            }
            case DUE_SOON -> visits.removeLast();
            case QUARTER_OVERDUE ->
                visits.replaceAll(
                        visit -> today - visit.day() <= QUARTER_DAYS + 5 ? visit.with(Level.HALF_MONTH) : visit);
            case SUSPENDED, SCRAPPED, DEREGISTERED -> {
                long from = today - dice.whole(30, 400);
                change.add(from);
                visits.removeIf(visit -> visit.day() >= from);
            }
            case RESUMED -> {
                int back = last - dice.whole(3, 8);
                int before = back - dice.whole(3, 12);
                change.add(visits.get(before).day() + 1);
                change.add(visits.get(back).day());
                visits.set(back, visits.get(back).with(Level.YEAR));
                visits.subList(before + 1, back).clear();
            }
            case NEWEST_SUSPECT -> visits.add(visits.removeLast().with(dice.pick(FLAWS)));
            case TOO_SHORT,
                    ONE_WORKER,
                    UNCERTIFIED_WORKER,
                    TOO_FAR,
                    WORKER_TWICE,
                    WORKER_TWICE_TOO,
                    ITEMS_MISSING,
                    NO_CONTRACT -> {
                visits.add(extra(first, fate));
                visits.sort(Comparator.comparingLong(Visit::day));
            }
            default -> {}
        }
        return new Course(visits, change);
    }

    private static Level level(int number) {
        return number % YEAR_VISITS == 0
                ? Level.YEAR
                : number % HALF_YEAR_VISITS == 0
                        ? Level.HALF_YEAR
                        : number % QUARTER_VISITS == 0 ? Level.QUARTER : Level.HALF_MONTH;
    }

    /**
     * A visit too many, some weeks or months ago between two good ones. No two machines of a crew get theirs on the same day: machines of the same day
     * differ in their turn and so in the cycle.
     */
    private static Visit extra(Lift of, Fate flaw) {
        int cycle = of.crew().last() - 4 - 2 * Crew.turn(of.place());
        int hour = switch (flaw) {
            case WORKER_TWICE_TOO -> EXTRA_HOUR + 15;
            case NO_CONTRACT -> EXTRA_HOUR + 120;
            default -> EXTRA_HOUR;
        };
        return new Visit(of.crew().day(cycle, of.place()) + 6, hour, Level.HALF_MONTH, flaw);
    }
}
