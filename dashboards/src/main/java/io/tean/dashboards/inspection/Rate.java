package io.tean.dashboards.inspection;

import java.util.Locale;

/** The two rates, always told together: the first can be 100 % while the second is not, because somebody submitted nothing. */
public enum Rate {
    /** Inspection rate of submitted equipment (报检设备检验率), over a period. */
    SUBMITTED,
    /** Periodic inspection rate (定期检验率), as of a day. */
    PERIODIC;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
