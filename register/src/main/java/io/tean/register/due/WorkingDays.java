package io.tean.register.due;

import java.time.DayOfWeek;
import java.time.LocalDate;

/** Monday to Friday. Public holidays and the weekends that are worked in their stead are not known, so a limit may end up to a holiday too early. */
public final class WorkingDays {
    private WorkingDays() {}

    /**
     * So many working days after a day, which itself does not count.
     *
     * @param days from 0
     */
    public static LocalDate add(LocalDate day, int days) {
        if (days < 0) {
            throw new IllegalArgumentException("cannot add " + days + " working days; from 0");
        }
        LocalDate on = day;
        for (int left = days; left > 0; ) {
            on = on.plusDays(1);
            if (on.getDayOfWeek() != DayOfWeek.SATURDAY && on.getDayOfWeek() != DayOfWeek.SUNDAY) {
                left--;
            }
        }
        return on;
    }
}
