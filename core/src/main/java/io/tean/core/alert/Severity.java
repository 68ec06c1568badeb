package io.tean.core.alert;

/** How bad it is, the worst first; on screens red, orange, yellow, blue. */
public enum Severity {
    /** Somebody may be hurt or trapped: opens a case. */
    EMERGENCY,
    CRITICAL,
    WARNING,
    NOTICE
}
