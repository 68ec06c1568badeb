package io.tean.dashboards.route;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import java.util.Optional;

/**
 * Somebody or something that asks.
 *
 * @param seat the account; empty for a stranger
 */
record Caller(String name, Optional<Seat> seat, Badge badge) {
    /** By what it is recognised. */
    enum Badge {
        NOTHING,
        SESSION,
        /** Of an account whose password somebody else has seen. */
        SESSION_WITH_PASSWORD_DUE,
        TOKEN,
        /** One with every scope but the one that the route needs. */
        TOKEN_WITHOUT_SCOPE;

        boolean isToken() {
            return this == TOKEN || this == TOKEN_WITHOUT_SCOPE;
        }
    }

    /** An account in {@link TwoSides}. */
    record Seat(int id, String account, Role role, Scope scope) {}

    static Caller stranger() {
        return new Caller("stranger", Optional.empty(), Badge.NOTHING);
    }

    Seat account() {
        return seat.orElseThrow(() -> new IllegalStateException(name + " has no account"));
    }

    @Override
    public String toString() {
        return name;
    }
}
