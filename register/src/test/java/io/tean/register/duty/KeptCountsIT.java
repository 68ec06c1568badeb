package io.tean.register.duty;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What triggers keep beside duties and states is what a count of them gives. */
class KeptCountsIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();

    private static final String KEPT_STATES = """
            SELECT string_agg(concat_ws(' ', state, day, division_code, machines), ', ' ORDER BY state, day, division_code)
            FROM state_count WHERE machines <> 0
            """;
    private static final String COUNTED_STATES = """
            SELECT string_agg(concat_ws(' ', state, day, division, machines), ', ' ORDER BY state, day, division) FROM (
                SELECT s.state, x.day, coalesce(e.division_code, '') AS division, sum(x.change) AS machines
                FROM equipment_state s JOIN equipment e USING (equipment_id), (VALUES (1), (-1)) AS v (change),
                    LATERAL (SELECT CASE WHEN v.change = 1 THEN s.from_on ELSE s.until_on END AS day, v.change) AS x
                WHERE x.day < 'infinity' GROUP BY 1, 2, 3) AS c
            WHERE machines <> 0
            """;

    @BeforeEach
    void build() {
        DATABASE.execute("""
                TRUNCATE duty, duty_count;
                TRUNCATE equipment CASCADE;
                INSERT INTO equipment (equipment_id, code, category, name, division_code) OVERRIDING SYSTEM VALUE
                VALUES (1, 'A1', 'elevator', '1', '371302'), (2, 'A2', 'elevator', '2', '371302'), (3, 'A3', 'boiler', '3', NULL);
                INSERT INTO equipment_state (equipment_id, state, from_on, until_on)
                VALUES (1, 'IN_USE', '2026-01-01', '2026-03-01'), (1, 'SUSPENDED', '2026-03-01', 'infinity'),
                    (2, 'IN_USE', '2026-01-01', 'infinity'), (3, 'IN_USE', '2026-02-01', 'infinity')
                """);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void machines_are_counted_in_the_state_that_they_came_into() {
        assertThat(DATABASE.text(KEPT_STATES))
                .isEqualTo(DATABASE.text(COUNTED_STATES))
                .isEqualTo("IN_USE 2026-01-01 371302 2, IN_USE 2026-02-01  1, IN_USE 2026-03-01 371302 -1,"
                        + " SUSPENDED 2026-03-01 371302 1");
    }

    @Test
    void a_state_that_moves_ends_or_goes_is_counted_anew() {
        DATABASE.execute("""
                UPDATE equipment_state SET until_on = '2026-04-01' WHERE equipment_id IN (2, 3);
                INSERT INTO equipment_state (equipment_id, state, from_on) VALUES (2, 'SCRAPPED', '2026-04-01');
                DELETE FROM equipment_state WHERE equipment_id = 1 AND state = 'SUSPENDED'
                """);
        assertThat(DATABASE.text(KEPT_STATES))
                .isEqualTo(DATABASE.text(COUNTED_STATES))
                .contains("SCRAPPED 2026-04-01 371302 1")
                .doesNotContain("SUSPENDED");
    }

    @Test
    void a_machine_in_another_division_takes_its_states_along() {
        DATABASE.execute("UPDATE equipment SET division_code = '371303' WHERE equipment_id IN (1, 3)");
        assertThat(DATABASE.text(KEPT_STATES))
                .isEqualTo(DATABASE.text(COUNTED_STATES))
                .contains("SUSPENDED 2026-03-01 371303 1");
    }

    @Test
    void a_table_without_machines_has_no_counts() {
        DATABASE.execute("TRUNCATE equipment CASCADE");
        assertThat(DATABASE.text("SELECT count(*)::text FROM state_count")).isEqualTo("0");
    }

    @Test
    void months_are_the_sums_of_their_days_whatever_is_written() {
        DATABASE.execute("""
                INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                VALUES ('INSPECTION', '2026-01-01', '371302', 'elevator', 0, 5, 5), ('INSPECTION', '2026-01-31', '371302', 'elevator', 0, 2, 1),
                    ('INSPECTION', '2026-02-01', '371302', 'elevator', 0, 7, 7), ('MAINTENANCE', '2026-01-31', '371302', 'elevator', 1, 1, 1);
                INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                VALUES ('INSPECTION', '2026-01-31', '371302', 'elevator', 0, 3, -1)
                ON CONFLICT (kind, day, division_code, category, answerable_id)
                    DO UPDATE SET base = duty_count.base + excluded.base, inside = duty_count.inside + excluded.inside;
                DELETE FROM duty_count WHERE kind = 'MAINTENANCE'
                """);
        assertThat(sums("2026-01-31")).isEqualTo("10 of which 5");
        assertThat(sums("2026-02-01")).isEqualTo("17 of which 12");
        assertThat(DATABASE.text("SELECT sum(abs(base))::text FROM duty_month WHERE kind = 'MAINTENANCE'"))
                .isEqualTo("0");
    }

    private static String sums(String day) {
        return DATABASE.text(
                "SELECT sum(base) || ' of which ' || sum(inside) FROM duty_counts('INSPECTION', '" + day + "')");
    }

    @Test
    void a_duty_is_found_late_on_each_of_its_late_days_and_on_no_other() {
        // One that ended after each number of days from 1 to 300, and one that has not ended.
        DATABASE.execute("""
                INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category)
                SELECT n, 'INSPECTION', '2026-01-01', '2026-03-01'::date + n, '2026-03-01', 'r', 'elevator' FROM generate_series(1, 300) AS n;
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category)
                VALUES (1000, 'INSPECTION', '2026-01-01', '2026-03-01', 'r', 'elevator')
                """);
        assertThat(DATABASE.text("""
                SELECT coalesce(string_agg(day::date || ' ' || found, ', '), 'none') FROM generate_series('2026-02-27'::date, '2027-01-05', '1 day') AS day,
                    LATERAL (SELECT count(*) AS found FROM periodic_inspection_missing(day::date)) AS f,
                    LATERAL (SELECT count(*) AS there FROM duty WHERE due_on < day AND until_on > day) AS t
                WHERE found <> there
                """)).isEqualTo("none");
        assertThat(DATABASE.text("SELECT count(*)::text FROM periodic_inspection_missing('2026-03-02')"))
                .isEqualTo("300");
    }

    @Test
    void what_was_due_on_a_day_is_late_or_punctual_and_never_both() {
        DATABASE.execute("""
                INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category)
                SELECT n, 'MAINTENANCE', '2026-03-01'::date - n, CASE WHEN n % 7 = 0 THEN 'infinity' ELSE '2026-03-01'::date + n % 11 END,
                    '2026-03-01'::date + n % 17 - 8, 'r', 'elevator' FROM generate_series(1, 300) AS n
                """);
        assertThat(DATABASE.text("""
                SELECT count(*) || ' of ' || (SELECT count(*) FROM duty WHERE from_on <= '2026-03-03' AND until_on > '2026-03-03') FROM (
                    SELECT equipment_id FROM open_duties('MAINTENANCE', '2026-03-03')
                    UNION ALL SELECT equipment_id FROM ended_late_duties('MAINTENANCE', '2026-03-03')
                    UNION ALL SELECT equipment_id FROM ended_punctual_duties('MAINTENANCE', '2026-03-03')) AS part
                """)).isEqualTo(DATABASE.text("""
                SELECT count(*) || ' of ' || count(*) FROM duty WHERE from_on <= '2026-03-03' AND until_on > '2026-03-03'
                """));
    }
}
