package io.tean.dashboards.list;

import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/** Days of China, as addresses and forms say them. */
public final class Day {
    public static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final Pattern FORM = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private Day() {}

    public static LocalDate today(InstantSource clock) {
        return clock.instant().atZone(CHINA).toLocalDate();
    }

    /**
     * The day that a list is asked for: the query's {@code day}, or today.
     *
     * @throws Refusal when it is no day
     */
    public static LocalDate asked(Request request, InstantSource clock) {
        return asked(request, "day").orElseGet(() -> today(clock));
    }

    /** @throws Refusal when the query's value is no day */
    public static Optional<LocalDate> asked(Request request, String name) {
        return request.query(name)
                .map(text ->
                        read(text).orElseThrow(() -> Refusal.badParameter(name, "it is not a day such as 2026-03-01")));
    }

    /** Empty when the text is no day such as 2026-03-01. */
    public static Optional<LocalDate> read(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException e) {
            // Such as the 30th of February.
            return Optional.empty();
        }
    }

    /** A moment as a form has it, of China, or as a program writes it; empty when it is none, or before 2000. */
    public static Optional<Instant> moment(String text) {
        try {
            Instant moment = text.endsWith("Z") || text.matches(".*[+-]\\d{2}:\\d{2}")
                    ? OffsetDateTime.parse(text).toInstant()
                    : LocalDateTime.parse(text).atZone(CHINA).toInstant();
            return Optional.of(moment).filter(at -> !at.isBefore(EARLIEST));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /** When a day begins. */
    public static OffsetDateTime start(LocalDate day) {
        return day.atStartOfDay(CHINA).toOffsetDateTime();
    }
}
