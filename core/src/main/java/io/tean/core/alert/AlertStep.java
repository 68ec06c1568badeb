package io.tean.core.alert;

/** What can happen to an alert that is there. */
public enum AlertStep {
    /** A reading or a look at the duties fulfils the rule again. */
    FINDING,
    /** The condition no longer holds. */
    RECOVERY,
    /** Somebody has seen it and takes care. */
    ACKNOWLEDGE,
    /** Somebody ends it. Not for emergencies. */
    CLOSE,
    /** Somebody declares that nobody is in danger any more: the only end of an emergency. */
    END_OF_ALARM,
    /** It recovered long enough ago, and its rule does not ask for a person. */
    EXPIRE
}
