package io.tean.dashboards.machine;

import io.tean.dashboards.OpenHouse;

/**
 * An elevator of {@code Fleet} that was heard for 400 days: two days of readings with three hours of silence, 61 days of hours without
 * one day, 400 days without five; summarised until the hour before this one.
 */
final class HeardMachine {
    static final String CODE = "ELV-1001";

    private HeardMachine() {}

    static void moveInto(OpenHouse house) {
        house.database().execute("""
                CREATE TEMPORARY TABLE told AS
                    SELECT equipment_id, date_trunc('hour', now()) AS hour FROM equipment WHERE code = 'ELV-1001';
                INSERT INTO elevator_status (time, equipment_id, service_mode, car_running, car_direction, car_position, door_closed, load_kg, speed_mps, total_trips)
                SELECT at, equipment_id, 'normal', extract(minute FROM at)::integer % 4 = 0, 'up', '12', true,
                    round(150 + 140 * sin(extract(epoch FROM at) / 9000)) + extract(minute FROM at)::integer % 7, 1.75, 900000
                FROM told, generate_series(hour - interval '48 hours', now(), '1 minute') at
                WHERE NOT (at >= hour - interval '10 hours' AND at < hour - interval '7 hours');
                INSERT INTO elevator_event (time, equipment_id, code, sequence, note)
                SELECT hour - interval '3 hours', equipment_id, 2, 7, '关门受阻' FROM told;
                INSERT INTO elevator_status_hour (bucket, equipment_id, readings, load_kg_n, load_kg_min, load_kg_max, load_kg_sum, car_running_n, car_running_true)
                SELECT at, equipment_id, 60, 60, 0, 300 + 150 * sin(day), 60 * (150 + 70 * sin(day)), 60, 15
                FROM told, generate_series(hour - interval '61 days', hour - interval '2 hours', '1 hour') at,
                    LATERAL (SELECT extract(epoch FROM at) / 86400 * 6.2831853 AS day) d
                WHERE NOT (at >= hour - interval '20 days' AND at < hour - interval '19 days');
                INSERT INTO elevator_status_day (bucket, equipment_id, readings, load_kg_n, load_kg_min, load_kg_max, load_kg_sum, car_running_n, car_running_true)
                SELECT at, equipment_id, 1440, 1440, 0, 500 + 80 * sin(year), 1440 * (180 + 60 * sin(year)), 1440, 360
                FROM told, generate_series(date_trunc('day', hour - interval '1 hour', 'Asia/Shanghai') - interval '400 days',
                        date_trunc('day', hour - interval '1 hour', 'Asia/Shanghai'), '1 day') at,
                    LATERAL (SELECT extract(epoch FROM at) / 86400 / 365 * 6.2831853 AS year) d
                WHERE NOT (at >= hour - interval '205 days' AND at < hour - interval '200 days');
                INSERT INTO summary_mark (stream, summarised_to) SELECT 'elevator-status', hour - interval '1 hour' FROM told;
                INSERT INTO alert (subject_kind, subject, equipment_id, division_code, dispatch_class, rule, severity, opened_at, first_seen, last_seen)
                SELECT 'MACHINE', equipment_id::text, equipment_id, '320505', 'EMERGENCY', kind, severity, hour - ago, hour - ago, hour - ago
                FROM told, (VALUES ('elevator-entrapment', 'EMERGENCY', interval '3 hours'), ('elevator-door-cycling', 'WARNING', interval '120 days'))
                    AS a (kind, severity, ago);
                INSERT INTO rescue_case (equipment_id, division_code, origin, occurred_at, opened_at)
                SELECT equipment_id, '320505', 'TELEMETRY', hour - interval '3 hours', hour - interval '3 hours' FROM told;
                """);
    }
}
