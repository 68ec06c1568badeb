package io.tean.dashboards.account;

import io.tean.dashboards.access.TokenScope;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;

/** A token as listed; its word is kept nowhere. */
public record ApiToken(
        int id,
        String name,
        SortedSet<TokenScope> scopes,
        Instant addedAt,
        Instant expiresAt,
        boolean expired,
        Optional<Instant> lastUsed,
        Optional<Instant> revokedAt) {

    /** Whether it opens anything. */
    public enum State {
        USABLE,
        EXPIRED,
        REVOKED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public State state() {
        if (revokedAt.isPresent()) {
            return State.REVOKED;
        }
        return expired ? State.EXPIRED : State.USABLE;
    }

    public boolean isUsable() {
        return state() == State.USABLE;
    }
}
