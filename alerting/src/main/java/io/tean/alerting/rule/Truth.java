package io.tean.alerting.rule;

/** What an expression says of values of which some may be missing. */
public enum Truth {
    TRUE,
    FALSE,
    /** A missing value would decide. */
    UNKNOWN
}
