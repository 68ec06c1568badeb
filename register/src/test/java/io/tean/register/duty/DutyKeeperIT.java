package io.tean.register.duty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.store.TestDatabase;
import io.tean.register.due.DueDates;
import io.tean.register.regulation.RegulationBook;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DutyKeeperIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final HikariDataSource POOL = DATABASE.pool();
    private static final DueDates DUE_DATES = new DueDates(RegulationBook.builtIn());

    @BeforeEach
    void build() {
        DATABASE.execute("""
                TRUNCATE duty, duty_count, duty_stale, inspection;
                TRUNCATE organisation, equipment, maintenance_record, overdue_suspension CASCADE;
                INSERT INTO organisation (organisation_id, credit_code, kind, name) OVERRIDING SYSTEM VALUE
                VALUES (1, '91371300MA00000001', 'MAINTENANCE_FIRM', '甲'), (2, '91371300MA00000002', 'MAINTENANCE_FIRM', '乙');
                INSERT INTO equipment (equipment_id, code, category, name, division_code, in_use_since, supervised_on)
                OVERRIDING SYSTEM VALUE VALUES (1, '31103713002020120001', 'elevator', '1号梯', '371302', '2026-01-10', '2026-01-05');
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                VALUES ('C-1', 1, 1, '2026-01-01', '2026-03-01')
                """);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_visit_ends_one_duty_and_begins_the_next() throws SQLException {
        visit(1, "2026-01-20", false);
        work();
        assertThat(maintenance()).isEqualTo("2026-01-10 2026-01-20 2026-01-25, 2026-01-20 infinity 2026-02-04");
    }

    @Test
    void a_suspect_visit_resets_no_clock_until_it_is_accepted() throws SQLException {
        visit(1, "2026-01-20", true);
        work();
        assertThat(maintenance()).isEqualTo("2026-01-10 infinity 2026-01-25");
        DATABASE.execute(
                "INSERT INTO visit_decision (record_id, accepted, reason, decided_by) VALUES (1, true, 'seen', 'officer')");
        work();
        assertThat(maintenance()).isEqualTo("2026-01-10 2026-01-20 2026-01-25, 2026-01-20 infinity 2026-02-04");
    }

    @Test
    void a_superseded_visit_does_not_count() throws SQLException {
        visit(1, "2026-01-20", false);
        DATABASE.execute("""
                INSERT INTO maintenance_record (record_id, equipment_id, visit_no, level, check_out_at, workers, source, added_by, supersedes, reason)
                OVERRIDING SYSTEM VALUE
                VALUES (2, 1, 'V-1', 'CALL_OUT_REPAIR', '2026-01-20T02:00:00Z', '{T-1}', 'api', 'firm', 1, 'it was a repair');
                INSERT INTO visit_verdict (record_id, suspect) VALUES (2, false)
                """);
        work();
        assertThat(maintenance()).isEqualTo("2026-01-10 infinity 2026-01-25");
    }

    @Test
    void the_firm_that_takes_over_answers_from_then_on_and_nobody_answers_for_a_gap_but_the_last_one()
            throws SQLException {
        DATABASE.execute("""
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on) VALUES ('C-2', 1, 2, '2026-05-01')
                """);
        work();
        assertThat(DATABASE.text("""
                SELECT string_agg(from_on || ' ' || until_on || ' ' || answerable_id, ', ' ORDER BY from_on) FROM duty WHERE kind = 'MAINTENANCE'
                """)).isEqualTo("2026-01-10 2026-05-01 1, 2026-05-01 infinity 2");
    }

    @Test
    void a_machine_out_of_use_is_under_no_duty() throws SQLException {
        DATABASE.execute("""
                INSERT INTO equipment_state (equipment_id, state, from_on, until_on)
                VALUES (1, 'IN_USE', '2026-01-10', '2026-02-01'), (1, 'SCRAPPED', '2026-02-01', 'infinity')
                """);
        work();
        assertThat(DATABASE.text(
                        "SELECT string_agg(DISTINCT until_on::text, ' ') FROM duty WHERE kind <> 'SELF_TESTING'"))
                .contains("2026-02-01")
                .doesNotContain("infinity");
        assertThat(count("INSPECTION", "2026-01-31")).isEqualTo("1 of which 1");
        assertThat(count("INSPECTION", "2026-02-01")).isEqualTo("0 of which 0");
    }

    @Test
    void the_counts_follow_the_days() throws SQLException {
        visit(1, "2026-01-20", false);
        work();
        assertThat(count("MAINTENANCE", "2026-01-09")).isEqualTo("0 of which 0");
        assertThat(count("MAINTENANCE", "2026-01-10")).isEqualTo("1 of which 1");
        assertThat(count("MAINTENANCE", "2026-02-04")).isEqualTo("1 of which 1");
        assertThat(count("MAINTENANCE", "2026-02-05")).isEqualTo("1 of which 0");
    }

    @Test
    void what_is_noted_while_it_runs_is_computed_by_itself() {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (HikariDataSource pool = DATABASE.pool();
                DutyKeeper keeper = DutyKeeper.start(pool, DUE_DATES, meters)) {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> DATABASE.number("SELECT count(*) FROM duty WHERE until_on = 'infinity'") > 0);
            DATABASE.execute("UPDATE equipment SET division_code = '371311'");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> DATABASE.number("SELECT count(*) FROM duty WHERE division_code <> '371311'") == 0);
            assertThat(keeper.health().well()).isTrue();
            assertThat(meters.counter("tean.duty.computed").count()).isGreaterThanOrEqualTo(2);
        }
    }

    private static void work() throws SQLException {
        DutyKeeper.workOff(POOL, DUE_DATES);
        assertThat(DATABASE.number("SELECT count(*) FROM duty_stale")).isZero();
    }

    private static void visit(long record, String day, boolean suspect) {
        DATABASE.execute("""
                INSERT INTO maintenance_record (record_id, equipment_id, visit_no, firm_id, level, check_out_at, workers, source, added_by)
                OVERRIDING SYSTEM VALUE VALUES (%1$d, 1, 'V-%1$d', 1, 'HALF_MONTH', '%2$sT02:00:00Z', '{T-1}', 'api', 'firm');
                INSERT INTO visit_verdict (record_id, suspect) VALUES (%1$d, %3$s)
                """.formatted(record, day, suspect));
    }

    private static String maintenance() {
        return DATABASE.text("""
                SELECT string_agg(from_on || ' ' || until_on || ' ' || due_on, ', ' ORDER BY from_on) FROM duty WHERE kind = 'MAINTENANCE'
                """);
    }

    private static String count(String kind, String day) {
        return DATABASE.text("""
                SELECT coalesce(sum(base), 0) || ' of which ' || coalesce(sum(inside), 0) FROM duty_count WHERE kind = '%s' AND day <= '%s'
                """.formatted(kind, day));
    }
}
