package io.tean.dashboards.status;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Measurement;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Statistic;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * What the meters of ingest say at one moment. A meter that does not exist is absent: unknown is not nought.
 *
 * @param deadLetters by reason, since the start
 * @param refused connections by reason, since the start
 * @param batchRows readings in a transaction
 * @param commit seconds
 */
public record IngestFigures(
        Map<Figure, Double> values,
        Map<String, Double> deadLetters,
        Map<String, Double> refused,
        Optional<Spread> batchRows,
        Optional<Spread> commit) {

    private static final String REASON = "reason";

    public IngestFigures {
        values = Map.copyOf(values);
        deadLetters = Map.copyOf(deadLetters);
        refused = Map.copyOf(refused);
    }

    /**
     * How a quantity spreads.
     *
     * @param mean since the start
     * @param max of the last minutes, as long as the meter remembers it
     */
    public record Spread(double mean, double max) {}

    static IngestFigures of(MeterRegistry meters) {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            value(meters, figure).ifPresent(value -> values.put(figure, value));
        }
        return new IngestFigures(
                values,
                byReason(meters, Figure.DEAD_LETTERS),
                byReason(meters, Figure.REFUSED),
                Optional.ofNullable(meters.find("tean.ingest.batch.rows").summary())
                        .filter(summary -> summary.count() > 0)
                        .map(IngestFigures::rows),
                Optional.ofNullable(meters.find("tean.ingest.commit").timer())
                        .filter(timer -> timer.count() > 0)
                        .map(IngestFigures::seconds));
    }

    public OptionalDouble value(Figure figure) {
        Double value = values.get(figure);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static Optional<Double> value(MeterRegistry meters, Figure figure) {
        return meters.find(figure.meter()).meters().stream()
                .map(IngestFigures::value)
                .filter(Double::isFinite)
                .reduce(Double::sum);
    }

    private static Map<String, Double> byReason(MeterRegistry meters, Figure figure) {
        Map<String, Double> reasons = new TreeMap<>();
        for (Meter meter : meters.find(figure.meter()).tagKeys(REASON).meters()) {
            String reason = Objects.requireNonNull(meter.getId().getTag(REASON), "asked for meters with this tag");
            reasons.merge(reason, value(meter), Double::sum);
        }
        reasons.values().removeIf(value -> value == 0);
        return reasons;
    }

    /** Counters, gauges and those that are kept by a function all measure themselves alike. */
    private static double value(Meter meter) {
        for (Measurement measurement : meter.measure()) {
            if (measurement.getStatistic() == Statistic.COUNT || measurement.getStatistic() == Statistic.VALUE) {
                return measurement.getValue();
            }
        }
        return Double.NaN;
    }

    private static Spread rows(DistributionSummary summary) {
        return new Spread(summary.mean(), summary.max());
    }

    private static Spread seconds(Timer timer) {
        return new Spread(timer.mean(TimeUnit.SECONDS), timer.max(TimeUnit.SECONDS));
    }
}
