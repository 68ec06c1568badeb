package io.tean.dashboards.status;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** Rates per second over the last seconds, from samples of counters. One thread adds, any thread asks. */
final class RateWindow {
    private static final Duration WIDTH = Duration.ofSeconds(10);

    private final Deque<Sample> samples = new ArrayDeque<>();
    private volatile Optional<Rates> rates = Optional.empty();

    private record Sample(Instant at, Map<Figure, Double> values) {}

    void add(Instant at, IngestFigures figures) {
        Sample newest = new Sample(at, figures.values());
        if (!samples.isEmpty() && !at.isAfter(samples.getLast().at())) {
            // The clock was set back: what was sampled before cannot be compared.
            samples.clear();
        }
        samples.add(newest);
        while (samples.size() > 2
                && Duration.between(samples.getFirst().at(), at).compareTo(WIDTH) > 0) {
            samples.removeFirst();
        }
        rates = samples.size() < 2 ? Optional.empty() : Optional.of(between(samples.getFirst(), newest));
    }

    Optional<Rates> rates() {
        return rates;
    }

    private static Rates between(Sample first, Sample last) {
        Duration over = Duration.between(first.at(), last.at());
        Map<Figure, Double> perSecond = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.RATED) {
            Double now = last.values().get(figure);
            if (now != null) {
                // A counter is made when it first counts: before that it stood at nought.
                double before = first.values().getOrDefault(figure, 0.0);
                perSecond.put(figure, Math.max(0, now - before) * 1e9 / over.toNanos());
            }
        }
        return new Rates(over, perSecond);
    }
}
