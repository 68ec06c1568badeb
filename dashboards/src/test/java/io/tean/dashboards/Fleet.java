package io.tean.dashboards;

import io.tean.core.store.TestDatabase;
import io.tean.dashboards.access.Role;

/**
 * A small city: two firms, two use units, their devices and dead letters, and the people who look at them. One device is bound to
 * equipment of both use units.
 */
public final class Fleet {
    public static final String FIRM_A = "91320500MAFIRMA000";
    public static final String FIRM_B = "91320500MAFIRMB000";
    public static final String USE_UNIT_U = "91320500MAUSEUNITU";
    public static final String USE_UNIT_V = "91320500MAUSEUNITV";
    public static final String DIVISION = "320505";

    private Fleet() {}

    public static void moveInto(OpenHouse house) {
        int firmA = house.addOrganisation(FIRM_A, "MAINTENANCE_FIRM", "姑苏电梯维保有限公司", "320508");
        int firmB = house.addOrganisation(FIRM_B, "MAINTENANCE_FIRM", "Bright Lifts", "320506");
        int unitU = house.addOrganisation(USE_UNIT_U, "USE_UNIT", "东方之门物业", DIVISION);
        int unitV = house.addOrganisation(USE_UNIT_V, "USE_UNIT", "科技园物业", "320506");
        TestDatabase database = house.database();
        database.execute("""
                INSERT INTO equipment (code, category, name, division_code, use_unit_id) VALUES
                    ('ELV-1001', 'elevator', '东方之门 1 号梯', '320505', %d),
                    ('ELV-2002', 'elevator', '科技园 2 号梯', '320506', %d)""".formatted(unitU, unitV));
        database.execute("""
                INSERT INTO device (device_id, token_hash, added_at, organisation_id, disabled_at) VALUES
                    ('dev-a', '', '2026-01-01T00:00:00Z', %1$d, NULL),
                    ('dev-b', '', '2026-01-02T00:00:00Z', %2$d, NULL),
                    ('dev-shared', '', '2026-01-03T00:00:00Z', %1$d, NULL),
                    ('dev-off', '', '2026-01-04T00:00:00Z', NULL, '2026-02-01T00:00:00Z')""".formatted(firmA, firmB));
        database.execute("""
                INSERT INTO device_binding (device_id, equipment_code, bound_from, bound_to) VALUES
                    ('dev-a', 'ELV-1001', '2026-01-05T00:00:00Z', NULL),
                    ('dev-a', 'ELV-9009', '2026-01-06T00:00:00Z', NULL),
                    ('dev-a', 'ELV-0007', '2026-01-01T00:00:00Z', '2026-01-04T00:00:00Z'),
                    ('dev-b', 'ELV-2002', '2026-01-05T00:00:00Z', NULL),
                    ('dev-shared', 'ELV-1001', '2026-01-05T00:00:00Z', NULL),
                    ('dev-shared', 'ELV-2002', '2026-01-05T00:00:00Z', NULL)""");
        database.execute("""
                INSERT INTO device_contact (device_id, last_contact, connected_since) VALUES
                    ('dev-a', clock_timestamp() - interval '5 seconds', '2026-03-01T00:00:00Z'),
                    ('dev-b', clock_timestamp() - interval '3 hours', NULL)""");
        letter(database, "dev-a", "ELV-1001", "elevator-status", "out-of-range", "kept", "{\"floor\":900}", 3);
        letter(database, "dev-a", "ELV-9009", "elevator-status", "unregistered-equipment", "kept", "{}", 1);
        letter(database, "dev-b", "ELV-2002", "no-such-stream", "unknown-stream", "to-replay", "[1,2]", 1);
        letter(database, "dev-shared", "ELV-2002", "elevator-event", "not-json", "kept", "{oops", 1);
        letter(database, "dev-shared", "ELV-1001", "elevator-event", "conflict", "replayed", "{\"code\":1}", 1);
    }

    /** Adds a dead letter, a day younger than the one before it, and answers its id. */
    public static long letter(
            TestDatabase database,
            String device,
            String equipment,
            String stream,
            String reason,
            String state,
            String payload,
            int times) {
        return database.number("""
                INSERT INTO dead_letter (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload, times, state)
                SELECT at, at, '%s', '%s', '%s', '%s', 'about it', convert_to('%s', 'UTF8'), %d, '%s'
                FROM (SELECT timestamptz '2026-01-01T00:00:00Z' + count(*) * interval '1 day' AS at FROM dead_letter) AS last
                RETURNING dead_letter_id""".formatted(
                        quoted(device), quoted(equipment), quoted(stream), reason, quoted(payload), times, state));
    }

    public static String quoted(String text) {
        return text.replace("'", "''");
    }

    /** Logs in one person of each scope. */
    public static People people(OpenHouse house) {
        return new People(
                house.login("city", Role.ADMINISTRATOR, "", ""),
                house.login("division", Role.INSPECTOR, "", DIVISION),
                house.login("firm-a", Role.FIRM, FIRM_A, ""),
                house.login("firm-b", Role.FIRM, FIRM_B, ""),
                house.login("unit-u", Role.USE_UNIT, USE_UNIT_U, ""));
    }

    /** One of each scope. */
    public record People(Person city, Person division, Person firmA, Person firmB, Person unitU) {
        public Person named(String name) {
            return switch (name) {
                case "city" -> city;
                case "division" -> division;
                case "firm-a" -> firmA;
                case "firm-b" -> firmB;
                default -> unitU;
            };
        }
    }
}
