package io.tean.dashboards.letter;

import java.util.Locale;

/** Shows what a page would not: control characters, marks that turn the direction of a line, and bytes that are no text. */
final class Visible {
    private static final int A_LINE = 16;

    private Visible() {}

    /** A text of several lines; each end of a line is marked. */
    static String text(String text) {
        return line(text).replace("\u240A", "\u240A\n");
    }

    /** A text in which nothing is invisible but spaces. */
    static String line(String text) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(visible, c));
        return visible.toString();
    }

    private static void append(StringBuilder visible, int c) {
        if (c < 0x20) {
            visible.appendCodePoint(0x2400 + c);
        } else if (c == 0x7F) {
            visible.append('\u2421');
        } else {
            switch (Character.getType(c)) {
                case Character.CONTROL,
                        Character.FORMAT,
                        Character.LINE_SEPARATOR,
                        Character.PARAGRAPH_SEPARATOR,
                        Character.PRIVATE_USE,
                        Character.SURROGATE,
                        Character.UNASSIGNED ->
                    visible.append("\u27E8U+")
                            .append(String.format(Locale.ROOT, "%04X", c))
                            .append('\u27E9');
                default -> visible.appendCodePoint(c);
            }
        }
    }

    /** Sixteen bytes a line: where, the bytes, and what of them is a letter. */
    static String hex(byte[] bytes) {
        StringBuilder dump = new StringBuilder(bytes.length * 5);
        for (int begin = 0; begin < bytes.length; begin += A_LINE) {
            dump.append(String.format(Locale.ROOT, "%08x ", begin));
            StringBuilder letters = new StringBuilder(A_LINE);
            for (int i = begin; i < begin + A_LINE; i++) {
                dump.append(i % 8 == 0 ? " " : "");
                if (i < bytes.length) {
                    dump.append(String.format(Locale.ROOT, "%02x ", bytes[i]));
                    letters.append(bytes[i] >= 0x20 && bytes[i] < 0x7F ? (char) bytes[i] : '.');
                } else {
                    dump.append("   ");
                }
            }
            dump.append('|').append(letters).append("|\n");
        }
        return dump.toString();
    }
}
