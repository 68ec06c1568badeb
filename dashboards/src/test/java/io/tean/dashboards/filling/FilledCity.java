package io.tean.dashboards.filling;

import io.tean.dashboards.OpenHouse;

/**
 * Two filling stations and a machine of nobody. On 2 March 2026 of China, A filled 14.4, 14.5 and 16.0 kg and turned one away, B filled
 * 14.0 kg, nobody's machine 5.25 kg; the 16.0 kg broke two rules, B's fill one. A minute before that day A filled 10 kg. Cylinder C-5 was
 * filled thirty times, once a month.
 */
final class FilledCity {
    static final String STATION_A = "91320500MASTATIONA";
    static final String STATION_B = "91320500MASTATIONB";
    static final String DAY = "from=2026-03-02&to=2026-03-02";
    static final String HOSTILE = "<img src=x onerror=\"window.__xss=1\">";

    private FilledCity() {}

    static void moveInto(OpenHouse house) {
        int a = house.addOrganisation(STATION_A, "FILLING_STATION", "姑苏液化气充装站", "320505");
        int b = house.addOrganisation(STATION_B, "FILLING_STATION", "园区燃气充装站", "320506");
        house.database().execute("""
                INSERT INTO equipment (code, category, name, division_code, use_unit_id)
                VALUES ('FM-A1', 'filling-machine', '1 号充装机', '320505', %1$d), ('FM-A2', 'filling-machine', '2 号充装机', '320505', %1$d),
                       ('FM-B1', 'filling-machine', 'B 充装机', '320506', %2$d), ('FM-X', 'filling-machine', '无主充装机', NULL, NULL);
                INSERT INTO cylinder (code, type, medium, volume_litre, tare_kg, rated_fill_kg, station_id, inspection_due_on, scrap_on)
                VALUES ('C-1', 'LPG', '液化石油气', 35.5, 16.5, 14.9, %1$d, '2025-05-01', '2030-01-01'),
                       ('C-2', 'LPG', '液化石油气', 35.5, 16.5, 14.9, %1$d, '2028-05-01', NULL),
                       ('C-3', 'LPG', '液化石油气', 35.5, 16.5, 14.9, %1$d, '2025-05-01', NULL),
                       ('C-5', 'LPG', '液化石油气', 35.5, 16.5, 14.9, %2$d, '2098-05-01', NULL);
                INSERT INTO cylinder_fill (equipment_id, time, filling_gun_id, cylinder_code, medium, tare_kg, gross_kg, net_fill_kg, reweighed_kg,
                    rated_fill_kg, filler_certificate_no, refused, pre_check, pre_check_faults)
                SELECT e.equipment_id, f.at::timestamptz, f.gun, f.cylinder, 'lpg', 16.5, 16.5 + f.net, f.net, f.net, 14.9, 'P-1',
                    f.faults <> '{}' AND f.net = 0, CASE WHEN f.faults = '{}' THEN 'pass' ELSE 'fail' END, f.faults::text[]
                FROM (VALUES ('FM-A1', '2026-03-01T15:59:00Z', 'G1', 'C-4', 10, '{}'), ('FM-A1', '2026-03-01T16:30:00Z', 'G1', 'C-1', 14.4, '{}'),
                             ('FM-A1', '2026-03-02T01:00:00Z', 'G2', 'C-2', 14.5, '{}'),
                             ('FM-A1', '2026-03-02T02:00:00Z', 'G1', 'C-3', 0, '{inspection_overdue,dented}'),
                             ('FM-A2', '2026-03-02T03:00:00Z', 'G1', 'C-1', 16, '{}'), ('FM-B1', '2026-03-02T04:00:00Z', 'G1', 'C-1', 14, '{}'),
                             ('FM-X', '2026-03-02T05:00:00Z', 'G1', '%3$s', 5.25, '{}')) AS f (machine, at, gun, cylinder, net, faults)
                JOIN equipment e ON e.code = f.machine;
                INSERT INTO cylinder_fill (equipment_id, time, filling_gun_id, cylinder_code, medium, net_fill_kg)
                SELECT equipment_id, timestamptz '2023-06-15 08:00+08' + i * interval '1 month', 'G9', 'C-5', 'lpg', 10 + i / 100.0
                FROM equipment, generate_series(1, 30) AS i WHERE code = 'FM-B1';
                INSERT INTO alert_rule (rule, version, effective, subject_kind, severity, dispatch_class, title_zh, title_en, advice_zh,
                    advice_en, source, clause, mark, conditions)
                VALUES ('cylinder-overfill', 1, '2026-01-01', 'CYLINDER', 'CRITICAL', 'filling', '气瓶超装', 'Cylinder overfilled', '停', 'Stop', 'S',
                        '1', 'seen', '[]'),
                       ('cylinder-foreign', 1, '2026-01-01', 'CYLINDER', 'WARNING', 'filling', '充装非本站气瓶', 'Cylinder of another station',
                        '停', 'Stop', 'S', '1', 'seen', '[]');
                INSERT INTO alert (subject_kind, subject, equipment_id, organisation_id, division_code, dispatch_class, rule, severity, first_seen,
                    last_seen)
                SELECT x.kind, x.subject, e.equipment_id, e.use_unit_id, e.division_code, 'filling', x.rule, 'WARNING', x.at::timestamptz,
                    x.at::timestamptz
                FROM (VALUES ('CYLINDER', 'C-1', 'FM-A2', 'cylinder-overfill', '2026-03-02T03:00:00Z'),
                             ('CYLINDER', 'C-1', 'FM-B1', 'cylinder-foreign', '2026-03-02T04:00:00Z'),
                             ('CODE', 'FM-A2', 'FM-A2', 'filler-uncertified', '2026-03-02T03:00:00Z')) AS x (kind, subject, machine, rule, at)
                JOIN equipment e ON e.code = x.machine;
                INSERT INTO alert_finding (equipment_id, stream, time, key_values, rule, alert_id)
                SELECT equipment_id, 'cylinder-fill', first_seen, ARRAY['G1', 'C-1'], rule, alert_id FROM alert;
                INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject, organisation_id, reason)
                VALUES ('account', 'boss', 'cylinder.change', 'cylinder', 'C-1', %1$d, '更正皮重');
                """.formatted(a, b, HOSTILE.replace("'", "''")));
    }
}
