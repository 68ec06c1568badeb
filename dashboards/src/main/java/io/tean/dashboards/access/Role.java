package io.tean.dashboards.access;

import java.util.Locale;
import java.util.Optional;

/** What a person does here. It decides which pages there are; the {@link Scope} decides which rows. */
public enum Role {
    /** Duty operator of the 96333 platform. */
    DISPATCHER,
    /** Supervision officer of the bureau. */
    INSPECTOR,
    /** Office of a maintenance firm. */
    FIRM,
    /** Office of a filling or rescue station. */
    STATION,
    /** Office of a use unit. */
    USE_UNIT,
    /** The bureau's engineer. */
    ADMINISTRATOR,
    /** Looks and changes nothing: a wall board, an auditor. */
    READ_ONLY;

    /** As on the command line and in the API, such as {@code use-unit}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> of(String word) {
        for (Role role : values()) {
            if (role.word().equals(word)) {
                return Optional.of(role);
            }
        }
        return Optional.empty();
    }

    /** Whether an account of this role belongs to one organisation. */
    public boolean needsOrganisation() {
        return this == FIRM || this == STATION || this == USE_UNIT;
    }

    public boolean mayHaveOrganisation() {
        return needsOrganisation() || this == READ_ONLY;
    }

    /** Whether an account of this role may be held to one division. */
    public boolean mayHaveDivision() {
        return this == DISPATCHER || this == INSPECTOR || this == READ_ONLY;
    }
}
