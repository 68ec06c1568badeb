package io.tean.dashboards;

import io.tean.core.store.TestDatabase;

/**
 * A city in which something is wrong: alerts of every severity and state, about machines and other things, some of them quiet. Their
 * numbers are 1 to 8, in the order in which they stand here.
 */
public final class AlarmedCity {
    public static final String UNIT = "91320500MAALARMUN1";
    public static final String FIRM = "91320500MAALARMFI1";
    public static final String STATION = "91320500MAALARMST1";
    /** What nobody may take for a tag. */
    public static final String HOSTILE = "<b onmouseover=alert(1)>1号</b> & \"梯\"";

    private AlarmedCity() {}

    public static void moveInto(OpenHouse house) {
        int unit = house.addOrganisation(UNIT, "USE_UNIT", "园区物业", "320505");
        int firm = house.addOrganisation(FIRM, "MAINTENANCE_FIRM", "快修电梯", "320505");
        int station = house.addOrganisation(STATION, "FILLING_STATION", "城南充装站", "320506");
        TestDatabase city = house.database();
        city.execute("""
                INSERT INTO equipment (code, category, name, division_code, use_unit_id, site_address, rescue_code)
                VALUES ('elv-1', 'ELEVATOR', '%4$s', '320505', %1$d, '园区大厦', 'R-100001'),
                       ('elv-2', 'ELEVATOR', '2 号梯', '320505', NULL, '园区大厦', 'R-100002'),
                       ('blr-3', 'BOILER', '3 号锅炉', '320506', NULL, '锅炉房', NULL);
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                VALUES ('C-1', 1, %2$d, '2025-01-01', 'infinity'), ('C-2', 2, %2$d, '2025-01-01', '2025-06-01');
                INSERT INTO alert_rule (rule, version, effective, subject_kind, severity, dispatch_class, title_zh, title_en, advice_zh,
                    advice_en, source, clause_zh, clause, mark, conditions)
                VALUES ('elevator-entrapment', 2, '2026-01-01', 'MACHINE', 'EMERGENCY', 'rescue', '电梯困人', 'People trapped',
                        '立即安抚乘客，通知救援站。', 'Calm the passengers and call the rescue station.', 'GB/T 24476-2017', '代码 11', 'code 11', 'seen',
                        '[{"stream": "elevator-event", "when": "code == 11 && !cleared", "clear": "code == 40", "for_s": 0},
                          {"stream": "elevator-status", "when": "!in_door_zone && passenger_present && !car_running", "for_s": 30,
                           "unless": "service_mode == ''inspection_operation''"}]'),
                       ('elevator-door-fault', 1, '2026-01-01', 'MACHINE', 'CRITICAL', 'repair', '门系统故障', 'Door fault', '派员检修。',
                        'Send somebody.', 'GB/T 24476-2017', NULL, '11', 'seen', '[]'),
                       ('boiler-over-pressure', 1, '2026-01-01', 'MACHINE', 'WARNING', 'repair', '锅炉超压', 'Over-pressure', '降低负荷。',
                        'Lower the load.', 'TSG 11-2020', NULL, '5.3', 'secondary', '[]'),
                       ('certificate-expiring', 1, '2026-01-01', 'CERTIFICATE', 'NOTICE', 'office', '作业人员证书即将到期',
                        'Certificate expires soon', '提醒单位换证。', 'Remind the organisation.', 'TSG Z6001-2019', NULL, '21', 'seen',
                        '[{"every_s": 3600, "sql": "SELECT certificate_no FROM operator"}]');
                INSERT INTO alert (subject_kind, subject, equipment_id, organisation_id, division_code, dispatch_class, rule, severity, state,
                    first_seen, last_seen, findings, activations, late, cleared_at, acknowledged_at, acknowledged_by, opened_with, latest_with)
                VALUES ('MACHINE', '1', 1, NULL, '320505', 'rescue', 'elevator-entrapment', 'EMERGENCY', 'open',
                        '2026-03-01T00:00:00Z', '2026-03-01T00:01:00Z', 3, 1, FALSE, NULL, NULL, NULL,
                        '{"code": 11, "elevator-status.load_kg": 150, "last": {"elevator-status": {"passenger_present": true}}}',
                        '{"code": 11, "source": "%5$s"}'),
                       ('MACHINE', '1', 1, NULL, '320505', 'repair', 'elevator-door-fault', 'CRITICAL', 'acknowledged',
                        '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 1, 1, FALSE, now(), now(), 'somebody', '{}', '{}'),
                       ('MACHINE', '2', 2, NULL, '320505', 'repair', 'boiler-over-pressure', 'WARNING', 'open',
                        '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 1, 2, FALSE, now(), NULL, NULL, '{}', '{}'),
                       ('CERTIFICATE', 'T-1<script>', NULL, %3$d, '', 'office', 'certificate-expiring', 'NOTICE', 'open',
                        '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 1, 1, FALSE, NULL, NULL, NULL, '{}', '{}'),
                       ('SITE', '园区大厦', NULL, NULL, '320505', 'rescue', 'elevator-door-fault', 'CRITICAL', 'open',
                        '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 1, 1, FALSE, NULL, NULL, NULL, '{}', '{}'),
                       ('MACHINE', '3', 3, NULL, '320506', 'repair', 'boiler-over-pressure', 'WARNING', 'open',
                        '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 1, 1, TRUE, NULL, NULL, NULL, '{}', '{}'),
                       ('MACHINE', '3', 3, NULL, '320506', 'repair', 'elevator-door-fault', 'CRITICAL', 'open',
                        '2026-01-05T00:00:00Z', '2026-01-05T00:00:00Z', 1, 1, FALSE, NULL, NULL, NULL, '{}', '{}'),
                       ('SYSTEM', 'clock', NULL, NULL, '', 'office', 'not-in-the-catalogue', 'NOTICE', 'open',
                        '2026-03-01T00:00:00Z', '2026-03-01T00:00:00Z', 1, 1, FALSE, NULL, NULL, NULL, '{}', '{}');
                UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'somebody', cause = 'WORK', note = 'done',
                    opened_at = '2026-01-05T00:00:00Z' WHERE alert_id = 7;
                UPDATE alert SET muted_by = 5 WHERE alert_id = 3;
                INSERT INTO silence (equipment_id, reason, from_at, until_at, added_by)
                VALUES (3, '大修至周五', now() - interval '1 hour', now() + interval '1 day', 'inspector'),
                       (1, '早已结束', now() - interval '9 days', now() - interval '8 days', 'inspector');
                INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject, reason)
                VALUES ('system', 'alerting', 'alert.open', 'alert', '1', NULL), ('account', 'li', 'alert.note', 'alert', '1', '已派%5$s');
                INSERT INTO elevator_event (equipment_id, time, code, sequence, cleared, car_position)
                VALUES (1, '2026-03-01T00:00:00Z', 11, 7, FALSE, '12'), (1, '2026-03-01T00:00:00Z', 11, 8, FALSE, '12'),
                       (1, '2026-03-01T00:20:00Z', 40, 9, FALSE, '1');
                INSERT INTO elevator_status (equipment_id, time, service_mode, car_running, in_door_zone, passenger_present, load_kg, speed_mps)
                SELECT 1, '2026-03-01T00:00:30Z'::timestamptz + n * interval '10 seconds', 'normal', FALSE, FALSE, TRUE, 150, 0.25
                FROM generate_series(-60, 60) n;
                INSERT INTO alert_finding (equipment_id, stream, time, key_values, rule, alert_id)
                VALUES (1, 'elevator-event', '2026-03-01T00:00:00Z', '{11,7}', 'elevator-entrapment', 1),
                       (1, 'elevator-status', '2026-03-01T00:00:30Z', '{}', 'elevator-entrapment', 1);
                """.formatted(unit, firm, station, HOSTILE, "<i>tag</i>"));
    }
}
