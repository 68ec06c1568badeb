package io.tean.simulators.machine;

import java.time.Instant;
import java.util.List;

/** Something that acts at instants of its own choosing and publishes what it measures. */
public sealed interface Machine permits Elevator, Boiler, FillingMachine, MaintenanceCrew {
    /** The code of the equipment that it publishes for. */
    String code();

    /** When it wants to act again. */
    Instant next();

    /** Does what is due at an instant, which is {@link #next()} and never runs backwards. */
    void act(Instant now, Outlet out);

    /** Lets a fault begin; {@link #next()} may come earlier from then on. */
    void begin(Fault fault, Instant now);

    /** Puts a fault right, as the people on site would. */
    void end(Fault fault, Instant now);

    /** By what the newest fault has shown itself since it began. */
    List<Sign> signs();
}
