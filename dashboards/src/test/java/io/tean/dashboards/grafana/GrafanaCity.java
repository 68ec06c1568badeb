package io.tean.dashboards.grafana;

import io.tean.core.store.TestDatabase;
import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.RescuedCity;

/** A city that has something for every panel: rescues and inspections of other tests, and the rest. */
final class GrafanaCity {
    private GrafanaCity() {}

    static void moveInto(OpenHouse house) {
        RescuedCity.moveInto(house);
        InspectedCity.moveInto(house);
        TestDatabase city = house.database();
        city.execute("""
                INSERT INTO equipment (code, category, name, division_code) VALUES
                    ('BLR-1', 'boiler', '1 号锅炉', '320505'), ('FIL-1', 'filling-machine', '1 号充装机', '320505');
                INSERT INTO boiler_status (equipment_id, time, kind, steam_pressure_mpa, steam_temperature_c, water_level_mm)
                SELECT equipment_id, now() - n * interval '1 minute', 'steam', 0.8, 170, n
                FROM equipment, generate_series(1, 5) n WHERE code = 'BLR-1';
                INSERT INTO cylinder_fill (equipment_id, time, filling_gun_id, cylinder_code, net_fill_kg)
                SELECT equipment_id, now() - interval '1 second', 'G-1', 'C-1', 14.5 FROM equipment WHERE code = 'FIL-1';
                INSERT INTO elevator_status (equipment_id, time, service_mode, car_running, passenger_present, door_closed, speed_mps, load_kg)
                SELECT equipment_id, now() - n * interval '1 minute', 'normal', TRUE, TRUE, TRUE, 1.5, 75
                FROM equipment, generate_series(1, 5) n WHERE code = 'elv-1';
                INSERT INTO elevator_event (equipment_id, time, code, sequence, cleared)
                SELECT equipment_id, now(), 11, 1, FALSE FROM equipment WHERE code = 'elv-1';
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code, answerable_id)
                SELECT equipment_id, 'MAINTENANCE', '2026-01-01', '2026-04-01', 'maintenance-half-month', category, division_code,
                    (SELECT min(organisation_id) FROM organisation WHERE kind = 'MAINTENANCE_FIRM')
                FROM equipment WHERE code IN ('ELV-1001', 'elv-1');
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, firm_code, level, check_in_at, check_out_at, workers, source,
                    added_by)
                SELECT equipment_id, 'WB-1', (SELECT min(organisation_id) FROM organisation WHERE kind = 'MAINTENANCE_FIRM'), 'F', 'QUARTER',
                    now() - interval '1 hour', now() - interval '20 minutes', '{张三}', 'device', 'dev-1'
                FROM equipment WHERE code = 'elv-1';
                INSERT INTO visit_verdict (record_id, suspect, reasons) SELECT record_id, TRUE, '[]' FROM maintenance_record;
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, added_by)
                SELECT equipment_id, 'R-1', 'PERIODIC_INSPECTION', '2026-01-05', 'PASS', 'test' FROM equipment WHERE code = 'elv-1';
                INSERT INTO submission (submission_no, equipment_id, kind, state, division_code, category, submitted_on, accepted_on, agreed_on,
                    reported_on)
                SELECT 'BJ-9', equipment_id, 'PERIODIC_INSPECTION', 'REPORT_ISSUED', division_code, category, today, today, today, today
                FROM equipment, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS today) t WHERE code = 'elv-1';
                UPDATE rescue_case SET dispatched_at = opened_at, answered_at = opened_at + interval '1 minute' WHERE case_id = 5;
                INSERT INTO device (device_id, token_hash) VALUES ('dev-1', ''), ('dev-2', '');
                INSERT INTO device_contact (device_id, last_contact, connected_since) VALUES ('dev-1', now(), now());
                INSERT INTO dead_letter (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload)
                VALUES (now(), now(), 'dev-1', 'elv-1', 'elevator-status', 'out-of-range', '', '');
                INSERT INTO delivery_attempt (delivery_id, attempt, channel, address, result)
                SELECT delivery_id, 1, 'voice', '0512', 'refused' FROM delivery;
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, last_success, version)
                VALUES ('tean-sweep', 'recurring', now() + interval '1 minute', FALSE, now(), 1);
                INSERT INTO service_beat (up_since, last_at) VALUES (now() - interval '1 day', now());
                """);
        InspectedCity.count(city);
        InspectedCity.freeze(city, "2026-03");
    }
}
