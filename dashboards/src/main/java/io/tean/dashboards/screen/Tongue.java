package io.tean.dashboards.screen;

import io.tean.core.stream.Label;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How one language says words, figures, times and spans; what is not known is a dash, never a nought. */
public record Tongue(Language language) {
    private static final String UNKNOWN = "–";
    /** Statutory days are days of China, so the pages tell China's time. */
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm:ss");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    public String say(Word word) {
        return say(word.label());
    }

    public String say(Word word, Object... fillings) {
        return String.format(language.locale(), say(word), fillings);
    }

    public String say(Label label) {
        return language.of(label);
    }

    /** A code of another module in this language; the code itself when there is no word for it. */
    public String term(String family, String code) {
        return Word.of(family, code).map(this::say).orElse(code);
    }

    public String count(OptionalDouble value) {
        return value.isEmpty() ? UNKNOWN : String.format(language.locale(), "%,.0f", value.getAsDouble());
    }

    public String count(OptionalLong value) {
        return value.isEmpty() ? UNKNOWN : count(value.getAsLong());
    }

    public String count(long value) {
        return String.format(language.locale(), "%,d", value);
    }

    /** With one digit behind the point where that tells something. */
    public String rate(OptionalDouble value) {
        if (value.isEmpty()) {
            return UNKNOWN;
        }
        boolean small = value.getAsDouble() < 100 && value.getAsDouble() != Math.rint(value.getAsDouble());
        return String.format(language.locale(), small ? "%,.1f" : "%,.0f", value.getAsDouble());
    }

    /** With two digits behind the point, as a scale tells kilogrammes. */
    public String hundredths(OptionalDouble value) {
        return value.isEmpty() ? UNKNOWN : String.format(language.locale(), "%,.2f", value.getAsDouble());
    }

    /** A short span, as measured in seconds. */
    public String seconds(OptionalDouble seconds) {
        if (seconds.isEmpty()) {
            return UNKNOWN;
        }
        double value = seconds.getAsDouble();
        if (value < 1) {
            return say(
                    Word.MILLISECONDS, String.format(language.locale(), value < 0.01 ? "%.1f" : "%.0f", value * 1000));
        }
        return value < 10
                ? say(Word.SECONDS, String.format(language.locale(), "%.1f", value))
                : span(Duration.ofSeconds((long) value));
    }

    public String bytes(OptionalDouble value) {
        if (value.isEmpty()) {
            return UNKNOWN;
        }
        double rest = value.getAsDouble();
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        while (rest >= 1024 && unit < units.length - 1) {
            rest /= 1024;
            unit++;
        }
        return String.format(language.locale(), unit == 0 ? "%,.0f %s" : "%,.1f %s", rest, units[unit]);
    }

    public String time(Instant instant) {
        return TIME.format(instant.atZone(CHINA));
    }

    /** Without the date when that is today's. */
    public String timeNear(Instant instant, Instant now) {
        boolean today =
                instant.atZone(CHINA).toLocalDate().equals(now.atZone(CHINA).toLocalDate());
        return (today ? TIME_OF_DAY : TIME).format(instant.atZone(CHINA));
    }

    /** The two largest units of a span. */
    public String span(Duration span) {
        if (span.toDays() > 0) {
            return say(Word.DAYS, count(span.toDays())) + " " + say(Word.HOURS, span.toHoursPart());
        }
        if (span.toHours() > 0) {
            return say(Word.HOURS, span.toHours()) + " " + say(Word.MINUTES, span.toMinutesPart());
        }
        if (span.toMinutes() > 0) {
            return say(Word.MINUTES, span.toMinutes()) + " " + say(Word.SECONDS, span.toSecondsPart());
        }
        return say(Word.SECONDS, span.toSeconds());
    }

    /** How long before {@code now} a moment was; a device's clock may run ahead. */
    public String age(Instant moment, Instant now) {
        Duration age = Duration.between(moment, now);
        return age.toSeconds() < 0 ? say(Word.AHEAD, span(age.negated())) : say(Word.AGO, span(age));
    }
}
