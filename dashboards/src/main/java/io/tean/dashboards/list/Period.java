package io.tean.dashboards.list;

import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The days that a question is about, of China and both inclusive; from {@code from} and {@code day} of the query.
 *
 * @param from the first day of what is counted over a time
 * @param day the last day, and the one as of which things stand
 */
public record Period(LocalDate from, LocalDate day) {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Pattern DAY = Pattern.compile("(19|20|21)\\d\\d-\\d\\d-\\d\\d");

    /** The day of China at a moment. */
    public static LocalDate today(Instant now) {
        return LocalDate.ofInstant(now, CHINA);
    }

    /**
     * Of nobody's asking: until today, from the first of the month.
     *
     * @throws Refusal when a day cannot be read, or the first lies after the last
     */
    public static Period of(Request request, LocalDate today) {
        LocalDate day = day(request, "day").orElse(today);
        LocalDate from = day(request, "from").orElse(day.withDayOfMonth(1));
        if (from.isAfter(day)) {
            throw Refusal.badParameter("from", "'" + from + "' is after the last day, " + day);
        }
        return new Period(from, day);
    }

    private static Optional<LocalDate> day(Request request, String name) {
        return request.query(name)
                .map(text ->
                        read(text).orElseThrow(() -> Refusal.badParameter(name, "it is not a day such as 2026-03-01")));
    }

    /** A day such as 2026-03-01; empty when it is none, or none of the centuries around ours. */
    public static Optional<LocalDate> read(String text) {
        if (!DAY.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
