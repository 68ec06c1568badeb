package io.tean.register.due;

import java.time.LocalDate;
import java.util.Objects;

/**
 * From a day until another (exclusive; {@link #OPEN} while nothing ends it) a machine was due on {@code dueOn}: fulfilled while the day is not
 * after it, late after it.
 *
 * @param rule code of the entry of the book that falls due first, such as {@code elevator-periodic} or {@code maintenance-half-month}
 */
public record Duty(DutyKind kind, LocalDate from, LocalDate until, LocalDate dueOn, String rule) {
    /** The end of what has not ended. */
    public static final LocalDate OPEN = LocalDate.of(9999, 12, 31);

    public Duty {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(dueOn);
        Objects.requireNonNull(rule);
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a duty from " + from + " until " + until + " has no day");
        }
    }

    /** Whether the machine is under this duty on a day. */
    public boolean isOn(LocalDate day) {
        return !day.isBefore(from) && day.isBefore(until);
    }
}
