package io.tean.register.sheet;

/** Text that a spreadsheet would calculate: it is written behind an apostrophe, which reading takes away again. */
final class Formula {
    private static final char GUARD = '\'';

    private Formula() {}

    static boolean isBegunBy(String text) {
        return !text.isEmpty() && isSign(text.charAt(0));
    }

    static String guarded(String text) {
        return isSignBehindGuards(text) ? GUARD + text : text;
    }

    static String unguarded(String text) {
        return !text.isEmpty() && text.charAt(0) == GUARD && isSignBehindGuards(text) ? text.substring(1) : text;
    }

    /** Also behind apostrophes of its own, so that each text has one guarded form. */
    private static boolean isSignBehindGuards(String text) {
        int first = 0;
        while (first < text.length() && text.charAt(first) == GUARD) {
            first++;
        }
        return first < text.length() && isSign(text.charAt(first));
    }

    private static boolean isSign(char c) {
        return c == '=' || c == '+' || c == '-' || c == '@' || c == '\t' || c == '\r';
    }
}
