package io.tean.dashboards.letter;

import java.util.Locale;

/** Shows what a page would not: control characters, marks that turn the direction of a line, and bytes that are no text. */
final class Visible {
    private static final int A_LINE = 16;

    private Visible() {}

    /** A text in which nothing is invisible but spaces and ends of lines. */
    static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> append(visible, c));
        return visible.toString();
    }

    private static void append(StringBuilder visible, int c) {
        if (c == '\n') {
            visible.append('\n');
            return;
        }
        switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> visible.append(String.format(Locale.ROOT, "\u27E8U+%04X\u27E9", c));
            default -> visible.appendCodePoint(c);
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
