package io.tean.dashboards.rescue;

import java.time.Duration;
import java.time.Instant;

/**
 * What is left until a clock runs out; board.js counts on from here.
 *
 * @param text such as 1:59:30, 4:05, or with a minus when it is over
 */
public record Countdown(String text, boolean over) {
    public static Countdown to(Instant at, Instant now) {
        long left = Duration.between(now, at).toSeconds();
        long size = Math.abs(left);
        String minutes = size >= 3600
                ? size / 3600 + ":" + two(size / 60 % 60) + ":" + two(size % 60)
                : size / 60 + ":" + two(size % 60);
        return new Countdown((left < 0 ? "−" : "") + minutes, left <= 0);
    }

    private static String two(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }
}
