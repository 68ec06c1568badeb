package io.tean.simulators.machine;

import io.tean.simulators.signal.DayRhythm;

/**
 * What makes one boiler different from the next.
 *
 * @param capacityTph rated evaporation in t/h; for hot water the heat that evaporates as much
 * @param pressureMpa rated pressure in MPa, above atmosphere
 */
public record BoilerTraits(
        Identity identity,
        long seed,
        String device,
        Kind kind,
        double capacityTph,
        double pressureMpa,
        DayRhythm demand) {

    /** What it heats. */
    public enum Kind {
        STEAM,
        HOT_WATER
    }
}
