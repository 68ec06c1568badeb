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

    /** The rated pressure in MPa of the boiler of a code: what is registered of it and what it does must agree. */
    public static double ratedMpa(String code) {
        if (code.startsWith("12")) {
            return 0.7;
        }
        return code.hashCode() % 2 == 0 ? 1.0 : 1.25;
    }
}
