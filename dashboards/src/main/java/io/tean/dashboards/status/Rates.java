package io.tean.dashboards.status;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;

/** Rates per second, and the span that they were measured over. */
public record Rates(Duration over, Map<Figure, Double> perSecond) {
    public Rates {
        perSecond = Map.copyOf(perSecond);
    }

    OptionalDouble of(Figure figure) {
        Double rate = perSecond.get(figure);
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }
}
