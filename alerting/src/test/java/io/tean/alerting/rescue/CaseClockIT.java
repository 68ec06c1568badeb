package io.tean.alerting.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tean.core.rescue.RescueDecisions.Answer;
import io.tean.core.rescue.RescueDecisions.Arrive;
import io.tean.core.rescue.RescueDecisions.Depart;
import io.tean.core.rescue.RescueDecisions.FalseAlarm;
import io.tean.core.rescue.RescueDecisions.Refuse;
import io.tean.core.rescue.RescueDecisions.Release;
import io.tean.core.rescue.RescueDecisions.StandDown;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is called when, by the database's clock. */
class CaseClockIT {
    private static final RescueBook BOOK = new RescueBook();

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterEach
    void no_step_failed() {
        BOOK.sound();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void the_levels_follow_each_other_while_nobody_answers_and_all_are_started_within_five_minutes()
            throws SQLException {
        long id = BOOK.open(1);
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 CALLED FIRST");
        assertThat(BOOK.nextDue(id)).isEqualTo("ANSWER 10:03:00");
        BOOK.passes("2 minutes 59 seconds");
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 CALLED FIRST");
        BOOK.passes("1 second");
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 NO_ANSWER FIRST, 2 近站 CALLED ANSWER_TIMEOUT");
        BOOK.passes("1 minute 45 seconds");
        assertThat(BOOK.calls(id))
                .isEqualTo("1 安迅电梯 NO_ANSWER FIRST, 2 近站 NO_ANSWER ANSWER_TIMEOUT, 3 消防救援 119 CALLED ANSWER_TIMEOUT");
        assertThat(BOOK.nextDue(id)).isEqualTo("ANSWER 10:06:45");
        BOOK.passes("2 minutes");
        assertThat(BOOK.calls(id)).endsWith("3 消防救援 119 CALLED ANSWER_TIMEOUT");
        assertThat(BOOK.timeline(id))
                .isEqualTo("OPEN DISPATCH NO_ANSWER DISPATCH NO_ANSWER DISPATCH NO_ANSWER NOBODY_LEFT");
        assertThat(BOOK.notices(id)).isEqualTo("CALLED CALLED CALLED NOBODY_LEFT");
        assertThat(BOOK.nextDue(id)).isEqualTo("ARRIVAL_WARNING 10:20:00");
    }

    @Test
    void the_station_is_the_nearest_on_duty_that_can_be_reached_and_the_choice_says_why() throws SQLException {
        long id = BOOK.open(1);
        BOOK.passes("3 minutes");
        assertThat(BOOK.database.text("""
                SELECT string_agg(concat_ws(' ', c->>'unit', c->>'why_not'), ', ') FROM rescue_dispatch, jsonb_array_elements(choice->'considered') c
                WHERE level = 2 AND case_id = %d""".formatted(id))).isEqualTo("哑站 no-contact, 夜站 off-duty, 近站 , 远站 ");
        assertThat(BOOK.database.number("SELECT choice->>'distance_m' FROM rescue_dispatch WHERE level = 2"))
                .isBetween(1_100L, 1_125L);
    }

    @Test
    void a_busy_station_counts_as_further_away() throws SQLException {
        for (int no = 0; no < 5; no++) {
            BOOK.database.execute("""
                    INSERT INTO rescue_case (place, origin, occurred_at, next_due_at, next_due) VALUES ('x', 'CALL', now(), NULL, NULL);
                    INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, escalation)
                    SELECT max(case_id), 2, false, 4, '近站', 'MANUAL' FROM rescue_case
                    """);
        }
        long id = BOOK.open(1);
        BOOK.passes("3 minutes");
        assertThat(BOOK.calls(id)).endsWith("2 远站 CALLED ANSWER_TIMEOUT");
    }

    @Test
    void a_refusal_calls_the_next_level_at_once() throws SQLException {
        long id = BOOK.open(1);
        BOOK.move("30 seconds");
        BOOK.decide(id, new Refuse(1, "no crew"));
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 REFUSED FIRST no crew, 2 近站 CALLED REFUSED");
        assertThat(BOOK.nextDue(id)).isEqualTo("ANSWER 10:02:15");
    }

    @Test
    void levels_without_anybody_who_can_be_reached_are_skipped_at_once_with_the_reason() throws SQLException {
        BOOK.database.execute("UPDATE organisation SET duty_hours = '20:00-08:00' WHERE organisation_id = 5");
        long id = BOOK.open(2);
        assertThat(BOOK.calls(id))
                .isEqualTo(
                        "1 SKIPPED FIRST no-contract, 2 SKIPPED NO_CONTACT no-station, 3 消防救援 119 CALLED NO_CONTACT");
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN SKIP SKIP DISPATCH");
        assertThat(BOOK.database.number("SELECT level FROM rescue_case")).isEqualTo(3);
    }

    @Test
    void without_coordinates_the_station_is_one_of_the_same_division() throws SQLException {
        long id = BOOK.open(2);
        assertThat(BOOK.calls(id)).isEqualTo("1 SKIPPED FIRST no-contract, 2 远站 CALLED NO_CONTACT");
    }

    @Test
    void a_firm_without_telephone_is_skipped_unless_somebody_receives_for_it() throws SQLException {
        BOOK.database.execute("UPDATE organisation SET telephone = NULL WHERE organisation_id = 3");
        assertThat(BOOK.calls(BOOK.open(1))).startsWith("1 安迅电梯 SKIPPED FIRST no-contact, 2 近站");
        BOOK.empty();
        BOOK.database.execute("""
                UPDATE organisation SET telephone = NULL WHERE organisation_id = 3;
                INSERT INTO recipient (organisation_id, duty, name, addresses) VALUES (3, 'RESCUE', '值班', '[{"channel": "sms", "to": "1"}]')
                """);
        assertThat(BOOK.calls(BOOK.open(1))).isEqualTo("1 安迅电梯 CALLED FIRST");
    }

    @Test
    void a_forecast_that_is_too_late_calls_the_next_level_and_the_late_crew_stays() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new Depart(1, Optional.of(BOOK.now().plus(Duration.ofMinutes(31)))));
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 ON_THE_WAY FIRST, 2 近站 CALLED ARRIVAL_TIMEOUT");
        assertThat(BOOK.state(id)).isEqualTo("ON_THE_WAY");
    }

    @Test
    void a_forecast_that_runs_out_calls_the_next_level_once() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new Depart(1, Optional.of(BOOK.now().plus(Duration.ofMinutes(10)))));
        assertThat(BOOK.nextDue(id)).isEqualTo("FORECAST 10:10:00");
        BOOK.passes("10 minutes");
        BOOK.passes("1 second");
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH DEPART LATE DISPATCH");
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 ON_THE_WAY FIRST, 2 近站 CALLED ARRIVAL_TIMEOUT");
    }

    @Test
    void who_answered_and_is_not_there_in_thirty_minutes_is_joined_by_the_next_level() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new Answer(1));
        BOOK.passes("20 minutes");
        BOOK.passes("10 minutes");
        BOOK.passes("1 second");
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH ANSWER ARRIVAL_WARNING ARRIVAL_MISSED DISPATCH");
        assertThat(BOOK.notices(id)).isEqualTo("CALLED ARRIVAL_WARNING ARRIVAL_MISSED CALLED");
    }

    @Test
    void two_hours_are_warned_of_before_and_marked_after_each_once() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new Arrive(1, Optional.empty()));
        assertThat(BOOK.nextDue(id)).isEqualTo("ACCIDENT_WARNING 11:30:00");
        for (int no = 0; no < 5; no++) {
            BOOK.passes("30 minutes");
        }
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH ARRIVE ACCIDENT_WARNING ACCIDENT");
        assertThat(BOOK.notices(id)).isEqualTo("CALLED ACCIDENT_WARNING ACCIDENT");
        assertThat(BOOK.nextDue(id)).isEmpty();
        assertThat(BOOK.database.text("SELECT (accident_marked_at = '2026-11-22 12:00+08')::text FROM rescue_case"))
                .isEqualTo("true");
    }

    @Test
    void arrival_and_release_after_an_outage_are_marked_though_no_clock_looked() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new Answer(1));
        BOOK.move("3 hours");
        BOOK.decide(id, new Arrive(1, Optional.empty()));
        BOOK.decide(id, new Release(OptionalLong.empty(), OptionalInt.of(2), OptionalInt.empty()));
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH ANSWER ARRIVAL_MISSED ARRIVE ACCIDENT RELEASE");
        assertThat(BOOK.clock.pass()).isZero();
    }

    @Test
    void a_false_alarm_is_no_accident() throws SQLException {
        long id = BOOK.open(1);
        BOOK.move("3 hours");
        BOOK.decide(id, new FalseAlarm("sensor"));
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH FALSE_ALARM STAND_DOWN");
    }

    @Test
    void after_an_outage_each_unit_still_has_its_time_to_answer() throws SQLException {
        long id = BOOK.open(1);
        BOOK.passes("25 minutes");
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 NO_ANSWER FIRST, 2 近站 CALLED ANSWER_TIMEOUT");
        assertThat(BOOK.nextDue(id)).isEqualTo("ANSWER 10:26:45");
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH NO_ANSWER DISPATCH ARRIVAL_WARNING");
    }

    @Test
    void an_answer_that_comes_late_counts_while_nobody_else_was_called() throws SQLException {
        long id = BOOK.open(1);
        BOOK.move("4 minutes");
        BOOK.decide(id, new Answer(1));
        BOOK.clock.pass();
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 ANSWERED FIRST");
    }

    @Test
    void a_case_without_any_unit_calls_the_next_level() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new StandDown(1, "wrong firm"));
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 STOOD_DOWN FIRST wrong firm, 2 近站 CALLED MANUAL");
        assertThat(BOOK.notices(id)).isEqualTo("CALLED CALLED STOOD_DOWN");
    }

    @Test
    void a_service_that_stops_while_it_holds_a_case_loses_it_and_the_next_level_is_called_once() throws SQLException {
        long id = BOOK.open(1);
        BOOK.move("3 minutes");
        try (Connection paused = BOOK.pool.getConnection()) {
            CaseRows.begin(paused);
            CaseTurn turn = CaseTurn.hold(paused, id, BOOK.limits).orElseThrow();
            turn.runClocks();
            turn.end();
            assertThat(BOOK.clock.pass()).isZero();
            CaseClock second = new CaseClock(BOOK.pool, BOOK.limits, new RescueCounts(BOOK.meters));
            await().atMost(Duration.ofSeconds(20)).until(() -> second.pass() + BOOK.clock.pass() > 0);
            assertThat(commits(paused)).isFalse();
        }
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH NO_ANSWER DISPATCH");
        assertThat(BOOK.database.number("SELECT count(*) FROM rescue_dispatch WHERE level = 2"))
                .isEqualTo(1);
        assertThat(BOOK.notices(id)).isEqualTo("CALLED CALLED");
    }

    @Test
    void a_running_clock_hears_of_a_new_case_and_tells_how_it_is() throws SQLException {
        try (CaseClock running = CaseClock.start(BOOK.pool, BOOK.limits, BOOK.meters)) {
            BOOK.find(1, "t-emergency");
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> BOOK.database.number("SELECT count(*) FROM rescue_dispatch") == 1);
            await().until(() -> running.health().well());
        }
    }

    @Test
    void a_clock_that_is_late_says_so() throws SQLException {
        long id = BOOK.open(1);
        BOOK.move("4 minutes");
        try (Connection held = BOOK.pool.getConnection()) {
            CaseRows.begin(held);
            CaseTurn.hold(held, id, BOOK.limits);
            BOOK.clock.pass();
            assertThat(BOOK.clock.health().well()).isFalse();
            assertThat(BOOK.clock.health().detail()).isEqualTo("a clock ran out 60 s ago and its step is not taken");
            held.rollback();
        }
        BOOK.clock.pass();
        assertThat(BOOK.clock.health().well()).isTrue();
    }

    private static boolean commits(Connection connection) {
        try {
            connection.commit();
            return true;
        } catch (SQLException e) {
            return false;
        }
    }
}
