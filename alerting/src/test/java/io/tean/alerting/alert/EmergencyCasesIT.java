package io.tean.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.TestRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmergencyCasesIT {
    private static final AlertBook BOOK = new AlertBook();
    private static final RuleCatalogue MORE = TestRules.catalogue(TestRules.telemetry("t-second", "EMERGENCY"));

    @BeforeEach
    void empty() {
        BOOK.empty();
        BOOK.database.execute("TRUNCATE rescue_case, case_entry RESTART IDENTITY CASCADE");
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void an_emergency_opens_a_case_with_its_alert_and_the_clock_is_due_at_once() throws SQLException {
        long alert = BOOK.open(1, "t-emergency");
        assertThat(BOOK.database.text("""
                SELECT (equipment_id, division_code, origin, state, level, occurred_at = tean_now(), next_due, next_due_at = tean_now())::text
                FROM rescue_case""")).isEqualTo("(1,330106,TELEMETRY,TAKEN_IN,0,t,DISPATCH,t)");
        assertThat(timeline()).isEqualTo("OPEN TAKEN_IN");
        assertThat(BOOK.database.text("SELECT (case_id, alert_id)::text FROM case_alert"))
                .isEqualTo("(1," + alert + ")");
        assertThat(
                        BOOK.database.text(
                                "SELECT concat_ws(' ', action, subject, organisation_id, after->>'equipment') FROM audit_entry WHERE subject_kind = 'case'"))
                .isEqualTo("case.open 1 1 E-1");
    }

    @Test
    void what_is_no_emergency_opens_none() throws SQLException {
        BOOK.open(1, "t-critical");
        assertThat(cases()).isZero();
    }

    @Test
    void the_same_again_and_a_second_rule_find_the_live_case() throws SQLException {
        BOOK.open(1, "t-emergency");
        BOOK.passes("10 seconds");
        BOOK.open(1, "t-emergency");
        BOOK.open(Finding.ofMachine(second(), 1, BOOK.now(), Map.of()));
        BOOK.open(2, "t-emergency");
        assertThat(cases()).isEqualTo(2);
        assertThat(timeline()).isEqualTo("OPEN TAKEN_IN, JOIN TAKEN_IN, OPEN TAKEN_IN");
        assertThat(BOOK.database.number("SELECT count(*) FROM case_alert WHERE case_id = 1"))
                .isEqualTo(2);
    }

    @Test
    void two_rules_in_one_batch_open_one_case() throws SQLException {
        try (Connection connection = BOOK.pool.getConnection()) {
            AlertStore.find(
                    connection,
                    List.of(
                            Finding.ofMachine(AlertBook.rule("t-emergency"), 1, BOOK.now(), Map.of()),
                            Finding.ofMachine(second(), 1, BOOK.now(), Map.of())));
        }
        assertThat(cases()).isEqualTo(1);
        assertThat(timeline()).isEqualTo("OPEN TAKEN_IN, JOIN TAKEN_IN");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            code,                     90, CAR_BUTTON
            last.elevator_event.code, 90, CAR_BUTTON
            code,                     11, TELEMETRY
            """)
    void who_pressed_the_button_asked_for_help(String name, long code, String origin) throws SQLException {
        BOOK.open(Finding.ofMachine(AlertBook.rule("t-emergency"), 1, BOOK.now(), Map.of(name, code)));
        assertThat(BOOK.database.text("SELECT origin FROM rescue_case")).isEqualTo(origin);
    }

    @Test
    void what_is_found_again_after_the_release_is_a_new_case_but_not_at_once() throws SQLException {
        BOOK.open(1, "t-emergency");
        release();
        BOOK.passes("59 seconds");
        BOOK.open(1, "t-emergency");
        assertThat(cases()).isEqualTo(1);
        BOOK.passes("1 second");
        BOOK.open(1, "t-emergency");
        assertThat(cases()).isEqualTo(2);
        assertThat(timeline()).isEqualTo("OPEN TAKEN_IN, OPEN TAKEN_IN");
    }

    @Test
    void what_came_back_after_it_cleared_is_in_the_case_already() throws SQLException {
        BOOK.open(1, "t-emergency");
        BOOK.passes("10 seconds");
        BOOK.clear(1, "t-emergency");
        BOOK.passes("10 seconds");
        BOOK.open(1, "t-emergency");
        assertThat(cases()).isEqualTo(1);
        assertThat(timeline()).isEqualTo("OPEN TAKEN_IN, NOTE TAKEN_IN");
    }

    @Test
    void a_silenced_one_opens_none_until_the_silence_ends() throws SQLException {
        BOOK.database.execute("""
                INSERT INTO silence (equipment_id, rule, reason, from_at, until_at, added_by)
                VALUES (1, 't-emergency', 'drill', tean_now(), tean_now() + interval '1 hour', 'li')
                """);
        BOOK.open(1, "t-emergency");
        assertThat(cases()).isZero();
        BOOK.passes("1 hour");
        BOOK.open(1, "t-emergency");
        assertThat(cases()).isEqualTo(1);
    }

    @Test
    void what_is_found_late_and_is_over_opens_none_and_what_is_not_over_does() throws SQLException {
        Instant before = BOOK.now().minus(Duration.ofHours(1));
        BOOK.open(late(before, Optional.of(before.plusSeconds(60))));
        assertThat(cases()).isZero();
        BOOK.open(late(before.plusSeconds(120), Optional.empty()));
        assertThat(BOOK.database.text(
                        "SELECT (occurred_at = tean_now() - interval '58 minutes')::text FROM rescue_case"))
                .isEqualTo("true");
    }

    @Test
    void a_lane_does_not_wait_for_a_case_that_somebody_holds() throws SQLException {
        BOOK.open(1, "t-emergency");
        try (Connection person = BOOK.pool.getConnection();
                var statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute(
                    "SELECT FROM rescue_case FOR NO KEY UPDATE; UPDATE rescue_case SET version = version + 1");
            try (Connection lane = BOOK.pool.getConnection();
                    var setting = lane.createStatement()) {
                lane.setAutoCommit(false);
                setting.execute("SET LOCAL lock_timeout = '500ms'");
                AlertStore.find(lane, List.of(Finding.ofMachine(second(), 1, BOOK.now(), Map.of())));
                lane.commit();
            }
            person.rollback();
        }
        assertThat(timeline()).isEqualTo("OPEN TAKEN_IN, JOIN TAKEN_IN");
    }

    private static Finding late(Instant at, Optional<Instant> over) {
        return new Finding(
                AlertBook.rule("t-emergency"),
                "1",
                OptionalInt.of(1),
                OptionalInt.empty(),
                "",
                at,
                at,
                1,
                Map.of(),
                over);
    }

    private static Rule second() {
        return MORE.rule("t-second").orElseThrow();
    }

    private static void release() {
        BOOK.database.execute("""
                UPDATE rescue_case SET state = 'RELEASED', outcome = 'RELEASED', released_at = tean_now(), next_due_at = NULL, next_due = NULL
                """);
    }

    private static long cases() {
        return BOOK.database.number("SELECT count(*) FROM rescue_case");
    }

    private static String timeline() {
        return BOOK.database.text("SELECT string_agg(step || ' ' || state, ', ' ORDER BY entry_id) FROM case_entry");
    }
}
