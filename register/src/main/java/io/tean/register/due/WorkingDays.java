package io.tean.register.due;

import java.time.*;

public final class WorkingDays {
    private WorkingDays() {}

    public static LocalDate add(LocalDate d, int n) {
        LocalDate r = d;
        for (int i = 0; i < n; ) {
            r = r.plusDays(1);
            if (r.getDayOfWeek().getValue() < 6) i++;
        }
        return r;
    }
}
