package io.tean.app.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;

/** A register of a million machines with what is due for them, made up inside the database. */
final class MillionMachines {
    static final int NUMBER = 1_000_000;
    /** The day as of which they are made up. */
    static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    private MillionMachines() {}

    /** @param number from 1 */
    static String code(int number) {
        return "3110371%011d".formatted(number);
    }

    /** Without triggers: the keeper of the service must not compute anew what is made up here. */
    static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            for (String sql : List.of(
                    """
                    INSERT INTO equipment (code, category, name, type_code, catalogue, division_code, site_address, rescue_code, use_unit_id,
                        inspection_body_id, in_use_since, supervised_on, state, crowded_place)
                    SELECT '3110371' || lpad(n::text, 11, '0'), 'elevator', n || '号梯', '3110', '2014', '3713' || lpad((n %% 12 + 1)::text, 2, '0'),
                        '某路 ' || n || ' 号', lpad((n %% 1000000)::text, 6, '0'), 900000 + n %% 1500, 910000 + n %% 5, '2015-01-01', '2015-01-01',
                        CASE WHEN n %% 50 = 7 THEN 'SUSPENDED' ELSE 'IN_USE' END, n %% 20 = 3
                    FROM generate_series(1, %1$d) AS n
                    """,
                    """
                    INSERT INTO organisation (organisation_id, credit_code, kind, name, division_code) OVERRIDING SYSTEM VALUE
                    SELECT 900000 + n, 'U' || lpad(n::text, 17, '0'), 'USE_UNIT', '使用单位 ' || n, '371302' FROM generate_series(0, 1499) AS n
                    UNION ALL SELECT 910000 + n, 'B' || lpad(n::text, 17, '0'), 'INSPECTION_BODY', '检验机构 ' || n, '371302'
                    FROM generate_series(0, 4) AS n
                    UNION ALL SELECT 920000 + n, 'F' || lpad(n::text, 17, '0'), 'MAINTENANCE_FIRM', '维保单位 ' || n, '371302'
                    FROM generate_series(0, 999) AS n
                    """,
                    """
                    INSERT INTO equipment_state (equipment_id, state, from_on) SELECT equipment_id, state, '2015-01-01' FROM equipment
                    ON CONFLICT DO NOTHING
                    """,
                    """
                    INSERT INTO state_count (state, day, division_code, machines)
                    SELECT state, '2015-01-01'::date, division_code, count(*) FROM equipment WHERE use_unit_id >= 900000 GROUP BY 1, 2, 3
                    """,
                    // Maintained by one firm for a year, by its neighbour or the same one before; as many machines for
                    // a firm as large cities have.
                    """
                    INSERT INTO contract (contract_no, equipment_id, use_unit_id, firm_id, from_on, until_on)
                    SELECT c.number || '-' || equipment_id, equipment_id, use_unit_id, 920000 + (equipment_id + c.other) %% 1000, c.from_on, c.until_on
                    FROM equipment, LATERAL (VALUES ('A', equipment_id %% 7, '2022-11-01'::date, '2025-11-01'::date),
                        ('B', 0, '2025-11-01', '2027-11-01')) AS c (number, other, from_on, until_on)
                    WHERE use_unit_id >= 900000
                    """,
                    // A year ago and this year: inspected some days around the due day, every 30th not this year.
                    """
                    INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                    SELECT equipment_id, 'INSPECTION', d.from_on, d.until_on, d.due_on, 'elevator-periodic', category, division_code, use_unit_id,
                        inspection_body_id
                    FROM equipment e, LATERAL (SELECT '2025-01-01'::date + equipment_id %% 365 AS due) AS y,
                    LATERAL (VALUES ('2015-01-01'::date, y.due + equipment_id %% 17 - 12, y.due),
                        (y.due + equipment_id %% 17 - 12,
                         CASE WHEN y.due + 353 + equipment_id %% 17 > '2026-11-22' OR equipment_id %% 30 = 0 THEN 'infinity'::date
                              ELSE y.due + 353 + equipment_id %% 17 END, y.due + 365)) AS d (from_on, until_on, due_on)
                    WHERE use_unit_id >= 900000 AND state = 'IN_USE'
                    """,
                    """
                    INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                    SELECT equipment_id, 'MAINTENANCE', day, day + 15, 'maintenance-half-month', category, division_code, use_unit_id,
                        920000 + equipment_id %% 1000
                    FROM equipment, LATERAL (SELECT '2026-11-22'::date - (equipment_id %% 14 + CASE WHEN equipment_id %% 33 = 0 THEN 20 ELSE 0 END)
                        AS day) AS d
                    WHERE use_unit_id >= 900000 AND state = 'IN_USE'
                    """,
                    """
                    INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                    SELECT kind, day, division_code, category, coalesce(answerable_id, 0), sum(base), sum(inside) FROM (
                        SELECT kind, from_on AS day, division_code, category, answerable_id, 1 AS base, (due_on >= from_on)::integer AS inside FROM duty
                        WHERE use_unit_id >= 900000
                        UNION ALL SELECT kind, until_on, division_code, category, answerable_id, -1, 0 FROM duty
                        WHERE use_unit_id >= 900000 AND until_on < 'infinity'
                        UNION ALL SELECT kind, least(until_on, due_on + 1), division_code, category, answerable_id, 0, -1 FROM duty
                        WHERE use_unit_id >= 900000 AND due_on >= from_on) AS change
                    GROUP BY 1, 2, 3, 4, 5
                    ON CONFLICT (kind, day, division_code, category, answerable_id) DO UPDATE
                        SET base = duty_count.base + excluded.base, inside = duty_count.inside + excluded.inside
                    """,
                    "DELETE FROM duty_month",
                    """
                    INSERT INTO duty_month (kind, month, division_code, category, answerable_id, base, inside)
                    SELECT kind, first_of_month(day), division_code, category, answerable_id, sum(base), sum(inside) FROM duty_count
                    GROUP BY 1, 2, 3, 4, 5
                    """,
                    """
                    INSERT INTO submission (submission_no, equipment_id, body_id, kind, state, division_code, category, use_unit_id, submitted_on,
                        accepted_on, agreed_on, inspected_on, reported_on, conclusion, report_no, next_due_on)
                    SELECT 'B' || equipment_id, equipment_id, inspection_body_id, 'PERIODIC_INSPECTION',
                        CASE WHEN equipment_id %% 40 = 0 THEN 'APPOINTED' ELSE 'REPORT_ISSUED' END, division_code, category, use_unit_id,
                        due - 40, due - 35, due - 10, CASE WHEN equipment_id %% 40 <> 0 THEN due - 10 END,
                        CASE WHEN equipment_id %% 40 <> 0 THEN due - 4 END, CASE WHEN equipment_id %% 40 <> 0 THEN 'PASS' END,
                        CASE WHEN equipment_id %% 40 <> 0 THEN 'R' || equipment_id END, CASE WHEN equipment_id %% 40 = 0 THEN due END
                    FROM equipment, LATERAL (SELECT '2025-12-01'::date + equipment_id %% 365 AS due) AS y
                    WHERE use_unit_id >= 900000
                    """,
                    "VACUUM ANALYZE")) {
                statement.execute(sql.contains("%") ? sql.formatted(NUMBER) : sql);
            }
        }
    }
}
