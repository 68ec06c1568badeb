package io.tean.register.due;

/** The three questions that a machine is asked every day. */
public enum DutyKind {
    /** Inside the validity of all its statutory inspections: the base of the periodic inspection rate (定期检验率). */
    INSPECTION,
    /** Tested by itself (自行检测, TSG T7008) in the years without an inspection. */
    SELF_TESTING,
    /** Maintained at every level in time (维护保养). */
    MAINTENANCE
}
