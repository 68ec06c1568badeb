package io.tean.dashboards.inspection;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A rate, as what it is made of.
 *
 * @param part how many fulfil it, of the whole
 * @param whole how many there are; of none there is no rate
 */
public record Fraction(long part, long whole) {
    static final Fraction NONE = new Fraction(0, 0);

    Fraction plus(long morePart, long moreWhole) {
        return new Fraction(part + morePart, whole + moreWhole);
    }

    /** What is missing to 100 %. */
    public long missing() {
        return whole - part;
    }

    /** With one digit, rounded down: it says 100.0 when nothing is missing, and not before. */
    public Optional<BigDecimal> percent() {
        return whole <= 0
                ? Optional.empty()
                : Optional.of(BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 1, RoundingMode.FLOOR));
    }

    /** Such as {@code 99.9 %}; a dash where there is nothing to count. */
    public String text() {
        return percent().map(percent -> percent + " %").orElse("–");
    }

    /** In how far it is fulfilled, for its colour. */
    public String look() {
        if (whole <= 0) {
            return "quiet";
        }
        return part >= whole ? "good" : "bad";
    }

    /** As programs read it. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("base", whole);
        json.put("fulfilled", part);
        json.put("missing", missing());
        json.put("percent", percent());
        return json;
    }
}
