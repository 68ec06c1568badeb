package io.tean.alerting.rule;

/** What an alert is about. */
public enum SubjectKind {
    /** A registered machine, by its inner number. */
    MACHINE,
    /** A gas cylinder, by the code that was read. */
    CYLINDER,
    DEVICE,
    /** A person's certificate, by its number. */
    CERTIFICATE,
    /** A submission for inspection, by its number. */
    SUBMISSION,
    /** A maintenance visit, by the number of its record. */
    VISIT,
    /** An equipment code that nobody registered. */
    CODE,
    /** All machines of one use unit at one address. */
    SITE,
    /** Tean itself. */
    SYSTEM
}
