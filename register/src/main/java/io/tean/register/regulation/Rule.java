package io.tean.register.regulation;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How an entry of the book counts. */
public sealed interface Rule {

    /**
     * Fixed years from a day, each due at the end of the month that the day lies in; what is done early or late moves none of them.
     *
     * @param years from 1, ascending
     * @param thenEvery years between the points after the last of {@code years}; 0 where there is none
     * @param earlyMonths whole months before the due month from which on a point can be fulfilled
     * @param outOfUseMonths a machine that was out of use as long is due on the day on which it is in use again; 0 where it is not
     * @param skipsOutOfUse whether points that lay in days out of use are not asked for
     */
    record Grid(List<Integer> years, int thenEvery, int earlyMonths, int outOfUseMonths, boolean skipsOutOfUse)
            implements Rule {
        public Grid {
            years = List.copyOf(years);
            check(!years.isEmpty() && years.getFirst() >= 1, "grid: years need at least one, from 1");
            for (int i = 1; i < years.size(); i++) {
                check(years.get(i - 1) < years.get(i), "grid: years must ascend");
            }
            check(thenEvery >= 0, "grid: then_every needs a whole number of years from 0");
            check(earlyMonths >= 0 && earlyMonths < 12, "grid: early_months needs a whole number from 0 to 11");
            check(outOfUseMonths >= 0, "grid: out_of_use_months needs a whole number from 0");
        }
    }

    /**
     * So many months from the last time.
     *
     * @param months from 0, where nothing is known of the safety grade or nothing depends on it
     * @param firstMonths from the start to the first time
     * @param bySafetyGrade months by the grade that the last inspection gave; 0 is due on the day of that inspection
     * @param toTheMonth due at the end of the month rather than on the day
     */
    record Months(int months, int firstMonths, Map<Integer, Integer> bySafetyGrade, boolean toTheMonth)
            implements Rule {
        public Months {
            bySafetyGrade = Map.copyOf(bySafetyGrade);
            check(months >= 1 && firstMonths >= 1, "cycle: months and first_months need a whole number from 1");
            bySafetyGrade.forEach((grade, each) -> check(
                    grade >= 1 && grade <= 5 && each >= 0,
                    "cycle: by_safety_grade needs grades 1 to 5 and months from 0"));
        }
    }

    /**
     * So many days from the last time.
     *
     * @param days from 1
     * @param replacedByPlan whether the interval of an approved plan of on-demand maintenance counts instead
     */
    record Days(int days, boolean replacedByPlan) implements Rule {
        public Days {
            check(days >= 1, "cycle: days needs a whole number from 1");
        }
    }

    /** A plain amount. */
    record Limit(int amount, Unit unit) implements Rule {
        public Limit {
            check(amount >= 0, "limit: amount needs a whole number from 0");
        }
    }

    /** What a limit is counted in. */
    enum Unit {
        @JsonProperty("months")
        MONTHS,
        @JsonProperty("days")
        DAYS,
        @JsonProperty("working-days")
        WORKING_DAYS,
        @JsonProperty("hours")
        HOURS,
        @JsonProperty("minutes")
        MINUTES,
        @JsonProperty("metres")
        METRES,
        @JsonProperty("persons")
        PERSONS,
        @JsonProperty("years")
        YEARS;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** The limit, where it is one. */
    default Optional<Limit> limit() {
        return this instanceof Limit limit ? Optional.of(limit) : Optional.empty();
    }

    private static void check(boolean holds, String problem) {
        if (!holds) {
            throw new IllegalArgumentException(problem);
        }
    }
}
