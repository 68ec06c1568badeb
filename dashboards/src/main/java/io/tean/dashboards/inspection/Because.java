package io.tean.dashboards.inspection;

import java.util.Locale;
import java.util.Optional;

/** Why a machine is not counted in the periodic inspection rate. */
public enum Because {
    SUSPENDED,
    SCRAPPED,
    DEREGISTERED,
    /** In use, and no entry of the regulation book gives it a day. */
    NO_RULE;

    /** Such as {@code no-rule}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Because> of(String word) {
        for (Because because : values()) {
            if (because.word().equals(word)) {
                return Optional.of(because);
            }
        }
        return Optional.empty();
    }
}
