package io.tean.core.alert;

import java.util.Locale;

/** Where an alert stands with people. That its condition no longer holds (cleared) is told beside it. */
public enum AlertState {
    OPEN,
    ACKNOWLEDGED,
    CLOSED;

    /** As it stands in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException for a word that is none */
    public static AlertState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
