package io.tean.core.stream;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How far a rule or a code table may be trusted: whether its own text was read. */
public enum Mark {
    @JsonProperty("seen")
    SEEN,
    @JsonProperty("secondary")
    SECONDARY,
    @JsonProperty("derived")
    DERIVED,
    @JsonProperty("from-memory")
    FROM_MEMORY;

    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
