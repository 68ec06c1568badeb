package io.tean.dashboards;

import io.tean.core.store.TestDatabase;
import io.tean.dashboards.access.Role;

/**
 * A small city under inspection: two use units, a firm, an inspection body, seven machines whose duties are known by heart, and a
 * submission in every position. The bureau's day is 2026-04-20.
 */
public final class InspectedCity {
    public static final String UNIT_U = "91371300MAUSEUNITU";
    public static final String UNIT_V = "91371300MAUSEUNITV";
    public static final String FIRM = "91371300MAFIRMA000";
    public static final String BODY = "12371300MABODYB000";
    public static final String DIVISION = "371302";
    public static final String OTHER_DIVISION = "371311";

    private InspectedCity() {}

    public static void moveInto(OpenHouse house) {
        int u = house.addOrganisation(UNIT_U, "USE_UNIT", "沂河物业服务有限公司", DIVISION);
        int v = house.addOrganisation(UNIT_V, "USE_UNIT", "Meng Mountain Chemical Works", OTHER_DIVISION);
        int firm = house.addOrganisation(FIRM, "MAINTENANCE_FIRM", "临沂电梯维保有限公司", DIVISION);
        int body = house.addOrganisation(BODY, "INSPECTION_BODY", "临沂市特种设备检验研究院", DIVISION);
        TestDatabase database = house.database();
        machine(database, "ELV-1001", "ELEVATOR", DIVISION, u, body);
        machine(database, "ELV-1002", "ELEVATOR", DIVISION, u, body);
        machine(database, "BOI-2003", "BOILER", OTHER_DIVISION, v, body);
        machine(database, "ELV-2004", "ELEVATOR", OTHER_DIVISION, v, body);
        machine(database, "VEH-1005", "IN_PLANT_VEHICLE", DIVISION, u, body);
        machine(database, "ELV-1006", "ELEVATOR", DIVISION, u, body);
        machine(database, "ELV-2007", "ELEVATOR", OTHER_DIVISION, v, body);
        state(database, "ELV-1001", "IN_USE", "2025-01-01", "infinity");
        state(database, "ELV-1002", "IN_USE", "2025-01-01", "infinity");
        state(database, "BOI-2003", "IN_USE", "2025-06-01", "infinity");
        state(database, "ELV-2004", "IN_USE", "2025-01-01", "2026-02-01");
        state(database, "ELV-2004", "SUSPENDED", "2026-02-01", "infinity");
        state(database, "VEH-1005", "IN_USE", "2025-01-01", "infinity");
        state(database, "ELV-1006", "SCRAPPED", "2025-01-01", "infinity");
        state(database, "ELV-2007", "IN_USE", "2025-06-01", "infinity");
        duty(database, "ELV-1001", "2025-01-01", "infinity", "2026-03-31");
        duty(database, "ELV-1002", "2025-01-01", "2026-04-10", "2026-03-15");
        duty(database, "ELV-1002", "2026-04-10", "infinity", "2099-03-31");
        duty(database, "BOI-2003", "2025-06-01", "infinity", "2099-12-31");
        duty(database, "ELV-2004", "2025-01-01", "2026-02-01", "2026-12-31");
        duty(database, "ELV-2007", "2025-06-01", "infinity", "2026-01-31");
        count(database);
        database.execute("""
                INSERT INTO contract (contract_no, equipment_id, use_unit_id, firm_id, from_on)
                SELECT 'C-1', equipment_id, %d, %d, '2025-01-01' FROM equipment WHERE code = 'ELV-1001'""".formatted(u, firm));
        database.execute("""
                INSERT INTO submission (submission_no, equipment_id, body_id, kind, state, division_code, category, use_unit_id, submitted_on,
                    accepted_on, agreed_on, inspected_on, reported_on, ended_on, conclusion, report_no, reason, next_due_on, next_rule)
                SELECT s.no, e.equipment_id, s.body, 'PERIODIC_INSPECTION', s.state, e.division_code, e.category, e.use_unit_id,
                    s.submitted::date, s.accepted::date, s.agreed::date, s.reported::date, s.reported::date, s.ended::date, s.conclusion,
                    s.report, s.reason, s.due::date, CASE WHEN s.due IS NOT NULL THEN 'submission-step' END
                FROM (VALUES
                    ('BJ-1', 'ELV-1001', %1$d, 'REPORT_ISSUED', '2026-03-01', '2026-03-05', '2026-03-20', '2026-03-25', NULL, 'FAIL', 'R-1', NULL, '2026-04-09'),
                    ('BJ-2', 'ELV-1002', %1$d, 'REPORT_ISSUED', '2026-03-08', '2026-03-10', '2026-03-30', '2026-04-12', NULL, 'PASS', 'R-2', NULL, NULL),
                    ('BJ-3', 'BOI-2003', %1$d, 'REFUSED', '2026-03-20', NULL, NULL, NULL, '2026-03-22', NULL, NULL, '资料不全', NULL),
                    ('BJ-4', 'BOI-2003', NULL, 'SUBMITTED', '2026-03-25', NULL, NULL, NULL, NULL, NULL, NULL, NULL, '2026-04-01'),
                    ('BJ-5', 'BOI-2003', %1$d, 'APPOINTED', '2026-03-24', '2026-03-26', '2026-03-31', NULL, NULL, NULL, NULL, NULL, '2099-01-01'))
                    AS s (no, code, body, state, submitted, accepted, agreed, reported, ended, conclusion, report, reason, due)
                JOIN equipment e ON e.code = s.code ORDER BY s.no""".formatted(body));
        database.execute("""
                INSERT INTO submission_step (submission_id, step, on_day, agreed_on, added_by)
                SELECT submission_id, step, on_day::date, agreed::date, 'step-writer'
                FROM submission, (VALUES ('SUBMITTED', '2026-03-24', NULL), ('ACCEPTED', '2026-03-26', NULL), ('APPOINTED', '2026-03-27', '2026-03-31'))
                    AS s (step, on_day, agreed)
                WHERE submission_no = 'BJ-5' ORDER BY on_day""");
    }

    private static void machine(
            TestDatabase database, String code, String category, String division, int unit, int body) {
        database.execute("""
                INSERT INTO equipment (code, category, name, division_code, site_address, use_unit_id, inspection_body_id)
                VALUES ('%1$s', '%2$s', 'Machine %1$s', '%3$s', '沂蒙路 8 号', %4$d, %5$d)""".formatted(code, category, division, unit, body));
        database.execute(
                "DELETE FROM equipment_state WHERE equipment_id = (SELECT equipment_id FROM equipment WHERE code = '%s')"
                        .formatted(code));
    }

    private static void state(TestDatabase database, String code, String state, String from, String until) {
        database.execute("""
                INSERT INTO equipment_state (equipment_id, state, from_on, until_on)
                SELECT equipment_id, '%s', '%s', '%s' FROM equipment WHERE code = '%s'""".formatted(state, from, until, code));
    }

    /** Adds a duty; {@link #count} makes the counts of all of them. */
    public static void duty(TestDatabase database, String code, String from, String until, String due) {
        database.execute("""
                INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                SELECT equipment_id, 'INSPECTION', '%s', '%s', '%s', 'a-rule', category, coalesce(division_code, ''), use_unit_id,
                    inspection_body_id
                FROM equipment WHERE code = '%s'""".formatted(from, until, due, code));
    }

    /** Makes the counts anew from the duties, as the register's keeper would hold them. */
    public static void count(TestDatabase database) {
        database.execute("""
                DELETE FROM duty_count;
                INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                SELECT kind, day, division_code, category, coalesce(answerable_id, 0), sum(base), sum(inside)
                FROM (SELECT *, from_on AS day, 1 AS base, (due_on >= from_on)::int AS inside FROM duty
                      UNION ALL SELECT *, until_on, -1, 0 FROM duty
                      UNION ALL SELECT *, least(due_on + 1, until_on), 0, -1 FROM duty WHERE due_on >= from_on) changed
                WHERE isfinite(day) GROUP BY 1, 2, 3, 4, 5""");
    }

    /** Keeps a month as reported, as the ledger would. */
    public static void freeze(TestDatabase database, String month) {
        database.execute("""
                INSERT INTO frozen_month (month, frozen_by) VALUES ('%1$s-01', 'chief');
                INSERT INTO frozen_count (month, rate, division_code, category, body_id, base, fulfilled)
                SELECT '%1$s-01'::date, 'SUBMITTED', c.* FROM submitted_inspection_counts('%1$s-01', ('%1$s-01'::date + interval '1 month')::date - 1) c
                UNION ALL
                SELECT '%1$s-01'::date, 'PERIODIC', c.* FROM periodic_inspection_counts(('%1$s-01'::date + interval '1 month')::date - 1) c;
                INSERT INTO frozen_missing (month, rate, equipment_id)
                SELECT DISTINCT '%1$s-01'::date, 'SUBMITTED', equipment_id
                FROM submitted_inspection_missing('%1$s-01', ('%1$s-01'::date + interval '1 month')::date - 1)
                UNION ALL
                SELECT '%1$s-01'::date, 'PERIODIC', equipment_id FROM periodic_inspection_missing(('%1$s-01'::date + interval '1 month')::date - 1)
                """.formatted(month));
    }

    /** Logs in one person of each scope. */
    public static People people(OpenHouse house) {
        return new People(
                house.login("city", Role.ADMINISTRATOR, "", ""),
                house.login("division", Role.INSPECTOR, "", DIVISION),
                house.login("firm", Role.FIRM, FIRM, ""),
                house.login("unit-u", Role.USE_UNIT, UNIT_U, ""),
                house.login("unit-v", Role.USE_UNIT, UNIT_V, ""));
    }

    /** One of each scope. */
    public record People(Person city, Person division, Person firm, Person unitU, Person unitV) {
        public Person named(String name) {
            return switch (name) {
                case "city" -> city;
                case "division" -> division;
                case "firm" -> firm;
                case "unit-u" -> unitU;
                default -> unitV;
            };
        }
    }
}
