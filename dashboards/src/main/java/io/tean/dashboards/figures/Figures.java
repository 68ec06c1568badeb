package io.tean.dashboards.figures;

import io.tean.dashboards.inspection.Fraction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a group of cases comes to.
 *
 * @param peopleReleased by the crews, as they said; who released himself is not among them
 * @param arrivalMinutes 平均到达时间, from the opening until the first crew was there, of the cases in which one was
 * @param workMinutes 实施救援时间, from then until the release, of the cases that a crew ended
 * @param answerSeconds 响应时间, the mean from the first call until the first answer
 */
public record Figures(
        Map<Counted, Long> counts,
        long peopleReleased,
        Spread arrivalMinutes,
        Spread workMinutes,
        OptionalDouble answerSeconds) {
    public Figures {
        counts = Map.copyOf(counts);
    }

    /**
     * Mean and the value that nine of ten do not exceed, between the two nearest where it lies between them; empty of nothing.
     *
     * @param p90 as PostgreSQL's {@code percentile_cont(0.9)}
     */
    public record Spread(OptionalDouble mean, OptionalDouble p90) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("mean", mean);
            json.put("p90", p90);
            return json;
        }
    }

    public long count(Counted counted) {
        return counts.getOrDefault(counted, 0L);
    }

    /** 30分钟到达率. */
    public Fraction arrivalWithin30() {
        return fraction(Counted.ARRIVED_IN_30, Counted.ARRIVAL_DUE);
    }

    /** Arrival within the limit of the division, such as an hour in the country. */
    public Fraction arrivalWithinLimit() {
        return fraction(Counted.ARRIVED_IN_LIMIT, Counted.LIMIT_DUE);
    }

    /** 3分钟响应率. */
    public Fraction answerWithin3() {
        return fraction(Counted.ANSWERED_IN_3, Counted.ANSWER_DUE);
    }

    /** Cases that went no higher than this level, of those in which anybody was called. */
    public Fraction level(Counted level) {
        return new Fraction(
                count(level), Counted.LEVELS.stream().mapToLong(this::count).sum());
    }

    public List<Counted> levels() {
        return Counted.LEVELS;
    }

    public List<Counted> origins() {
        return Counted.ORIGINS;
    }

    private Fraction fraction(Counted part, Counted whole) {
        return new Fraction(count(part), count(whole));
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Counted counted : Counted.values()) {
            json.put(counted.key(), count(counted));
        }
        json.put("people_released", peopleReleased);
        json.put("arrival_minutes", arrivalMinutes.json());
        json.put("rescue_work_minutes", workMinutes.json());
        json.put("mean_answer_seconds", answerSeconds);
        json.put("arrival_within_30_rate", arrivalWithin30().percent());
        json.put("arrival_within_limit_rate", arrivalWithinLimit().percent());
        json.put("answer_within_3_rate", answerWithin3().percent());
        return json;
    }
}
