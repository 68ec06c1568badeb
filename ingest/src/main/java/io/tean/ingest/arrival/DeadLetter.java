package io.tean.ingest.arrival;

/** A message or one reading of it that is kept instead of stored. */
public record DeadLetter(DeadLetterReason reason, String detail, byte[] payload) {
    private static final int LONGEST_DETAIL = 400;

    public DeadLetter {
        detail = storable(detail, LONGEST_DETAIL);
    }

    /** The text without what the database or a log line cannot hold, cut to a length. */
    public static String storable(String text, int longest) {
        StringBuilder clean = new StringBuilder();
        text.codePoints().limit(longest).forEach(c -> {
            boolean bad = Character.isISOControl(c) || (c >= 0xD800 && c <= 0xDFFF);
            clean.appendCodePoint(bad ? 0xFFFD : c);
        });
        return clean.toString();
    }
}
