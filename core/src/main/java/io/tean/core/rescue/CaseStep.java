package io.tean.core.rescue;

/** What can happen in a rescue case. The timeline of a case consists of these. */
public enum CaseStep {
    /** The case begins. */
    OPEN,
    /** A second call or alert of the same machine. */
    JOIN,
    /** A unit is called. */
    DISPATCH,
    /** A level has nobody who can be reached. */
    SKIP,
    /** The unit comes. */
    ANSWER,
    REFUSE,
    /** The clock ran out before the unit answered. */
    NO_ANSWER,
    /** The unit has set out, with or without a forecast. */
    DEPART,
    /** The unit will not be there, or was not there, in the forecast time. */
    LATE,
    ARRIVE,
    /** Another crew is at the machine or takes the case over. */
    TAKE_OVER,
    STAND_DOWN,
    RELEASE,
    /** The people came out by themselves. */
    SELF_RELEASE,
    FALSE_ALARM,
    RATE,
    CLOSE,
    /** From one duty operator to another. */
    HAND_OVER,
    /** What is known of the case changes. */
    AMEND,
    NOTE,
    ARRIVAL_WARNING,
    ARRIVAL_MISSED,
    ACCIDENT_WARNING,
    /** Two hours in the car. */
    ACCIDENT,
    /** No level is left that could be called. */
    NOBODY_LEFT
}
