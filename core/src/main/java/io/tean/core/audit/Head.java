package io.tean.core.audit;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The last seal of the chain at some moment. Noted down outside the database, it proves later that nothing up to it was cut off or written
 * anew. Written as {@code NO:HASH}.
 *
 * @param sealNo 0 before the first seal
 * @param hash 64 small hexadecimal digits
 */
public record Head(long sealNo, String hash) {
    /** Before the first seal. */
    static final Head START = new Head(0, "0".repeat(64));

    private static final Pattern WRITTEN = Pattern.compile("(\\d{1,18}):([0-9a-fA-F]{64})");

    public Head {
        Objects.requireNonNull(hash, "hash");
        if (sealNo < 0 || (sealNo == 0 && !hash.matches("0+"))) {
            throw new IllegalArgumentException("no seal has the number " + sealNo
                    + "; before the first, 0 and a hash of zeros stand for the head");
        }
    }

    /** @throws IllegalArgumentException when the text is not {@code NO:HASH} */
    public static Head parse(String text) {
        Matcher written = WRITTEN.matcher(text.strip());
        if (!written.matches()) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no head: it is written NO:HASH, a number and 64 hexadecimal digits, as bin/tean audit verify prints it");
        }
        return new Head(Long.parseLong(written.group(1)), written.group(2).toLowerCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return sealNo + ":" + hash;
    }
}
