package io.tean.dashboards.lookup;

import java.time.LocalDate;
import java.util.Optional;

/**
 * What everybody may know of a machine.
 *
 * @param id the number inside
 * @param state of the register, such as {@code IN_USE}
 * @param registrationNo of its use-registration certificate; none when the register has none
 * @param within whether it lies in the asker's scope, who may see more
 */
public record PublicEntry(
        int id,
        String code,
        String name,
        String category,
        String state,
        Optional<String> place,
        Optional<String> useUnit,
        Optional<String> registrationNo,
        Optional<String> rescueCode,
        Inspection inspection,
        Maintenance maintenance,
        boolean within) {
    /** What people call who are trapped. */
    public static final String RESCUE_NUMBER = "96333";

    /**
     * @param until the last day on which the newest inspection is good
     * @param on the day of the newest inspection
     * @param conclusion such as {@code PASS}
     * @param body that made it, or that has to make the next one
     */
    public record Inspection(
            Optional<LocalDate> until, Optional<LocalDate> on, Optional<String> conclusion, Optional<String> body) {
        /** Whether the newest inspection found it unfit. */
        public boolean failed() {
            return conclusion.filter(word -> word.startsWith("FAIL")).isPresent();
        }

        public boolean isOver(LocalDate today) {
            return until.filter(day -> day.isBefore(today)).isPresent();
        }
    }

    /**
     * @param on the day of the newest visit that counts
     * @param by the firm whose visit it was
     * @param firm that has the contract today
     * @param dueOn the day on which the next visit is due at the latest
     */
    public record Maintenance(
            Optional<LocalDate> on, Optional<String> by, Optional<String> firm, Optional<LocalDate> dueOn) {
        /** Whether it is maintained, or ought to be. */
        public boolean isKnown() {
            return on.isPresent() || firm.isPresent() || dueOn.isPresent();
        }

        public boolean isOver(LocalDate today) {
            return dueOn.filter(day -> day.isBefore(today)).isPresent();
        }
    }

    public boolean isInUse() {
        return state.equals("IN_USE");
    }

    public boolean isFit(LocalDate today) {
        return isInUse() && inspection.until().isPresent() && !inspection.isOver(today) && !inspection.failed();
    }

    /** Whether people can be trapped in it. */
    public boolean isRescuedFrom() {
        return rescueCode.isPresent() || category.equalsIgnoreCase("elevator");
    }
}
