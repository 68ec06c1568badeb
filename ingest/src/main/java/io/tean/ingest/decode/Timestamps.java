package io.tean.ingest.decode;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Reads times as RFC 3339 writes them. */
final class Timestamps {
    /** What {@link #epochMicros} answers for a text that is not a time. */
    static final long NOT_A_TIME = Long.MIN_VALUE;

    private Timestamps() {}

    /**
     * Microseconds since 1970-01-01T00:00:00Z of a text such as {@code 2026-11-22T08:00:00.123456+08:00}; finer digits are cut.
     * The offset is required and a leap second is refused: {@link #NOT_A_TIME}.
     */
    static long epochMicros(String text) {
        int length = text.length();
        if (length < 20
                || text.charAt(4) != '-'
                || text.charAt(7) != '-'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return NOT_A_TIME;
        }
        char separator = text.charAt(10);
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        if ((separator != 'T' && separator != 't' && separator != ' ')
                || (year | month | day | hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 59) {
            return NOT_A_TIME;
        }
        int at = 19;
        int micros = 0;
        if (text.charAt(at) == '.') {
            int digits = 0;
            int scale = 100_000;
            for (at++; at < length; at++, digits++) {
                int digit = text.charAt(at) - '0';
                if (digit < 0 || digit > 9) {
                    break;
                }
                micros += digit * scale;
                scale /= 10;
            }
            if (digits == 0 || digits > 9) {
                return NOT_A_TIME;
            }
        }
        long offset = offsetSeconds(text, at);
        if (offset == NOT_A_TIME) {
            return NOT_A_TIME;
        }
        try {
            long epochDay = LocalDate.of(year, month, day).toEpochDay();
            long epochSecond = epochDay * 86_400 + hour * 3_600L + minute * 60L + second - offset;
            return epochSecond * 1_000_000 + micros;
        } catch (DateTimeException e) {
            return NOT_A_TIME;
        }
    }

    private static long offsetSeconds(String text, int at) {
        int left = text.length() - at;
        if (left == 1) {
            char zulu = text.charAt(at);
            return zulu == 'Z' || zulu == 'z' ? 0 : NOT_A_TIME;
        }
        if (left != 6 || text.charAt(at + 3) != ':') {
            return NOT_A_TIME;
        }
        int hours = number(text, at + 1, at + 3);
        int minutes = number(text, at + 4, at + 6);
        if ((hours | minutes) < 0 || hours > 23 || minutes > 59) {
            return NOT_A_TIME;
        }
        long seconds = hours * 3_600L + minutes * 60L;
        return switch (text.charAt(at)) {
            case '+' -> seconds;
            case '-' -> -seconds;
            default -> NOT_A_TIME;
        };
    }

    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
