package io.tean.simulators.city;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a city has many of, each with how many the full city has. */
public enum CityPart {
    ELEVATORS(60_000),
    BOILERS(5_000),
    PRESSURE_VESSELS(8_000),
    MOBILE_PRESSURE_VESSELS(500),
    CRANES(5_000),
    FORKLIFTS(6_000),
    TOURIST_VEHICLES(300),
    AMUSEMENT_RIDES(60),
    PASSENGER_ROPEWAYS(5),
    CYLINDERS(1_000_000),
    FILLING_STATIONS(25),
    /** With a single firm nobody could maintain without a contract. */
    MAINTENANCE_FIRMS(50),
    USE_UNITS(1_500),
    RESCUE_STATIONS(100),
    INSPECTION_BODIES(5);

    private final int full;

    CityPart(int full) {
        this.full = full;
    }

    /** @throws IllegalArgumentException that names all of them, when none has this name */
    public static CityPart of(String name) {
        return Arrays.stream(values())
                .filter(part -> part.word().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a city has no '" + name + "'; it has "
                        + Arrays.stream(values()).map(CityPart::word).collect(Collectors.joining(", "))));
    }

    /** Such as {@code mobile-pressure-vessels}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    int most() {
        return this == CYLINDERS ? 20_000_000 : this == ELEVATORS ? 99_999 : 50_000;
    }

    int least() {
        return this == MAINTENANCE_FIRMS ? 2 : 1;
    }

    int scaled(double scale) {
        return (int) Math.max(least(), Math.min(most(), Math.round(full * scale)));
    }
}
