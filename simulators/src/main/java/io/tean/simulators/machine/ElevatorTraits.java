package io.tean.simulators.machine;

import io.tean.simulators.signal.DayRhythm;

/**
 * What makes one elevator different from the next.
 *
 * @param device the login that publishes its status and events
 */
public record ElevatorTraits(
        Identity identity, long seed, String device, Hoistway hoistway, Traffic traffic, Upkeep upkeep) {

    /**
     * The mechanical part. Floors are counted as shown: below the ground -1, -2, from the ground 1, 2; there is no 0.
     *
     * @param basements floors below the ground
     * @param floors floors from the ground up
     * @param speedMps rated speed in m/s
     * @param loadKg rated load in kg
     * @param emergencyPower whether it brings the car to a landing by itself when the mains fail
     */
    public record Hoistway(int basements, int floors, double speedMps, double loadKg, boolean emergencyPower) {
        int landings() {
            return basements + floors;
        }

        /** The floor as shown in the car for a landing counted from 0. */
        String shown(int landing) {
            return landing < basements ? "B" + (basements - landing) : String.valueOf(landing - basements + 1);
        }
    }

    /** How it is used. */
    public record Traffic(DayRhythm rhythm, int tripsPerDay) {}

    /**
     * Who looks after it.
     *
     * @param device the login that publishes its visits
     * @param firmCode unified social credit code of the maintenance firm
     * @param latitude degrees, CGCS2000
     * @param longitude degrees, CGCS2000
     */
    public record Upkeep(String device, String firmCode, double latitude, double longitude) {}
}
