package io.tean.register.due;

import io.tean.register.regulation.Asked;
import io.tean.register.regulation.Regulation;
import io.tean.register.regulation.RegulationBook;
import io.tean.register.regulation.Rule;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** When a gas cylinder is due for inspection, and when it may not be used any more. */
public final class CylinderDue {
    private final List<Regulation> inspections;
    private final List<Regulation> lives;

    public CylinderDue(RegulationBook book) {
        inspections = book.asking(Asked.CYLINDER_INSPECTION).stream()
                .flatMap(List::stream)
                .toList();
        lives = book.asking(Asked.CYLINDER_LIFE).stream().flatMap(List::stream).toList();
    }

    /**
     * What the book says of one cylinder.
     *
     * @param inspectionDueOn not after {@code scrapOn}; none where the book has no entry for its type
     * @param rule the entry that gave {@code inspectionDueOn}; ends in {@code -no-date} where neither making nor inspection is known
     * @param scrapOn the end of its life by the book or as registered, whichever comes first
     */
    public record Due(Optional<LocalDate> inspectionDueOn, Optional<String> rule, Optional<LocalDate> scrapOn) {}

    /**
     * By what is known of it.
     *
     * @param type such as {@code LPG}
     * @param medium such as {@code 液化石油气}; one that the book does not list counts as ordinary
     * @param scrapOn as registered
     * @param day whose rules count, and on which it is due when there is no day to count from
     */
    public Due of(
            String type,
            String medium,
            Optional<LocalDate> madeOn,
            Optional<LocalDate> lastInspectedOn,
            Optional<LocalDate> scrapOn,
            LocalDate day) {
        Optional<LocalDate> scrap = scrapOn;
        for (Regulation life : lives) {
            if (madeOn.isPresent() && holds(life, type, medium, day) && life.rule() instanceof Rule.Months months) {
                scrap = Optional.of(earlier(scrap, madeOn.get().plusMonths(months.months())));
            }
        }
        Optional<LocalDate> due = Optional.empty();
        Optional<String> rule = Optional.empty();
        for (Regulation entry : inspections) {
            if (holds(entry, type, medium, day) && entry.rule() instanceof Rule.Months months) {
                LocalDate each = lastInspectedOn
                        .map(on -> on.plusMonths(months.months()))
                        .or(() -> madeOn.map(on -> on.plusMonths(months.firstMonths())))
                        .orElse(day);
                if (due.isEmpty() || each.isBefore(due.get())) {
                    due = Optional.of(each);
                    rule = Optional.of(
                            lastInspectedOn.isEmpty() && madeOn.isEmpty()
                                    ? RegulationBook.withoutDate(entry.code())
                                    : entry.code());
                }
            }
        }
        Optional<LocalDate> end = scrap;
        return new Due(due.map(on -> earlier(end, on)), rule, scrap);
    }

    private static boolean holds(Regulation entry, String type, String medium, LocalDate day) {
        return entry.holdsOn(day) && entry.applies().toCylinder(type, medium);
    }

    private static LocalDate earlier(Optional<LocalDate> one, LocalDate other) {
        return one.filter(other::isAfter).orElse(other);
    }
}
