package io.tean.simulators.city;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The years of an elevator, each ending with the month of its supervision inspection, and which of them an inspection belongs to (domain 1.4). */
final class LiftDates {
    private static final Set<Integer> INSPECTED = Set.of(1, 4, 7, 9, 11, 13, 15);
    private static final int OLD = 15;
    private static final int HISTORY_MONTHS = 74;
    private static final int LATE_FROM_DAYS = 200;
    private static final int LATE_TO_DAYS = 10;

    private LiftDates() {}

    /** @param inspected by the inspection body, or else tested by itself */
    record Year(int number, LocalDate dueOn, boolean inspected) {}

    /** The years that fall due from some six years before the day until a year after it. */
    static List<Year> years(LocalDate supervisedOn, LocalDate day) {
        List<Year> years = new ArrayList<>();
        for (int number = 1; ; number++) {
            LocalDate dueOn = YearMonth.from(supervisedOn).plusYears(number).atEndOfMonth();
            if (dueOn.isAfter(day.plusYears(1))) {
                return years;
            }
            if (dueOn.isAfter(day.minusMonths(HISTORY_MONTHS))) {
                years.add(new Year(number, dueOn, number > OLD || INSPECTED.contains(number)));
            }
        }
    }

    /** The year whose inspection can have been missed lately. */
    static Optional<Year> missable(LocalDate supervisedOn, LocalDate day) {
        return years(supervisedOn, day).stream()
                .filter(year -> year.inspected() && isLately(year.dueOn(), day))
                .findFirst();
    }

    /** Some weeks or months before the day. */
    static boolean isLately(LocalDate dueOn, LocalDate day) {
        return dueOn.isAfter(day.minusDays(LATE_FROM_DAYS)) && dueOn.isBefore(day.minusDays(LATE_TO_DAYS));
    }
}
