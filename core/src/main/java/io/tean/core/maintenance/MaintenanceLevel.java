package io.tean.core.maintenance;

import java.util.Locale;

/** The four levels of TSG T5002-2017, of which a higher one does the lower ones as well, and the call-out repair, which resets no clock. */
public enum MaintenanceLevel {
    HALF_MONTH,
    QUARTER,
    HALF_YEAR,
    YEAR,
    CALL_OUT_REPAIR;

    /** As devices write it, such as {@code half_month}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
