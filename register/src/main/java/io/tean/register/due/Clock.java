package io.tean.register.due;

import java.time.LocalDate;

/** When one entry of the book falls due for one machine. Asked for days in use that ascend. */
sealed interface Clock permits InspectionClock, MaintenanceClock {
    /** Nothing is due, ever. */
    LocalDate NEVER = LocalDate.MAX;

    /**
     * What is due as seen on a day, {@link #NEVER} where nothing is asked.
     *
     * @param span index of the span in use that the day lies in
     */
    LocalDate dueOn(LocalDate day, int span);

    /** The code of the entry, or what stands for it without a date, of the last answer. */
    String rule();

    /** How long the cycle is, in days: of two that are due on a day the longer one counts, for it fulfils the shorter. */
    int length();
}
