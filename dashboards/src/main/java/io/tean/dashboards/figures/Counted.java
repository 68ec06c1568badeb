package io.tean.dashboards.figures;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The kinds of cases that the bulletins count, each defined once: its condition is what the figures count by and what the list behind a
 * number filters by. Conditions speak of {@code rescue_case k} and its {@code equipment e}, which may be missing, and bind {@code :now}.
 *
 * <p>Sources: the bulletin of Zhongwei, July 2023 (W41 [seen]); 3-minute response rate and 30-minute arrival rate of Jinan (W35
 * [secondary]); levels of Rizhao, Yantai and Bazhou (W32, W33, W23 [secondary]); 特种设备安全监察条例 Art. 64(3) (L2 [seen]). What the
 * bulletins leave open, such as cases in which nobody arrived, is said here [derived].
 */
public enum Counted {
    /** All that were taken in. */
    CASES("TRUE", Map.of()),
    TELEMETRY("k.origin = 'TELEMETRY'", Map.of(CaseList.ORIGIN, "TELEMETRY")),
    CAR_BUTTON("k.origin = 'CAR_BUTTON'", Map.of(CaseList.ORIGIN, "CAR_BUTTON")),
    CALL("k.origin = 'CALL'", Map.of(CaseList.ORIGIN, "CALL")),
    /** 困人: of an elevator or a machine not known yet, no false alarm, and nobody said that there was nobody inside. */
    ENTRAPMENT("""
            k.outcome IS DISTINCT FROM 'FALSE_ALARM' AND k.trapped_count IS DISTINCT FROM 0
            AND (e.category IS NULL OR lower(e.category) = 'elevator')
            """),
    RELEASED("k.outcome = 'RELEASED'", Map.of(CaseList.OUTCOME, "RELEASED")),
    SELF_RELEASED("k.outcome = 'SELF_RELEASED'", Map.of(CaseList.OUTCOME, "SELF_RELEASED")),
    FALSE_ALARM("k.outcome = 'FALSE_ALARM'", Map.of(CaseList.OUTCOME, "FALSE_ALARM")),
    /** The highest level that was started. */
    LEVEL_1("k.level = 1", Map.of(CaseList.LEVEL, "1")),
    LEVEL_2("k.level = 2", Map.of(CaseList.LEVEL, "2")),
    LEVEL_3("k.level = 3", Map.of(CaseList.LEVEL, "3")),
    /** Base of the 30-minute arrival rate: somebody arrived, or the thirty minutes passed with nobody there; no false alarms. */
    ARRIVAL_DUE("""
            k.outcome IS DISTINCT FROM 'FALSE_ALARM'
            AND (k.arrived_at IS NOT NULL OR coalesce(k.released_at, :now) > k.opened_at + interval '30 minutes')
            """),
    /** 30分钟到达率: of those, somebody arrived within thirty minutes of the opening. */
    ARRIVED_IN_30("k.outcome IS DISTINCT FROM 'FALSE_ALARM' AND k.arrived_at <= k.opened_at + interval '30 minutes'"),
    /** Those of the base with nobody there within thirty minutes. */
    ARRIVED_LATE("""
            k.outcome IS DISTINCT FROM 'FALSE_ALARM'
            AND coalesce(k.arrived_at, k.released_at, :now) > k.opened_at + interval '30 minutes'
            """, Map.of(CaseList.LATE, "arrival")),
    /** Base of the arrival rate within the division's own limit: somebody arrived, or the limit passed; no false alarms. */
    LIMIT_DUE("""
            k.outcome IS DISTINCT FROM 'FALSE_ALARM' AND k.arrive_by IS NOT NULL
            AND (k.arrived_at IS NOT NULL OR coalesce(k.released_at, :now) > k.arrive_by)
            """),
    ARRIVED_IN_LIMIT("k.outcome IS DISTINCT FROM 'FALSE_ALARM' AND k.arrived_at <= k.arrive_by"),
    /** Base of the 3-minute answer share: somebody answered, or three minutes passed since the first call with no answer. */
    ANSWER_DUE("""
            k.dispatched_at IS NOT NULL
            AND (k.answered_at IS NOT NULL OR coalesce(k.released_at, :now) > k.dispatched_at + interval '3 minutes')
            """),
    /** 3分钟响应率: of those, somebody answered within three minutes of the first call. */
    ANSWERED_IN_3("k.answered_at <= k.dispatched_at + interval '3 minutes'"),
    /** Two hours in the car: by law a general accident. */
    ACCIDENT("k.accident_marked_at IS NOT NULL");

    static final List<Counted> ORIGINS = List.of(TELEMETRY, CAR_BUTTON, CALL);
    static final List<Counted> LEVELS = List.of(LEVEL_1, LEVEL_2, LEVEL_3);

    private final String condition;

    @SuppressWarnings("ImmutableEnumChecker") // an unmodifiable copy
    private final Map<String, String> filters;

    Counted(String condition) {
        this.condition = condition;
        this.filters = Map.of(CaseList.COUNTED, word());
    }

    Counted(String condition, Map<String, String> filters) {
        this.condition = condition;
        this.filters = Map.copyOf(filters);
    }

    /** SQL that is true of exactly these cases. */
    public String condition() {
        return condition;
    }

    /**
     * The same for another query.
     *
     * @param cases what the cases are called there
     * @param now SQL of the moment as of which an unfinished case has waited
     */
    public String condition(String cases, String now) {
        return condition.replaceAll("\\bk\\.", cases + ".").replace(":now", now);
    }

    /** As in addresses, such as {@code arrived-in-30}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** As programs read it, such as {@code arrived_in_30}. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the list of cases is filtered by to show them. */
    Map<String, String> filters() {
        return filters;
    }

    public static Optional<Counted> of(String word) {
        for (Counted counted : values()) {
            if (counted.word().equals(word)) {
                return Optional.of(counted);
            }
        }
        return Optional.empty();
    }
}
