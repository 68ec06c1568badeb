package io.tean.register.regulation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** What an entry of the book is about. */
public enum Asked {
    @JsonProperty("inspection")
    INSPECTION,
    @JsonProperty("self-testing")
    SELF_TESTING,
    @JsonProperty("maintenance")
    MAINTENANCE,
    @JsonProperty("cylinder-inspection")
    CYLINDER_INSPECTION,
    /** A cylinder may not be used beyond. */
    @JsonProperty("cylinder-life")
    CYLINDER_LIFE,
    /** An amount that others look up by its code. */
    @JsonProperty("limit")
    LIMIT;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
