package io.tean.dashboards.machine;

import io.tean.core.stream.Label;
import io.tean.dashboards.machine.Incidents.AlertMark;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A measure of one machine over a span, in buckets.
 *
 * @param points in the order of time, those with a value only
 */
public record Series(
        MachineKey machine,
        Measure measure,
        Span span,
        Grain grain,
        Duration bucket,
        List<Point> points,
        List<AlertMark> alerts) {
    public Series {
        points = List.copyOf(points);
        alerts = List.copyOf(alerts);
    }

    /** What the points are made of. */
    public enum Grain {
        READINGS(Duration.ZERO),
        HOURS(Duration.ofHours(1)),
        DAYS(Duration.ofDays(1));

        private final Duration least;

        Grain(Duration least) {
            this.least = least;
        }

        Duration least() {
            return least;
        }

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * A bucket with readings. A share is from 0 to 1, and its least and most are the same as its mean.
     *
     * @param at of the first reading, or the beginning of an hour or day
     * @param n readings that had the field
     */
    public record Point(Instant at, long n, double least, double mean, double most) {}

    /** From this distance on two points are not joined: in between the machine was not heard. */
    Duration gap() {
        Optional<Duration> usual = measure.interval();
        if (usual.isEmpty()) {
            return Duration.ZERO;
        }
        Duration steps = bucket.multipliedBy(3).dividedBy(2);
        Duration beats = usual.get().multipliedBy(4);
        return steps.compareTo(beats) > 0 ? steps : beats;
    }

    /** The points, and nothing between two of them that lie too far apart to be joined. */
    List<Optional<Point>> withGaps() {
        List<Optional<Point>> all = new ArrayList<>();
        @Nullable Point before = null;
        for (Point point : points) {
            if (before != null
                    && measure.interval().isPresent()
                    && Duration.between(before.at, point.at).compareTo(gap()) > 0) {
                all.add(Optional.empty());
            }
            all.add(Optional.of(point));
            before = point;
        }
        return all;
    }

    /** A value as a person reads it: percent of a share, and no more digits than a device measures. */
    public String said(double value) {
        double shown = measure.isShare() ? value * 100 : value;
        String text = BigDecimal.valueOf(shown)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
        return measure.isShare() ? text + " %" : text;
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("equipment", machine.code());
        json.put("name", machine.name());
        json.put("stream", measure.stream().name());
        json.put("field", measure.field().name());
        json.put("title", measure.field().label().en());
        json.put("title_zh", measure.field().label().zh());
        json.put("kind", measure.isShare() ? "share" : "number");
        json.put("unit", measure.field().unit());
        json.put("from", span.from());
        json.put("to", span.to());
        json.put("made_of", grain.word());
        json.put("bucket_seconds", bucket.toSeconds());
        json.put("joined", measure.interval().isPresent());
        json.put(
                "points",
                withGaps().stream().map(p -> p.map(Series::json).orElse(null)).toList());
        json.put("alerts", alerts.stream().map(Series::json).toList());
        return json;
    }

    private static Map<String, Object> json(Point point) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", point.at);
        json.put("n", point.n);
        json.put("min", point.least);
        json.put("mean", point.mean);
        json.put("max", point.most);
        return json;
    }

    private static Map<String, @Nullable Object> json(AlertMark alert) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("alert", alert.id());
        json.put("severity", alert.severity());
        json.put("title", alert.title().map(Label::en).orElse(null));
        json.put("title_zh", alert.title().map(Label::zh).orElse(null));
        json.put("from", alert.from());
        json.put("until", alert.until().orElse(null));
        return json;
    }
}
