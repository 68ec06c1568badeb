package io.tean.core.alert;

/** What it was, said by whoever closes the alert. */
public enum CauseClass {
    /** The machine or the duty was at fault, as told. */
    GENUINE,
    /** From outside, such as a power cut. */
    EXTERNAL,
    /** Misuse, such as rubbish in a door. */
    HUMAN,
    /** Work at the machine. */
    WORK,
    FALSE_ALARM,
    /** It recovered, and nobody had to act. */
    RECOVERED
}
