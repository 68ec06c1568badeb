package io.tean.dashboards.score;

import io.tean.dashboards.OpenHouse;

/** Two firms in March 2026, the good one and the one of which every item of the table has something to say; and what a station did. */
final class ScoredFirms {
    static final String GOOD = "91371300SCOREGOOD0";
    static final String POOR = "91371300SCOREPOOR0";

    static final String UNIT = "91371300SCOREUNIT0";

    private ScoredFirms() {}

    static void moveInto(OpenHouse house) {
        int good = house.addOrganisation(GOOD, "MAINTENANCE_FIRM", "沂河电梯维保有限公司", "371302");
        int poor = house.addOrganisation(POOR, "MAINTENANCE_FIRM", "Late Lifts", "371311");
        int station = house.addOrganisation("91371300SCORESTAT0", "RESCUE_STATION", "兰山救援站", "371302");
        house.addOrganisation(UNIT, "USE_UNIT", "沂河物业", "371302");
        house.addOrganisation("91371300SCOREIDLE0", "MAINTENANCE_FIRM", "Idle Lifts", "371302");
        house.database().execute("""
                UPDATE organisation SET telephone = '0539-8000001' WHERE credit_code = '%3$s';
                INSERT INTO equipment (code, category, name, division_code)
                SELECT 'ELV-' || n, CASE WHEN n = 9 THEN 'boiler' ELSE 'elevator' END, n || ' 号梯', '371302' FROM generate_series(1, 9) n;
                DELETE FROM equipment_state;
                INSERT INTO equipment_state (equipment_id, state, from_on) SELECT equipment_id, 'IN_USE', '2020-01-01' FROM equipment;
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on)
                SELECT 'C-' || code, equipment_id, CASE WHEN code IN ('ELV-1', 'ELV-2') THEN %1$d ELSE %2$d END, '2020-01-01' FROM equipment;
                INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                SELECT 'MAINTENANCE', '2020-01-01', '371302', category, firm_id, count(*), 0 FROM equipment JOIN contract USING (equipment_id)
                GROUP BY category, firm_id;
                INSERT INTO operator (certificate_no, name, organisation_id) VALUES ('T-1', '王', %1$d), ('T-2', '李', %2$d), ('T-3', '赵', %2$d);
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                SELECT operator_id, CASE certificate_no WHEN 'T-2' THEN 'A' ELSE 'T' END, '2020-01-01',
                    CASE certificate_no WHEN 'T-3' THEN '2026-03-31' ELSE '2030-01-01' END::date FROM operator;
                """.formatted(good, poor, GOOD));
        house.database().execute("""
                INSERT INTO rescue_case (equipment_id, origin, state, outcome, occurred_at, opened_at, released_at, by_maintenance, result_text,
                    next_due_at, next_due)
                SELECT equipment_id, 'CALL', 'RELEASED', 'RELEASED', day + interval '10 h', day + interval '10 h', day + interval '12 h',
                    n = 3, '门机故障', NULL, NULL
                FROM equipment, (SELECT n, ('2026-03-0' || n || ' 00:00+08')::timestamptz AS day FROM generate_series(1, 8) n) d
                WHERE code = 'ELV-' || n ORDER BY n;
                INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, escalation, state, reason, called_at, answered_at,
                    arrived_at)
                SELECT k.case_id, d.level, false, d.organisation, 'unit', d.escalation, d.state, d.reason, k.opened_at,
                    k.opened_at + d.answered * interval '1 min', k.opened_at + d.arrived * interval '1 min'
                FROM (VALUES
                    (1, 1, %1$d, 'FIRST', 'DONE', '', 1, 30),
                    (2, 2, %1$d, 'MANUAL', 'DONE', '', 1, 20),
                    (3, 1, %2$d, 'FIRST', 'DONE', '', 1, 31),
                    (4, 1, %2$d, 'FIRST', 'REFUSED', '无人值班', NULL, NULL),
                    (5, 1, %2$d, 'FIRST', 'ON_THE_WAY', '', 1, NULL),
                    (5, 2, %3$d, 'ARRIVAL_TIMEOUT', 'DONE', '', 1, 50),
                    (6, 1, %2$d, 'FIRST', 'NO_ANSWER', '', NULL, NULL),
                    (7, 2, %2$d, 'MANUAL', 'REFUSED', '太远', NULL, NULL),
                    (8, 1, %2$d, 'FIRST', 'STOOD_DOWN', '', 1, NULL)
                ) AS d (n, level, organisation, escalation, state, reason, answered, arrived)
                JOIN rescue_case k ON k.opened_at = ('2026-03-0' || d.n || ' 10:00+08')::timestamptz;
                """.formatted(good, poor, station));
        house.database().execute("""
                INSERT INTO alert (equipment_id, subject_kind, subject, rule, severity, dispatch_class, first_seen, last_seen, opened_at,
                    activated_at, state, acknowledged_at, acknowledged_by, firm_id)
                SELECT e.equipment_id, 'MACHINE', e.equipment_id::text, a.rule, 'WARNING', a.class, a.at, a.at, a.at, a.at, a.state, a.known,
                    CASE WHEN a.known IS NOT NULL THEN 'somebody' END, c.firm_id
                FROM (VALUES
                    ('ELV-1', 'handled', 'maintenance', '2026-03-05T00:00Z'::timestamptz, 'acknowledged', '2026-03-31T15:59Z'::timestamptz),
                    ('ELV-3', 'unhandled', 'maintenance', '2026-03-05T00:00Z', 'open', NULL),
                    ('ELV-4', 'late', 'maintenance', '2026-03-31T15:59Z', 'acknowledged', '2026-03-31T16:00Z'),
                    ('ELV-4', 'next-month', 'maintenance', '2026-03-31T16:00Z', 'open', NULL),
                    ('ELV-4', 'of-the-use-unit', 'use-unit', '2026-03-05T00:00Z', 'open', NULL)
                ) AS a (code, rule, class, at, state, known) JOIN equipment e ON e.code = a.code JOIN contract c USING (equipment_id) ORDER BY a.rule;
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, added_by)
                SELECT equipment_id, i.no, i.kind, i.on_day::date, i.conclusion, 'test'
                FROM (VALUES
                    ('ELV-1', 'R-1', 'PERIODIC_INSPECTION', '2026-03-10', 'PASS'),
                    ('ELV-3', 'R-2', 'PERIODIC_INSPECTION', '2026-03-10', 'FAIL'),
                    ('ELV-3', 'R-3', 'PERIODIC_INSPECTION', '2026-03-20', 'PASS_ON_REINSPECTION'),
                    ('ELV-4', 'R-4', 'PERIODIC_INSPECTION', '2026-02-20', 'FAIL'),
                    ('ELV-4', 'R-5', 'PERIODIC_INSPECTION', '2026-03-05', 'PASS_ON_REINSPECTION'),
                    ('ELV-5', 'R-6', 'PERIODIC_INSPECTION', '2026-03-05', 'PASS_ON_REINSPECTION'),
                    ('ELV-6', 'R-7', 'SELF_TESTING', '2026-03-05', 'FAIL'),
                    ('ELV-9', 'R-8', 'PERIODIC_INSPECTION', '2026-03-05', 'FAIL')
                ) AS i (code, no, kind, on_day, conclusion) JOIN equipment e ON e.code = i.code;
                INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category, answerable_id)
                SELECT equipment_id, 'MAINTENANCE', d.from_on::date, d.until_on::date, d.due_on::date, 'maintenance-half-month', 'elevator', c.firm_id
                FROM (VALUES
                    ('ELV-1', '2026-03-01', '2026-03-14', '2026-03-16'),
                    ('ELV-3', '2026-02-20', '2026-03-08', '2026-03-07'),
                    ('ELV-3', '2026-03-08', '2026-03-25', '2026-03-23'),
                    ('ELV-4', '2026-03-01', 'infinity', '2026-03-16'),
                    ('ELV-5', '2026-03-20', 'infinity', '2026-04-04')
                ) AS d (code, from_on, until_on, due_on) JOIN equipment e ON e.code = d.code JOIN contract c USING (equipment_id);
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, firm_code, level, check_out_at, workers, scanned, source, added_by)
                SELECT c.equipment_id, v.no, c.firm_id, 'x', v.level, v.at::timestamptz, '{T-1}', v.scanned, 'api', 'test'
                FROM (VALUES
                    ('ELV-1', 'V-1', 'HALF_MONTH', '2026-03-14T01:00Z', true),
                    ('ELV-3', 'V-2', 'HALF_MONTH', '2026-03-08T01:00Z', true),
                    ('ELV-3', 'V-3', 'HALF_MONTH', '2026-03-25T01:00Z', false),
                    ('ELV-3', 'V-4', 'HALF_MONTH', '2026-02-28T15:59Z', false),
                    ('ELV-3', 'V-5', 'CALL_OUT_REPAIR', '2026-03-09T01:00Z', false)
                ) AS v (code, no, level, at, scanned) JOIN equipment e ON e.code = v.code JOIN contract c USING (equipment_id) ORDER BY v.no;
                """);
    }
}
