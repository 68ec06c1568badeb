package io.tean.alerting.channel;

import java.nio.charset.StandardCharsets;
import java.text.BreakIterator;
import java.util.Locale;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;

/** Fits messages into the lengths of channels, and takes away what a far side would read as more than text. */
final class Layout {
    private static final String END = "…";
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\s\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufeff]+");

    private Layout() {}

    /** On one line, without what moves a cursor, turns the writing round or is half a character. */
    static String clean(String text, int most) {
        return cut(INVISIBLE.matcher(text).replaceAll(" ").strip(), most, String::length);
    }

    /** For a group's robot: nobody is called by an @, nothing is a link, a tag or bold but what we made so. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(c -> plain.appendCodePoint(
                        switch (c) {
                            case '@', '<', '>', '[', ']', '*', '`', '~', '_', '#', '\\' -> c + 0xFEE0;
                            default -> c;
                        }));
        return plain.toString();
    }

    /** Title, lines and link, of at most so many bytes; the link stays whole. */
    static String forRobot(Message message, int bytes) {
        String text = plain(message.text("\n"));
        String link = message.link().map(l -> "\n" + l).orElse("");
        return cut(text, bytes - bytes(link), Layout::bytes) + link;
    }

    /** On one line, of at most so many characters; the link stays whole. */
    static String forPhone(Message message, int characters) {
        String text = message.text(message.language().equals("zh") ? "；" : "; ");
        String link = message.link().map(l -> " " + l).orElse("");
        return cut(text, characters - link.length(), String::length) + link;
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** No character is cut in half, nor one that consists of several. */
    static String cut(String text, int most, ToIntFunction<String> length) {
        if (length.applyAsInt(text) <= most) {
            return text;
        }
        int room = most - length.applyAsInt(END);
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int end = 0;
        int used = 0;
        for (int next = characters.next(); next != BreakIterator.DONE; next = characters.next()) {
            used += length.applyAsInt(text.substring(end, next));
            if (used > room) {
                break;
            }
            end = next;
        }
        return text.substring(0, end) + END;
    }
}
