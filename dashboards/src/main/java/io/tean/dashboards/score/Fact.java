package io.tean.dashboards.score;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What a measure says of a firm in a month.
 *
 * @param part how many events there were; of a ratio or a share, what is divided
 * @param whole by what; one of a plain number
 */
public record Fact(long part, long whole) {
    static final Fact NONE = new Fact(0, 0);

    /** Whether there is anything to say. */
    public boolean isNothing() {
        return part == 0 && whole == 0;
    }

    /** In percent to one digit, of a whole that is not nought. */
    BigDecimal percent(long of) {
        return BigDecimal.valueOf(of * 100).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
    }

    /** As a page writes it by its measure: a count, a ratio such as 120 / 4 = 30, or a share such as 97 / 100 = 97.0 %. */
    public String text(Measure.Kind kind) {
        return switch (kind) {
            case EVENTS, NUMBER -> Long.toString(part);
            case RATIO ->
                whole == 0
                        ? part + " / 0"
                        : part + " / " + whole + " = "
                                + BigDecimal.valueOf(part).divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_UP);
            case SHARE -> whole == 0 ? "–" : part + " / " + whole + " = " + percent(part) + " %";
        };
    }
}
