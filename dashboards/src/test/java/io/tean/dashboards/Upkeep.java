package io.tean.dashboards;

import io.tean.dashboards.access.Role;

/** A handful of maintained elevators in every state as of several days of early 2026, their visits, and the people who look at them. */
public final class Upkeep {
    public static final String FIRM_A = "91320500MAUPKEEPA0";
    public static final String FIRM_B = "91320500MAUPKEEPB0";
    public static final String UNIT_U = "91320500MAUPKEEPU0";
    public static final String UNIT_V = "91320500MAUPKEEPV0";
    public static final String DIVISION = "320505";

    private Upkeep() {}

    public static void moveInto(OpenHouse house) {
        int a = house.addOrganisation(FIRM_A, "MAINTENANCE_FIRM", "姑苏电梯维护保养有限公司", DIVISION);
        int b = house.addOrganisation(FIRM_B, "MAINTENANCE_FIRM", "Bright Lifts", "320506");
        int u = house.addOrganisation(UNIT_U, "USE_UNIT", "东方之门物业", DIVISION);
        int v = house.addOrganisation(UNIT_V, "USE_UNIT", "科技园物业", "320506");
        house.database().execute("""
                INSERT INTO equipment (code, category, name, site_address, division_code, use_unit_id) VALUES
                    ('ELV-1', 'ELEVATOR', '东方之门 1 号梯', '星港街 199 号', '320505', %3$d),
                    ('ELV-2', 'ELEVATOR', '东方之门 2 号梯', '星港街 199 号', '320505', %3$d),
                    ('ELV-3', 'ELEVATOR', '科技园 3 号梯', NULL, '320506', %4$d),
                    ('ELV-4', 'ELEVATOR', '科技园 4 号梯', NULL, '320506', %4$d),
                    ('ELV-5', 'ELEVATOR', '东方之门 5 号梯', '星港街 199 号', '320505', %3$d);
                INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                SELECT e.equipment_id, 'MAINTENANCE', d.from_on::date, d.until_on::date, d.due_on::date, d.rule, 'ELEVATOR', e.division_code,
                       e.use_unit_id, d.firm
                FROM (VALUES
                    ('ELV-1', '2026-01-01', '2026-02-10', '2026-01-16', 'maintenance-half-month', %1$d),
                    ('ELV-1', '2026-02-10', 'infinity', '2026-02-25', 'maintenance-half-month', %1$d),
                    ('ELV-2', '2026-03-01', 'infinity', '2026-03-16', 'maintenance-on-demand', %2$d),
                    ('ELV-3', '2026-02-01', '2026-03-05', '2026-02-16', 'maintenance-half-month', %1$d),
                    ('ELV-3', '2026-03-05', 'infinity', '2026-03-20', 'maintenance-quarter', %1$d),
                    ('ELV-4', '2026-01-01', '2026-03-01', '2026-01-16', 'some-new-rule', NULL)
                ) AS d (code, from_on, until_on, due_on, rule, firm) JOIN equipment e USING (code);
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                SELECT equipment_id, 'MAINTENANCE', today - 1, today + 2, 'maintenance-year', 'ELEVATOR', division_code, use_unit_id, %1$d
                FROM equipment, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS today) t WHERE code = 'ELV-5';
                INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                SELECT kind, day, division_code, category, coalesce(answerable_id, 0), sum(base), sum(inside)
                FROM (SELECT d.*, from_on AS day, 1 AS base, 1 AS inside FROM duty d
                      UNION ALL
                      SELECT d.*, until_on, -1, CASE WHEN due_on + 1 < until_on THEN 0 ELSE -1 END FROM duty d WHERE until_on < 'infinity'
                      UNION ALL
                      SELECT d.*, due_on + 1, 0, -1 FROM duty d WHERE due_on + 1 < until_on) steps
                GROUP BY 1, 2, 3, 4, 5;
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                SELECT 'HT-1', equipment_id, %1$d, '2026-01-01'::date, 'infinity'::date FROM equipment WHERE code IN ('ELV-1', 'ELV-3', 'ELV-5');
                """.formatted(a, b, u, v));
        house.database().execute("""
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, firm_code, level, kind, check_in_at, check_out_at, workers,
                    latitude, longitude, scanned, photo_count, photos_sha256, items, failed_items, note, source, added_by, supersedes, reason)
                SELECT e.equipment_id, r.no, r.firm, r.code, r.level, 'FIXED_CYCLE', r.at::timestamptz - interval '40 minutes', r.at::timestamptz,
                       '{T-0001,T-0002}', 31.3, 120.7, TRUE, 2, ARRAY[repeat('ab', 32)], '{A-1-1,A-1-2,A-1-29}', '{A-1-29}',
                       '层门锁待更换', 'device', 'dev-1', r.supersedes::bigint, r.reason
                FROM (VALUES
                    (1, 'ELV-1', 'WB-1', %1$d, '%3$s', 'QUARTER', '2026-02-10 10:00:00+08', NULL, NULL),
                    (2, 'ELV-1', 'WB-2', %1$d, '%3$s', 'HALF_MONTH', '2026-02-20 23:59:00+08', NULL, NULL),
                    (3, 'ELV-3', 'WB-3', %1$d, '%3$s', 'HALF_MONTH', '2026-02-27 10:00:00+08', NULL, NULL),
                    (4, 'ELV-2', 'WB-4', %2$d, '%4$s', 'YEAR', '2026-03-01 10:00:00+08', NULL, NULL),
                    (5, 'ELV-2', 'WB-4', %2$d, '%4$s', 'HALF_YEAR', '2026-03-01 10:30:00+08', 4, '级别填错'),
                    (6, 'ELV-3', 'WB-6', %1$d, '%3$s', 'CALL_OUT_REPAIR', '2026-03-05 10:00:00+08', NULL, NULL)
                ) AS r (n, machine, no, firm, code, level, at, supersedes, reason) JOIN equipment e ON e.code = r.machine ORDER BY n;
                INSERT INTO visit_verdict (record_id, suspect, reasons) VALUES
                    (1, FALSE, '[]'),
                    (2, TRUE, '[{"check":"too-short","detail":"8 min"},{"check":"too-far","detail":"1200 m"}]'),
                    (3, TRUE, '[{"check":"no-contract","detail":"2026-02-27"}]'),
                    (6, TRUE, '[{"check":"worker-elsewhere","detail":"ELV-2"}]'),
                    (6, FALSE, '[]');
                INSERT INTO visit_decision (record_id, accepted, reason, decided_by) VALUES
                    (3, TRUE, '合同已补交', 'city'), (3, FALSE, '合同系伪造', 'city');
                INSERT INTO visit_confirmation VALUES (1, '2026-02-10T04:00:00Z', 'unit-u');
                INSERT INTO overdue_suspension (equipment_id, division_code, from_on, until_on, reason, added_by, added_at) VALUES
                    ((SELECT equipment_id FROM equipment WHERE code = 'ELV-3'), NULL, '2026-02-01', '2099-01-01', '机房进水', 'city', '2026-02-01T00:00:00Z'),
                    (NULL, '320505', '2026-07-01', '2026-07-08', '台风停工', 'city', '2026-07-01T00:00:00Z');
                """.formatted(a, b, FIRM_A, FIRM_B));
    }

    /** Logs in one person of each scope. */
    public static Fleet.People people(OpenHouse house) {
        return new Fleet.People(
                house.login("city", Role.ADMINISTRATOR, "", ""),
                house.login("division", Role.INSPECTOR, "", DIVISION),
                house.login("firm-a", Role.FIRM, FIRM_A, ""),
                house.login("firm-b", Role.FIRM, FIRM_B, ""),
                house.login("unit-u", Role.USE_UNIT, UNIT_U, ""));
    }
}
