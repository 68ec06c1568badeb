package io.tean.register;

import io.tean.register.due.CylinderDue;
import io.tean.register.due.DueDates;
import io.tean.register.inspection.Deadlines;
import io.tean.register.maintenance.EvidenceLimits;
import io.tean.register.regulation.RegulationBook;
import io.tean.register.regulation.Rule;
import java.time.Duration;
import java.time.LocalDate;

/** What the parts of the register take from the regulation book as it is in force on a day. */
record Law(
        RegulationBook book, DueDates dueDates, CylinderDue cylinders, Deadlines deadlines, EvidenceLimits evidence) {

    /** @throws IllegalArgumentException when the book lacks a limit */
    static Law of(RegulationBook book, LocalDate day) {
        return new Law(
                book,
                new DueDates(book),
                new CylinderDue(book),
                new Deadlines(
                        workingDays(book, "agree-date", day),
                        workingDays(book, "site-visit", day),
                        workingDays(book, "report-issue", day)),
                new EvidenceLimits(
                        Duration.ofMinutes(amount(book, "visit-minimum-duration", Rule.Unit.MINUTES, day)),
                        amount(book, "visit-minimum-workers", Rule.Unit.PERSONS, day),
                        amount(book, "visit-place-distance", Rule.Unit.METRES, day)));
    }

    private static Deadlines.Limit workingDays(RegulationBook book, String code, LocalDate day) {
        return new Deadlines.Limit(code, amount(book, code, Rule.Unit.WORKING_DAYS, day));
    }

    private static int amount(RegulationBook book, String code, Rule.Unit unit, LocalDate day) {
        Rule.Limit limit = book.limit(code, day);
        if (limit.unit() != unit) {
            throw new IllegalArgumentException(
                    "limit " + code + " is in " + limit.unit().word() + " and must be in " + unit.word());
        }
        return limit.amount();
    }
}
