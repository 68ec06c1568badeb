package io.tean.dashboards.access;

import java.util.Locale;
import java.util.Optional;

/** What an API token may do, at most; never more than its account may. */
public enum TokenScope {
    STATUS_READ,
    ALERTS_READ,
    ALERTS_DECIDE,
    CASES_READ,
    DEVICES_READ,
    DEAD_LETTERS_READ,
    DEAD_LETTERS_DECIDE,
    REGISTER_READ,
    REGISTER_CHANGE,
    INSPECTION_READ,
    INSPECTION_DECIDE,
    FIGURES_READ,
    MAINTENANCE_READ,
    MAINTENANCE_RECORD,
    MAINTENANCE_DECIDE,
    ACCOUNTS_READ,
    ACCOUNTS_CHANGE,
    AUDIT_READ,
    NOTICES_READ,
    NOTICES_DECIDE,
    METRICS_READ;

    /** Such as {@code dead-letters:read}. */
    public String word() {
        String text = name().toLowerCase(Locale.ROOT);
        int verb = text.lastIndexOf('_');
        return text.substring(0, verb).replace('_', '-') + ":" + text.substring(verb + 1);
    }

    public static Optional<TokenScope> of(String word) {
        for (TokenScope scope : values()) {
            if (scope.word().equals(word)) {
                return Optional.of(scope);
            }
        }
        return Optional.empty();
    }
}
