package io.tean.dashboards.submission;

import java.util.Locale;
import java.util.Optional;

/** Who owes the next step of a submission. */
public enum Owed {
    /** Must submit once more, or correct what failed. */
    USE_UNIT,
    /** Must accept, agree a day, inspect, report or inspect again. */
    BODY,
    /** Must say which body it is for. */
    BUREAU,
    /** It is finished. */
    NOBODY;

    /** Over {@code submission s}; gives the word. */
    public static final String SQL = """
            CASE WHEN NOT (%s) THEN 'nobody'
                 WHEN s.state IN ('RETURNED', 'REPORT_ISSUED') THEN 'use-unit'
                 WHEN s.body_id IS NULL THEN 'bureau'
                 ELSE 'body' END""".formatted(SubmissionQuery.OPEN);

    /** As in addresses, such as {@code use-unit}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Owed> of(String word) {
        for (Owed owed : values()) {
            if (owed.word().equals(word)) {
                return Optional.of(owed);
            }
        }
        return Optional.empty();
    }
}
