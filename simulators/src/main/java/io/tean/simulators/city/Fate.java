package io.tean.simulators.city;

/** What is wrong with a machine; most are sound. A machine has one fate, so that every gap can be told from the others. */
enum Fate {
    SOUND(0),
    /** Out of use on the city's day, each in its way. */
    SUSPENDED(0.01),
    SCRAPPED(0.005),
    DEREGISTERED(0.005),
    /** Was out of use for some weeks. */
    RESUMED(0.005),
    NO_DATE(0.0005),
    INSPECTION_NEVER_SUBMITTED(0.02),
    INSPECTION_LATE(0.01),
    INSPECTION_AGREED(0.01),
    HALF_MONTH_OVERDUE(0.025),
    QUARTER_OVERDUE(0.005),
    DUE_SOON(0.02),
    ON_DEMAND(0.005),
    /** Would be overdue if nobody had suspended that. */
    MAINTENANCE_SUSPENDED(0.001),
    TOO_SHORT(0.0004),
    ONE_WORKER(0.0004),
    UNCERTIFIED_WORKER(0.0004),
    TOO_FAR(0.0004),
    /** Its crew is at the next machine at the same time; that one is {@link #WORKER_TWICE_TOO}. */
    WORKER_TWICE(0.0002),
    WORKER_TWICE_TOO(0),
    ITEMS_MISSING(0.0004),
    NO_CONTRACT(0.0004),
    /** The newest visit is suspect, and so the machine is overdue. */
    NEWEST_SUSPECT(0.0004);

    private final double share;

    Fate(double share) {
        this.share = share;
    }

    /** How many of so many machines have it; of elevators at least one. */
    int of(int machines, boolean atLeastOne) {
        return this == SOUND || share == 0 ? 0 : Math.max(atLeastOne ? 1 : 0, (int) Math.round(share * machines));
    }

    boolean isInspectionOverdue() {
        return this == INSPECTION_NEVER_SUBMITTED || this == INSPECTION_LATE || this == INSPECTION_AGREED;
    }

    boolean isOutOfUse() {
        return this == SUSPENDED || this == SCRAPPED || this == DEREGISTERED;
    }

    /** The word of the truth file. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }
}
