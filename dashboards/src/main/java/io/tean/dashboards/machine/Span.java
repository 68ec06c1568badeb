package io.tean.dashboards.machine;

import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The time that a chart shows. */
public record Span(Instant from, Instant to) {
    /** The spans that are offered, by their words. */
    static final Map<String, Duration> OFFERED = new LinkedHashMap<>();

    static {
        OFFERED.put("6h", Duration.ofHours(6));
        OFFERED.put("2d", Duration.ofDays(2));
        OFFERED.put("30d", Duration.ofDays(30));
        OFFERED.put("1y", Duration.ofDays(366));
    }

    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration LONGEST = Duration.ofDays(3660);

    /**
     * The span that a request names by {@code from} and {@code to}, or by {@code span} until now; else the last two days.
     *
     * @throws Refusal when it cannot be shown
     */
    static Span of(Request request, Instant now) {
        Optional<Instant> from = request.query("from").map(text -> instant("from", text));
        Optional<Instant> to = request.query("to").map(text -> instant("to", text));
        if (from.isEmpty() && to.isEmpty()) {
            String word = request.query("span").orElse("2d");
            Duration offered = OFFERED.get(word);
            if (offered == null) {
                throw Refusal.badParameter("span", "'" + word + "' is none of " + String.join(", ", OFFERED.keySet()));
            }
            return new Span(now.minus(offered), now);
        }
        Instant end = to.orElse(now);
        Instant begin = from.orElseGet(() -> end.minus(Duration.ofDays(2)));
        Duration length = Duration.between(begin, end);
        if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
            throw Refusal.badParameter(
                    "from", begin + " must lie before " + end + ", by " + LONGEST.toDays() + " days at most");
        }
        return new Span(begin, end);
    }

    private static Instant instant(String name, String text) {
        try {
            Instant at = OffsetDateTime.parse(text).toInstant();
            // Years that the database has no words for.
            if (at.isBefore(Instant.EPOCH) || at.isAfter(Instant.parse("2200-01-01T00:00:00Z"))) {
                throw Refusal.badParameter(name, "'" + text + "' is not between 1970 and 2200");
            }
            return at;
        } catch (DateTimeException e) {
            throw Refusal.badParameter(name, "'" + text + "' is no time such as 2026-11-22T08:00:00+08:00");
        }
    }

    public Duration length() {
        return Duration.between(from, to);
    }

    /** Half a span earlier. */
    Span earlier() {
        Duration half = length().dividedBy(2);
        return new Span(from.minus(half), to.minus(half));
    }

    /** Half a span later, and never beyond now. */
    Span later(Instant now) {
        Duration half = length().dividedBy(2);
        Instant end = to.plus(half).isAfter(now) ? now : to.plus(half);
        return new Span(end.minus(length()), end);
    }

    /** The half in the middle. */
    Span closer() {
        Duration quarter = length().dividedBy(4);
        return length().dividedBy(2).compareTo(SHORTEST) < 0 ? this : new Span(from.plus(quarter), to.minus(quarter));
    }

    /** Twice as long, about the same middle, and never beyond now. */
    Span wider(Instant now) {
        Duration half = length().dividedBy(2);
        if (length().multipliedBy(2).compareTo(LONGEST) > 0) {
            return this;
        }
        Instant end = to.plus(half).isAfter(now) ? now : to.plus(half);
        return new Span(end.minus(length().multipliedBy(2)), end);
    }
}
