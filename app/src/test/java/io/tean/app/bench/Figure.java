package io.tean.app.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * One measured quantity: its values round by round, of which the median counts.
 *
 * @param key its name in the JSON file
 * @param unit behind its name in the table
 * @param most what it should stay at or below; empty when there is no such aim
 * @param least what it should reach
 */
record Figure(String key, String unit, int decimals, OptionalDouble least, OptionalDouble most, List<Double> values) {
    Figure {
        values = List.copyOf(values);
    }

    static Figure of(String key, String unit, int decimals, List<Double> values) {
        return new Figure(key, unit, decimals, OptionalDouble.empty(), OptionalDouble.empty(), values);
    }

    Figure atLeast(double aim) {
        return new Figure(key, unit, decimals, OptionalDouble.of(aim), most, values);
    }

    Figure atMost(double aim) {
        return new Figure(key, unit, decimals, least, OptionalDouble.of(aim), values);
    }

    double median() {
        double[] sorted = sorted();
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    double lowest() {
        return sorted()[0];
    }

    double highest() {
        double[] sorted = sorted();
        return sorted[sorted.length - 1];
    }

    private double[] sorted() {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    boolean hasAim() {
        return least.isPresent() || most.isPresent();
    }

    boolean reachesAim() {
        return median() >= least.orElse(Double.NEGATIVE_INFINITY) && median() <= most.orElse(Double.POSITIVE_INFINITY);
    }

    String number(double value) {
        return String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    String row() {
        return String.format(
                Locale.ROOT,
                "%-28s %10s   %s to %s  %s",
                key,
                number(median()),
                number(lowest()),
                number(highest()),
                unit);
    }

    /** Measured against aim, such as {@code ratio 0.71 (aim >= 0.60: reached)}. */
    String verdict() {
        String aim = least.isPresent() ? ">= " + number(least.getAsDouble()) : "<= " + number(most.orElseThrow());
        return key + " " + number(median()) + " (aim " + aim + ": " + (reachesAim() ? "reached" : "MISSED") + ")";
    }
}
