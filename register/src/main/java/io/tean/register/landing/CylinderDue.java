package io.tean.register.landing;

import java.time.LocalDate;
import java.util.Optional;

/** When a gas cylinder must be inspected next, by the regulation book. */
@FunctionalInterface
public interface CylinderDue {
    /** For where no book is at hand: no cylinder has a due day. */
    CylinderDue UNKNOWN = (type, medium, madeOn, lastInspectedOn) -> Optional.empty();

    /** @param rule the entry of the book that gives the day */
    record Due(LocalDate on, String rule) {}

    /**
     * Of one cylinder; must be pure.
     *
     * @param type such as {@code LPG}
     */
    Optional<Due> of(String type, String medium, Optional<LocalDate> madeOn, Optional<LocalDate> lastInspectedOn);
}
