package io.tean.dashboards;

import io.tean.core.store.TestDatabase;

/**
 * A city with something of everything that its one screen shows: people are stuck ({@link RescuedCity}), inspections are due
 * ({@link InspectedCity}); as of today maintenance is due, devices are there or not, and cylinders are filled.
 */
public final class WatchedCity {
    private WatchedCity() {}

    public static void moveInto(OpenHouse house) {
        RescuedCity.moveInto(house);
        InspectedCity.moveInto(house);
        TestDatabase city = house.database();
        city.execute("""
                INSERT INTO equipment (code, category, name, division_code) VALUES ('FM-9', 'FILLING_MACHINE', '9 号充装机', '320506');
                INSERT INTO device (device_id, token_hash, disabled_at)
                SELECT d, sha256(d::bytea), CASE WHEN d = 'off-1' THEN now() END
                FROM unnest(ARRAY['here-1', 'here-2', 'quiet-1', 'never-1', 'off-1']) AS d;
                INSERT INTO device_binding (device_id, equipment_code)
                VALUES ('here-1', 'elv-1'), ('here-2', 'ELV-1001'), ('quiet-1', 'elv-2'), ('never-1', 'elv-3'), ('off-1', 'elv-1');
                INSERT INTO device_contact (device_id, last_contact, connected_since)
                VALUES ('here-1', now(), now()), ('here-2', now(), now()), ('quiet-1', now(), NULL), ('off-1', now(), now());
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code)
                SELECT equipment_id, 'MAINTENANCE', today - 30, today + due, 'maintenance-half-month', 'ELEVATOR', division_code
                FROM equipment JOIN (VALUES ('elv-1', -1), ('elv-2', 1), ('elv-3', -10)) AS d (code, due) USING (code),
                    (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS today) t;
                UPDATE submission SET agreed_on = (now() AT TIME ZONE 'Asia/Shanghai')::date WHERE submission_no = 'BJ-5';
                INSERT INTO cylinder_fill (equipment_id, time, filling_gun_id, cylinder_code, refused)
                SELECT equipment_id, (today + at::time) AT TIME ZONE 'Asia/Shanghai', 'G', c, refused
                FROM equipment, (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS today) t,
                    (VALUES ('C-1', '00:00', FALSE), ('C-2', '00:00', NULL), ('C-3', '00:00', TRUE), ('C-4', '00:00', FALSE)) AS f (c, at, refused)
                WHERE code = 'FM-9';
                INSERT INTO cylinder_fill (equipment_id, time, filling_gun_id, cylinder_code)
                SELECT equipment_id, time - interval '1 second', 'G', 'C-5' FROM cylinder_fill WHERE cylinder_code = 'C-1';
                INSERT INTO alert_finding (equipment_id, stream, time, key_values, rule, alert_id)
                SELECT equipment_id, 'cylinder-fill', time, ARRAY[filling_gun_id, cylinder_code], rule, 1
                FROM cylinder_fill, unnest(ARRAY['cylinder-expired', 'cylinder-overfill']) AS rule WHERE cylinder_code IN ('C-3', 'C-5');
                """);
        InspectedCity.count(city);
    }
}
