package io.tean.register.regulation;

import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One entry of the book: one version of one rule.
 *
 * @param code kebab-case; versions share it
 * @param clause where it stands, in words of the trade
 * @param source where it was found
 * @param effectiveTo its last day
 * @param fulfilledBy kinds of inspections or levels of visits
 * @param madeUpBy kinds of inspections that make up for points that were missed before
 */
public record Regulation(
        String code,
        Label title,
        Label clause,
        String source,
        Mark mark,
        int version,
        LocalDate effectiveFrom,
        Optional<LocalDate> effectiveTo,
        Asked asks,
        Applies applies,
        List<String> fulfilledBy,
        List<String> madeUpBy,
        Rule rule) {

    public Regulation {
        fulfilledBy = List.copyOf(fulfilledBy);
        madeUpBy = List.copyOf(madeUpBy);
    }

    /** Whether it was in force on a day. */
    public boolean holdsOn(LocalDate day) {
        return !day.isBefore(effectiveFrom) && effectiveTo.filter(day::isAfter).isEmpty();
    }

    boolean overlaps(Regulation other) {
        return effectiveTo.filter(other.effectiveFrom::isAfter).isEmpty()
                && other.effectiveTo.filter(effectiveFrom::isAfter).isEmpty();
    }
}
