package io.tean.core.regulation;

import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** The entries of the regulation book, for people to read: text alone. Implemented by register. */
public interface RegulationTexts {
    /** In the order of codes and days of effect. */
    List<Entry> entries();

    /**
     * One version of one entry.
     *
     * @param code in kebab-case; versions share it
     * @param asks what it is about, such as {@code inspection}
     * @param says what falls due, or the limit
     * @param appliesTo to what
     */
    record Entry(String code, Label title, String asks, Label says, Label appliesTo, Origin origin) {
        /** Whether it was in force on a day. */
        public boolean holdsOn(LocalDate day) {
            return !day.isBefore(origin.from())
                    && origin.to().filter(day::isAfter).isEmpty();
        }
    }

    /**
     * Where it comes from.
     *
     * @param clause where it stands, in words of the trade
     * @param source where it was found
     * @param to its last day
     */
    record Origin(Label clause, String source, Mark mark, int version, LocalDate from, Optional<LocalDate> to) {}
}
