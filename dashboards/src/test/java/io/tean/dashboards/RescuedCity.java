package io.tean.dashboards;

import io.tean.core.store.TestDatabase;

/**
 * A city in which people are stuck: case 1 is called, with a map and everything else that a page can show; 2 is on its way and late; 3 is
 * of a place without a machine; 4 is released; 5 is closed. Machines 1 to 4, units 2 to 4, calls 1 to 4.
 */
public final class RescuedCity {
    public static final String UNIT = "91320500MARESCUEU1";
    public static final String FIRM = "91320500MARESCUEF1";
    public static final String STATION = "91320500MARESCUES1";
    public static final String OTHER = "91320500MARESCUEO1";
    /** What nobody may take for markup. */
    public static final String HOSTILE = "<img src=x onerror=\"window.__xss=1\">'\"&";

    private RescuedCity() {}

    public static void moveInto(OpenHouse house) {
        int unit = house.addOrganisation(UNIT, "USE_UNIT", "园区物业 " + HOSTILE, "320505");
        int firm = house.addOrganisation(FIRM, "MAINTENANCE_FIRM", "快修电梯 " + HOSTILE, "320505");
        int station = house.addOrganisation(STATION, "RESCUE_STATION", "湖东救援站", "320505");
        house.addOrganisation(OTHER, "MAINTENANCE_FIRM", "别家电梯", "320506");
        TestDatabase city = house.database();
        city.execute("""
                UPDATE organisation SET telephone = '0512-6000' || organisation_id, latitude = 31.30 + organisation_id * 0.01,
                    longitude = 120.70 + organisation_id * 0.012, duty_hours = '00:00-24:00' WHERE organisation_id > 1;
                INSERT INTO equipment (code, category, name, division_code, use_unit_id, site_address, rescue_code, latitude, longitude)
                VALUES ('elv-1', 'elevator', '1 号梯 %4$s', '320505', %1$d, '苏州大道西 1 号 %4$s', '100001', 31.3180, 120.7120),
                       ('elv-2', 'elevator', '2 号梯', '320505', %1$d, '星湖街 28 号', '100002', 31.3010, 120.7300),
                       ('elv-3', 'elevator', '3 号梯', '320506', NULL, '吴中大道 5 号', '100003', NULL, NULL),
                       ('elv-4', 'elevator', '4 号梯', '320505', %1$d, '星湖街 30 号', '100004', 31.2900, 120.7400);
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                VALUES ('C-1', 1, %2$d, '2025-01-01', 'infinity'), ('C-2', 2, %2$d, '2025-01-01', 'infinity');
                INSERT INTO alert_rule (rule, version, effective, subject_kind, severity, dispatch_class, title_zh, title_en, advice_zh,
                    advice_en, source, clause, mark, conditions)
                VALUES ('elevator-entrapment', 2, '2026-01-01', 'MACHINE', 'EMERGENCY', 'rescue', '电梯困人', 'People trapped', '救', 'Help',
                        'S', '1', 'seen', '[]');
                INSERT INTO alert (subject_kind, subject, equipment_id, division_code, dispatch_class, rule, severity, state, first_seen,
                    last_seen, cleared_at)
                VALUES ('MACHINE', '1', 1, '320505', 'rescue', 'elevator-entrapment', 'EMERGENCY', 'open', now(), now(), NULL),
                       ('MACHINE', '4', 4, '320505', 'rescue', 'elevator-entrapment', 'EMERGENCY', 'open', now(), now(), NULL),
                       ('MACHINE', '3', 3, '320506', 'repair', 'elevator-door', 'CRITICAL', 'open', now(), now(), NULL),
                       ('MACHINE', '3', 3, '320506', 'repair', 'elevator-stop', 'CRITICAL', 'acknowledged', now(), now(), NULL);
                INSERT INTO rescue_case (equipment_id, division_code, place, origin, state, level, occurred_at, opened_at, dispatched_at, next_due_at,
                    next_due, arrive_by, accident_at, caller_name, caller_telephone, trapped_count, injured_count, fault_text, duty_operator)
                VALUES (1, '320505', '', 'TELEMETRY', 'DISPATCHED', 1, now() - interval '1 minute', now() - interval '1 minute', now(),
                        now() + interval '2 minutes', 'ANSWER', now() + interval '29 minutes', now() + interval '119 minutes', '', '', 2, 0,
                        '%4$s', NULL),
                       (2, '320505', '', 'CALL', 'ON_THE_WAY', 2, now() - interval '40 minutes', now() - interval '40 minutes', now(),
                        now() - interval '1 minute', 'FORECAST', now() - interval '10 minutes', now() + interval '80 minutes', '王女士 %4$s',
                        '13800000000', 3, 1, '门打不开', 'dispatcher'),
                       (NULL, '320506', '火车站北广场直梯', 'CALL', 'TAKEN_IN', 0, now(), now(), NULL, now() + interval '1 hour', 'DISPATCH', NULL, NULL,
                        '路人', '13900000000', NULL, NULL, '', 'dispatcher');
                UPDATE rescue_case SET arrival_missed_at = now() WHERE case_id = 2;
                INSERT INTO rescue_case (equipment_id, division_code, origin, state, level, outcome, occurred_at, opened_at, released_at, arrived_at,
                    released_count, next_due_at, next_due, duty_operator)
                VALUES (4, '320505', 'CAR_BUTTON', 'RELEASED', 1, 'SELF_RELEASED', now() - interval '2 hours', now() - interval '2 hours', now(), now(),
                        2, NULL, NULL, 'dispatcher');
                INSERT INTO rescue_case (equipment_id, division_code, origin, state, level, outcome, occurred_at, opened_at, released_at, closed_at,
                    next_due_at, next_due, cause, by_maintenance, result_text, rating, closed_by)
                VALUES (3, '320506', 'CALL', 'CLOSED', 2, 'RELEASED', '2026-01-05T00:00:00Z', '2026-01-05T00:00:00Z', '2026-01-05T00:20:00Z',
                        '2026-01-06T00:00:00Z', NULL, NULL, 'DOOR_SYSTEM', TRUE, '更换门锁', 4, 'dispatcher');
                INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, telephone, escalation, state, answer_by, choice, reason)
                VALUES (1, 1, TRUE, %2$d, '快修电梯 %4$s', '0512-60002', 'FIRST', 'CALLED', now() + interval '2 minutes', '{}', ''),
                       (2, 1, TRUE, %2$d, '快修电梯', '0512-60002', 'FIRST', 'REFUSED', NULL, '{}', '人手不足 %4$s'),
                       (2, 2, TRUE, %3$d, '湖东救援站', '0512-60003', 'REFUSED', 'ON_THE_WAY', NULL,
                        '{"distance_m": 1820, "duty_hours": "00:00-24:00", "open_cases": 0, "considered": [
                          {"unit": "湖东救援站", "distance_m": 1820, "on_duty": true, "open_cases": 0, "why_not": ""},
                          {"unit": "远处站", "distance_m": 9100, "on_duty": false, "open_cases": 2, "why_not": "不在值班"}]}', ''),
                       (5, 2, TRUE, %3$d, '湖东救援站', '0512-60003', 'FIRST', 'DONE', NULL, '{}', '');
                INSERT INTO case_entry (case_id, dispatch_id, step, state, actor_kind, actor, detail)
                VALUES (1, NULL, 'OPEN', 'TAKEN_IN', 'system', 'alerting', '{}'), (1, 1, 'DISPATCH', 'DISPATCHED', 'system', 'alerting', '{"level": 1}'),
                       (2, 2, 'REFUSE', 'DISPATCHED', 'link', '快修电梯', jsonb_build_object('reason', '人手不足 %4$s', 'more', '{"x": 1}'::jsonb));
                INSERT INTO case_alert VALUES (1, 1);
                INSERT INTO notice (notice_id, case_id, dispatch_id, occasion, severity, dispatch_class)
                VALUES ('00000000-0000-0000-0000-000000000001', 1, 1, 'CALLED', 'EMERGENCY', 'rescue');
                INSERT INTO delivery (delivery_id, notice_id, recipient_name, addresses, severity_rank, state, reason, deadline_at, ended_at)
                VALUES ('00000000-0000-0000-0000-000000000002', '00000000-0000-0000-0000-000000000001', '快修值班 %4$s',
                        '[{"channel": "voice", "to": "0512"}]', 0, 'dead', '空号', now(), now());
                INSERT INTO elevator_status (equipment_id, time, service_mode, car_running, passenger_present, load_kg)
                VALUES (1, tean_now() - interval '3 seconds', 'normal', FALSE, TRUE, 150);
                """.formatted(unit, firm, station, HOSTILE.replace("'", "''")));
    }
}
