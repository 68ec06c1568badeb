package io.tean.core.rescue;

/** What had held the car, said by whoever closes the case. Classes of the published bulletins: domain.md 2.5. */
public enum FaultCause {
    /** From outside, such as a power cut. */
    EXTERNAL,
    /** Misuse, such as rubbish in a door. */
    HUMAN,
    DOOR_SYSTEM,
    DRIVE,
    CONTROL,
    SAFETY_DEVICE,
    OTHER_MACHINE,
    UNKNOWN
}
