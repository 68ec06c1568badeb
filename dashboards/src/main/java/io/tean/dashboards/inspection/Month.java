package io.tean.dashboards.inspection;

import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A reported month: the two rates as they were when it was reported, and as they are now by what has come in since.
 *
 * @param frozenBy the account that reported it
 */
public record Month(
        YearMonth month,
        Instant frozenAt,
        String frozenBy,
        Fraction submittedThen,
        Fraction submittedNow,
        Fraction periodicThen,
        Fraction periodicNow) {

    /** One division and category whose rate is not any more what was reported. */
    public record Difference(Rate rate, String division, String category, Fraction then, Fraction now) {}

    /**
     * A machine that was missing and is not any more, or the other way round.
     *
     * @param missingNow whether it is missing now and was not then
     */
    public record Turned(Rate rate, boolean missingNow, String code, String name, String category, String division) {}

    /**
     * All there is to see of one.
     *
     * @param turned the first of them, {@value #MOST_TURNED} at most
     */
    public record Card(Month month, List<Difference> differences, List<Turned> turned) {
        public static final int MOST_TURNED = 500;

        public Card {
            differences = List.copyOf(differences);
            turned = List.copyOf(turned);
        }

        public boolean isCut() {
            return turned.size() == MOST_TURNED;
        }

        public List<Turned> turned(boolean missingNow) {
            return turned.stream()
                    .filter(each -> each.missingNow() == missingNow)
                    .toList();
        }
    }

    public LocalDate first() {
        return month.atDay(1);
    }

    public LocalDate last() {
        return month.atEndOfMonth();
    }

    /** Whether anything is not as it was reported. */
    public boolean isChanged() {
        return !submittedThen.equals(submittedNow) || !periodicThen.equals(periodicNow);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("month", month.toString());
        json.put("frozen_at", frozenAt);
        json.put("submitted_then", submittedThen.json());
        json.put("submitted_now", submittedNow.json());
        json.put("periodic_then", periodicThen.json());
        json.put("periodic_now", periodicNow.json());
        return json;
    }
}
