package io.tean.register.intake;

/** What becomes of the good rows when others are refused. */
public enum ImportMode {
    ALL_OR_NOTHING,
    ACCEPT_GOOD
}
