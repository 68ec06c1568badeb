package io.tean.dashboards.maintenance;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Which machines under the duty are asked for, as SQL on {@code duty d} and {@code :day}. */
public enum DueState {
    /** After the due date. */
    OVERDUE(
            "(d.until_on = 'infinity' OR d.until_on < 'infinity' AND d.until_on > :day) AND d.from_on <= :day AND d.due_on < :day",
            // As the index duty_late has it.
            "d.due_on + 1 < d.until_on AND daterange(d.due_on, d.until_on, '()') @> CAST(:day AS date) AND d.from_on <= :day"),
    /** On the day or within the three days after it. */
    DUE_SOON(
            "(d.until_on = 'infinity' OR d.until_on < 'infinity' AND d.until_on > :day) AND d.from_on <= :day"
                    + " AND d.due_on BETWEEN :day AND CAST(:day AS date) + 3",
            "d.until_on > :day AND d.from_on <= :day AND d.due_on BETWEEN :day AND CAST(:day AS date) + 3"),
    /** Whatever is under the duty. */
    ALL(
            "(d.until_on = 'infinity' OR d.until_on < 'infinity' AND d.until_on > :day) AND d.from_on <= :day",
            "d.until_on > :day AND d.from_on <= :day");

    private final String current;
    private final String past;

    DueState(String current, String past) {
        this.current = current;
        this.past = past;
    }

    /** As in an address, such as {@code due-soon}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<DueState> of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst();
    }

    /** @param past whether the day is before today: then what was known last does not do */
    String condition(boolean past) {
        return "d.kind = 'MAINTENANCE' AND " + (past ? this.past : current);
    }
}
