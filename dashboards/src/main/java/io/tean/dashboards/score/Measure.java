package io.tean.dashboards.score;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything that Tean can measure of a maintenance firm in a month: a closed list of named queries, so that a table can ask for nothing
 * else. Each answers rows of {@code firm_id} and of what its kind needs, and binds {@code :from} and {@code :until} (moments, the latter
 * exclusive), {@code :first} and {@code :last} (days of China) and {@code :today}.
 */
public enum Measure {
    /** A level-1 crew that refused, or answered and was not there when the next level had to be called for it. */
    LEVEL_1_NOT_SERVED(Target.CASE, dispatches("""
            d.level = 1 AND (d.state = 'REFUSED'
                OR d.answered_at IS NOT NULL AND d.arrived_at IS NULL AND k.released_at IS NOT NULL
                    AND EXISTS (SELECT FROM rescue_dispatch n
                                WHERE n.case_id = d.case_id AND n.level > d.level AND n.escalation = 'ARRIVAL_TIMEOUT'))
            """)),
    /** A call of level 2 after which the firm's crew arrived. */
    LEVEL_2_SERVED(Target.CASE, dispatches("d.level = 2 AND d.arrived_at IS NOT NULL")),
    LEVEL_2_REFUSED(Target.CASE, dispatches("d.level = 2 AND d.state = 'REFUSED'")),
    /** A level-1 crew that arrived more than thirty minutes after it was called. */
    ARRIVAL_OVER_30(Target.CASE, dispatches("d.level = 1 AND d.arrived_at > d.called_at + interval '30 minutes'")),
    /** A call of any level that nobody answered in its time. */
    UNANSWERED_CALL(Target.CASE, dispatches("d.state = 'NO_ANSWER'")),
    /** A case that was found, at its closing, to come of poor maintenance: of the firm with the contract on that day. */
    POOR_MAINTENANCE(Target.CASE, """
            SELECT t.firm_id, k.opened_at AS at, k.case_id::text AS ref, %s AS what, k.result_text AS detail
            FROM rescue_case k LEFT JOIN equipment e ON e.equipment_id = k.equipment_id
            JOIN LATERAL (%s) t ON TRUE
            WHERE k.by_maintenance AND k.opened_at >= :from AND k.opened_at < :until
            """.formatted(machine("k.place"), contract("k.equipment_id", day("k.opened_at")))),
    /** An alert that the end of the month found neither acknowledged nor closed, of those that are for the firm of an elevator. */
    UNHANDLED_ALERT(Target.ALERT, """
            SELECT a.firm_id, a.opened_at AS at, a.alert_id::text AS ref, %s AS what, a.rule AS detail
            FROM alert a LEFT JOIN equipment e ON e.equipment_id = a.equipment_id
            WHERE a.firm_id IS NOT NULL AND a.opened_at >= :from AND a.opened_at < :until AND a.muted_by IS NULL
                AND a.dispatch_class IN ('rescue', 'maintenance', 'firm')
                AND (a.acknowledged_at IS NULL OR a.acknowledged_at >= :until) AND (a.closed_at IS NULL OR a.closed_at >= :until)
            """.formatted(machine("''"))),
    /** An elevator that did not pass its periodic inspection at the first try; one that only passed again counts with the first report. */
    INSPECTION_FAILED(Target.MACHINE, """
            SELECT DISTINCT ON (i.equipment_id) t.firm_id, i.inspected_on::timestamp AT TIME ZONE 'Asia/Shanghai' AS at, e.code AS ref,
                %s AS what, i.report_no AS detail
            FROM inspection i JOIN equipment e ON e.equipment_id = i.equipment_id AND lower(e.category) = 'elevator'
            JOIN LATERAL (%s) t ON TRUE
            WHERE i.kind = 'PERIODIC_INSPECTION' AND i.inspected_on BETWEEN :first AND :last
                AND NOT EXISTS (SELECT FROM inspection n WHERE n.supersedes = i.inspection_id)
                AND (i.conclusion = 'FAIL' OR i.conclusion IN ('PASS_ON_REINSPECTION', 'FAIL_ON_REINSPECTION')
                    AND NOT EXISTS (SELECT FROM inspection b WHERE b.equipment_id = i.equipment_id AND b.conclusion = 'FAIL'
                                    AND b.inspected_on BETWEEN i.inspected_on - 180 AND i.inspected_on
                                    AND NOT EXISTS (SELECT FROM inspection y WHERE y.supersedes = b.inspection_id)))
            ORDER BY i.equipment_id, i.inspected_on
            """.formatted(machine("''"), contract("i.equipment_id", "i.inspected_on"))),
    /** The firm itself, once, when the register has no telephone of it. */
    NO_TELEPHONE(Target.FIRM, """
            SELECT o.organisation_id AS firm_id, CAST(NULL AS timestamptz) AS at, o.credit_code AS ref, o.name AS what, '' AS detail
            FROM organisation o WHERE o.kind = 'MAINTENANCE_FIRM' AND coalesce(trim(o.telephone), '') = ''
            """),
    /** Elevators whose maintenance the firm had to do on the last day, as the kept counts of duties have them. */
    ELEVATORS(Kind.NUMBER, "SELECT m.firm_id, m.elevators AS part, 1 AS whole FROM (" + maintained() + ") m"),
    /** The same, by people of the firm whose certificate for elevator repair (T of TSG Z6001-2019) was valid on the last day. */
    ELEVATORS_PER_WORKER(Kind.RATIO, """
            SELECT m.firm_id, m.elevators AS part, coalesce(w.workers, 0) AS whole
            FROM (%s) m LEFT JOIN (
                SELECT p.organisation_id, count(DISTINCT p.operator_id) AS workers
                FROM operator p JOIN operator_certificate q ON q.operator_id = p.operator_id
                WHERE q.item = 'T' AND q.from_on <= :last AND q.until_on > :last GROUP BY 1) w ON w.organisation_id = m.firm_id
            """.formatted(maintained())),
    /** Maintenance duties that fell due in the month, until the day before today: those that were never late, of all. */
    ON_TIME_MAINTENANCE(
            Target.DUTY,
            "SELECT d.answerable_id AS firm_id, count(*) FILTER (WHERE d.until_on <= d.due_on + 1) AS part, count(*) AS whole"
                    + duties() + " GROUP BY 1",
            """
            SELECT d.answerable_id AS firm_id, d.due_on::timestamp AT TIME ZONE 'Asia/Shanghai' AS at, e.code AS ref, %s AS what,
                d.rule || ' ' || d.due_on AS detail
            """.formatted(machine("''")) + duties() + " AND d.until_on > d.due_on + 1"),
    /** Visits that stand: those whose record says that the machine's code was scanned, of all. */
    SCANNED_VISITS(
            Target.VISIT,
            "SELECT r.firm_id, count(*) FILTER (WHERE r.scanned) AS part, count(*) AS whole" + visits() + " GROUP BY 1",
            "SELECT r.firm_id, r.check_out_at AS at, r.record_id::text AS ref, " + machine("''")
                    + " AS what, r.visit_no AS detail" + visits() + " AND r.scanned IS NOT TRUE");

    /** What a measure answers. */
    public enum Kind {
        /** Rows of {@code firm_id, at, ref, what, detail}, one for each event. */
        EVENTS,
        /** {@code part}. */
        NUMBER,
        /** {@code part} by {@code whole}. */
        RATIO,
        /** {@code part} of {@code whole}, with what is missing as events. */
        SHARE
    }

    /** What {@code ref} of an event names. */
    public enum Target {
        CASE,
        ALERT,
        MACHINE,
        /** A machine, by its maintenance. */
        DUTY,
        VISIT,
        FIRM,
        NONE
    }

    private final Kind kind;
    private final Target target;
    /** Of what is behind the points, as of events; blank of a plain number and a ratio. */
    private final String events;

    private final String sums;

    Measure(Target target, String sql) {
        this.kind = Kind.EVENTS;
        this.target = target;
        this.events = sql;
        this.sums = "SELECT m.firm_id, count(*) AS part, 1 AS whole FROM (" + sql + ") m GROUP BY 1";
    }

    Measure(Target target, String sums, String events) {
        this.kind = Kind.SHARE;
        this.target = target;
        this.events = events;
        this.sums = sums;
    }

    Measure(Kind kind, String sql) {
        this.kind = kind;
        this.target = Target.NONE;
        this.events = "";
        this.sums = sql;
    }

    public Kind kind() {
        return kind;
    }

    Target target() {
        return target;
    }

    /** Rows of {@code firm_id, at, ref, what, detail}; of a share what is missing to it; blank where no events are behind the points. */
    String events() {
        return events;
    }

    /** Rows of {@code firm_id, part, whole}. */
    String sums() {
        return sums;
    }

    /** As tables name it, such as {@code arrival-over-30}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<Measure> of(String word) {
        return Arrays.stream(values())
                .filter(measure -> measure.word().equals(word))
                .findFirst();
    }

    static String known() {
        return Arrays.stream(values()).map(Measure::word).collect(Collectors.joining(", "));
    }

    private static String dispatches(String condition) {
        return """
            SELECT d.organisation_id AS firm_id, d.called_at AS at, d.case_id::text AS ref, %s AS what,
                coalesce(nullif(d.reason, ''), round(extract(epoch FROM d.arrived_at - d.called_at) / 60) || ' min', '') AS detail
            FROM rescue_dispatch d JOIN rescue_case k ON k.case_id = d.case_id
            JOIN organisation o ON o.organisation_id = d.organisation_id AND o.kind = 'MAINTENANCE_FIRM'
            LEFT JOIN equipment e ON e.equipment_id = k.equipment_id
            WHERE d.called_at >= :from AND d.called_at < :until AND (%s)
            """.formatted(machine("k.place"), condition);
    }

    /** What has no end and what has one are two indexes. */
    private static String duties() {
        String due =
                "SELECT o.* FROM duty o WHERE o.kind = 'MAINTENANCE' AND o.due_on BETWEEN :first AND :last AND o.due_on < :today AND o.until_on";
        return """

            FROM (%1$s = 'infinity' UNION ALL %1$s < 'infinity') d LEFT JOIN equipment e ON e.equipment_id = d.equipment_id
            WHERE d.answerable_id IS NOT NULL
            """.formatted(due);
    }

    private static String visits() {
        return """

            FROM maintenance_record r LEFT JOIN equipment e ON e.equipment_id = r.equipment_id
            WHERE r.firm_id IS NOT NULL AND r.level <> 'CALL_OUT_REPAIR' AND r.check_out_at >= :from AND r.check_out_at < :until
                AND NOT EXISTS (SELECT FROM maintenance_record n WHERE n.supersedes = r.record_id)
            """;
    }

    private static String machine(String otherwise) {
        return "coalesce(e.name || ' ' || e.code, " + otherwise + ")";
    }

    private static String day(String moment) {
        return "(" + moment + " AT TIME ZONE 'Asia/Shanghai')::date";
    }

    /** Who had the contract of a machine on a day. */
    private static String contract(String machine, String day) {
        return "SELECT c.firm_id FROM contract c WHERE c.equipment_id = " + machine + " AND c.from_on <= " + day
                + " AND c.until_on > " + day + " ORDER BY c.from_on DESC, c.contract_id DESC LIMIT 1";
    }

    private static String maintained() {
        return """
            SELECT c.answerable_id AS firm_id, sum(c.base) AS elevators
            FROM duty_counts('MAINTENANCE', :last) c WHERE lower(c.category) = 'elevator' GROUP BY 1 HAVING sum(c.base) <> 0
            """;
    }
}
