package io.tean.dashboards.account;

import io.tean.dashboards.screen.Word;
import java.util.Locale;
import java.util.Optional;

/** What a password must be: long and not the obvious; no rules about digits and signs, which make for worse ones (NIST SP 800-63B). */
final class Passwords {
    static final int SHORTEST = 10;
    static final int LONGEST = 128;

    private Passwords() {}

    /** Nobody has such a one, and hashing it would only cost. */
    static boolean isTooLong(String password) {
        return password.codePointCount(0, password.length()) > LONGEST;
    }

    static Optional<Word> problem(String password, String account) {
        int length = password.codePointCount(0, password.length());
        if (length < SHORTEST || length > LONGEST) {
            return Optional.of(Word.WRONG_PASSWORD_LENGTH);
        }
        boolean obvious = password.toLowerCase(Locale.ROOT).contains(account)
                || password.codePoints().distinct().count() < 5;
        return obvious ? Optional.of(Word.WRONG_PASSWORD_OBVIOUS) : Optional.empty();
    }
}
