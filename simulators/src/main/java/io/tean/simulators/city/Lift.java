package io.tean.simulators.city;

import io.tean.simulators.signal.Dice;
import java.time.LocalDate;
import java.util.Set;

/**
 * An elevator, escalator or moving walk, its papers and its place in the round of a crew.
 *
 * @param typeCode of the catalogue of its time
 * @param place number on the round of its crew, from 0
 */
record Lift(
        Plate plate,
        String typeCode,
        String catalogue,
        double latitude,
        double longitude,
        String useUnit,
        String body,
        LocalDate supervisedOn,
        Crew crew,
        int place) {
    private static final Set<String> ESCALATORS = Set.of("2014 3310", "2014 3320", "old 3500", "old 3600");

    /** What stands on it. */
    record Plate(String code, String name, String division, String address, String rescueCode) {}

    String code() {
        return plate.code();
    }

    boolean isEscalator() {
        return ESCALATORS.contains(catalogue + " " + typeCode);
    }

    /** Chance of its own for one purpose. */
    Dice dice(long seed, String purpose) {
        return Dice.of(seed, purpose + " " + code());
    }
}
