package io.tean.simulators.city;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which city to make up; the same plan gives the same files.
 *
 * @param day the last day of its history, of China
 * @param counts how many of each part
 * @param fleet the folder of a fleet whose machines and organisations are part of the city
 */
public record CityPlan(long seed, LocalDate day, Map<CityPart, Integer> counts, Optional<Path> fleet) {
    /** The machines of a fleet were made until 2024. */
    private static final LocalDate EARLIEST = LocalDate.of(2025, 1, 1);

    private static final LocalDate LATEST = LocalDate.of(2099, 12, 31);

    public CityPlan {
        if (day.isBefore(EARLIEST) || day.isAfter(LATEST)) {
            throw new IllegalArgumentException(
                    "the day of the city is " + day + "; it must be from " + EARLIEST + " to " + LATEST);
        }
        for (CityPart part : CityPart.values()) {
            Integer count = counts.get(part);
            if (count == null || count < part.least() || count > part.most()) {
                throw new IllegalArgumentException("the number of " + part.word() + " is " + count
                        + "; it must be from " + part.least() + " to " + part.most());
            }
        }
        counts = Map.copyOf(counts);
    }

    /**
     * @param scale 1 is the full city; everything is there at least once
     * @param explicit counts that stand whatever the scale
     */
    public static Map<CityPart, Integer> counts(double scale, Map<CityPart, Integer> explicit) {
        if (!(scale > 0 && scale <= 1.5)) {
            throw new IllegalArgumentException("the scale is " + scale + "; it must be above 0 and at most 1.5");
        }
        Map<CityPart, Integer> counts = new EnumMap<>(CityPart.class);
        for (CityPart part : CityPart.values()) {
            counts.put(part, explicit.getOrDefault(part, part.scaled(scale)));
        }
        return counts;
    }

    int count(CityPart part) {
        return counts.getOrDefault(part, part.least());
    }
}
