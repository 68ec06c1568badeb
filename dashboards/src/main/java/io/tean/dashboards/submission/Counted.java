package io.tean.dashboards.submission;

import io.tean.dashboards.list.Period;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How a submission stands to the inspection rate of submitted equipment in a period, as the functions of the migrations count; and why
 * another one is left out.
 */
public enum Counted {
    ALL(Counted.IN_RATE),
    INSPECTED(Counted.IN_RATE + " AND s.reported_on <= :day"),
    MISSING(Counted.IN_RATE + " AND (s.reported_on IS NULL OR s.reported_on > :day)"),
    REFUSED("s.state = 'REFUSED' AND s.ended_on BETWEEN :from AND :day"),
    RETURNED("s.state = 'RETURNED' AND s.ended_on BETWEEN :from AND :day"),
    /** Submitted, and nobody has accepted it. */
    WAITING(
            // As the index submission_waiting has it: submitted, and on the day neither accepted nor ended.
            "daterange(s.submitted_on, greatest(s.submitted_on, coalesce(least(s.accepted_on, s.ended_on), 'infinity')))"
                    + " @> CAST(:day AS date)"),
    /** Accepted, and no day is agreed. */
    UNAPPOINTED("s.accepted_on <= :day AND s.agreed_on IS NULL AND s.reported_on IS NULL" + Counted.GOES_ON);

    /** Why submissions are not counted. */
    public static final List<Counted> LEFT_OUT = List.of(REFUSED, RETURNED, WAITING, UNAPPOINTED);

    private static final String GOES_ON = " AND (s.ended_on IS NULL OR s.ended_on > :day)";
    private static final String IN_RATE = "s.agreed_on BETWEEN :from AND :day AND s.accepted_on <= :day" + GOES_ON;

    private final String condition;

    Counted(String condition) {
        this.condition = condition;
    }

    /** SQL over {@code submission s}; it binds what {@link #bindings} has. */
    public String condition() {
        return condition;
    }

    public Map<String, Object> bindings(Period period) {
        return condition.contains(":from")
                ? Map.of("from", period.from(), "day", period.day())
                : Map.of("day", period.day());
    }

    /** As in addresses, such as {@code missing}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Counted> of(String word) {
        return Arrays.stream(values())
                .filter(counted -> counted.word().equals(word))
                .findFirst();
    }
}
