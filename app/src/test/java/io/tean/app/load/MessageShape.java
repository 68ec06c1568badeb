package io.tean.app.load;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A JSON payload of fixed length with places for what varies: {@code <time>} for the time with microseconds, {@code <n4>} for the
 * last 4 digits of the message's number, {@code <r3>} for 3 digits that look random but follow from equipment, number and time. So a
 * message can be made again, byte for byte, from these three, and making one costs a copy and a few digits.
 */
public final class MessageShape {
    private static final Pattern PLACE = Pattern.compile("<(?:time|([nr])([1-9]))>");
    private static final DateTimeFormatter TO_THE_SECOND = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");
    private static final int FRACTION_AT = 20;
    private static final int MICROS = 1_000_000;

    private final String stream;
    private final byte[] blank;
    private final int timeAt;
    private final List<Place> places;

    private record Place(int at, int width, boolean random) {}

    private MessageShape(String stream, byte[] blank, int timeAt, List<Place> places) {
        this.stream = stream;
        this.blank = blank;
        this.timeAt = timeAt;
        this.places = List.copyOf(places);
    }

    public static MessageShape of(String stream, String json) {
        StringBuilder text = new StringBuilder();
        List<Place> places = new ArrayList<>();
        int timeAt = -1;
        Matcher place = PLACE.matcher(json);
        while (place.find()) {
            place.appendReplacement(text, "");
            if (place.group(1) == null) {
                timeAt = text.length();
                text.append("0000-00-00T00:00:00.000000Z");
            } else {
                int width = Integer.parseInt(place.group(2));
                places.add(new Place(text.length(), width, place.group(1).equals("r")));
                text.repeat("0", width);
            }
        }
        place.appendTail(text);
        if (timeAt < 0) {
            throw new IllegalArgumentException("message shape of " + stream + " has no <time>: " + json);
        }
        return new MessageShape(stream, text.toString().getBytes(StandardCharsets.US_ASCII), timeAt, places);
    }

    public String stream() {
        return stream;
    }

    /** The payload's length, the same for every message. */
    public int length() {
        return blank.length;
    }

    /** The payload of one message. */
    public String payload(String equipment, long number, long epochMicros) {
        byte[] payload = blank.clone();
        patch(payload, 0, salt(equipment), number, epochMicros, Long.MIN_VALUE);
        return new String(payload, StandardCharsets.US_ASCII);
    }

    static long salt(String equipment) {
        return mix(equipment.hashCode());
    }

    byte[] blank() {
        return blank.clone();
    }

    /**
     * Makes the payload that stands at {@code base} that of the given message.
     *
     * @param secondThere the second that the payload shows already
     * @return the second that it shows now
     */
    long patch(byte[] bytes, int base, long salt, long number, long epochMicros, long secondThere) {
        long second = Math.floorDiv(epochMicros, MICROS);
        if (second != secondThere) {
            String text = TO_THE_SECOND.format(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
            for (int i = 0; i < text.length(); i++) {
                bytes[base + timeAt + i] = (byte) text.charAt(i);
            }
        }
        digits(bytes, base + timeAt + FRACTION_AT, 6, Math.floorMod(epochMicros, MICROS));
        long random = mix(salt ^ number ^ epochMicros);
        for (Place place : places) {
            if (place.random()) {
                digits(bytes, base + place.at(), place.width(), random >>> 1);
                random = mix(random);
            } else {
                digits(bytes, base + place.at(), place.width(), number);
            }
        }
        return second;
    }

    private static void digits(byte[] bytes, int at, int width, long value) {
        long rest = value;
        for (int i = at + width - 1; i >= at; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
