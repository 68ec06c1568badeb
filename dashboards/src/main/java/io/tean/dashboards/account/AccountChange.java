package io.tean.dashboards.account;

import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the audit trail about an account.
 *
 * @param action such as {@code account.disable}
 * @param source the address that it came from
 */
public record AccountChange(long id, Instant at, String actor, String action, Optional<String> source) {
    /** Without what all of them begin with. */
    public String verb() {
        return action.replaceFirst("^account\\.", "");
    }
}
