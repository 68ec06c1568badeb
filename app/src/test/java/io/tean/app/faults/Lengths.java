package io.tean.app.faults;

import java.time.Duration;

/**
 * How long the parts of a scenario take.
 *
 * @param load longest time of load before the fault, and after it
 * @param pause how long a process is stopped with SIGSTOP
 * @param outage how long the database is away
 */
record Lengths(Duration load, Duration pause, Duration outage) {
    /** For every build. */
    static final Lengths SHORT = new Lengths(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(5));

    /** As the promises are worded. */
    static final Lengths LONG = new Lengths(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(60));
}
