package io.tean.alerting.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.FaultCause;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Amend;
import io.tean.core.rescue.RescueDecisions.Answer;
import io.tean.core.rescue.RescueDecisions.Arrive;
import io.tean.core.rescue.RescueDecisions.Candidate;
import io.tean.core.rescue.RescueDecisions.Close;
import io.tean.core.rescue.RescueDecisions.Depart;
import io.tean.core.rescue.RescueDecisions.Details;
import io.tean.core.rescue.RescueDecisions.Done;
import io.tean.core.rescue.RescueDecisions.FalseAlarm;
import io.tean.core.rescue.RescueDecisions.Gone;
import io.tean.core.rescue.RescueDecisions.HandOver;
import io.tean.core.rescue.RescueDecisions.Linked;
import io.tean.core.rescue.RescueDecisions.Move;
import io.tean.core.rescue.RescueDecisions.NotAllowed;
import io.tean.core.rescue.RescueDecisions.Note;
import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.core.rescue.RescueDecisions.Rate;
import io.tean.core.rescue.RescueDecisions.Reason;
import io.tean.core.rescue.RescueDecisions.Refuse;
import io.tean.core.rescue.RescueDecisions.Release;
import io.tean.core.rescue.RescueDecisions.SelfRelease;
import io.tean.core.rescue.RescueDecisions.Send;
import io.tean.core.rescue.RescueDecisions.TakeOver;
import io.tean.core.rescue.RescueDecisions.Taken;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RescueDeskIT {
    private static final RescueBook BOOK = new RescueBook();
    private static final Release RELEASE = new Release(OptionalLong.empty(), OptionalInt.of(2), OptionalInt.of(0));
    private static final Close CLOSE = new Close(FaultCause.DOOR_SYSTEM, true, "door lock replaced");

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void a_case_is_led_from_the_call_to_its_close() throws SQLException {
        long id = BOOK.desk
                .takeIn(BOOK.call(OptionalInt.of(1), ""), RescueBook.LI)
                .caseId();
        assertThat(BOOK.decide(id, new Answer(1))).isEqualTo(new Done(CaseState.ANSWERED, 3));
        assertThat(BOOK.decide(id, new Depart(1, Optional.of(BOOK.now().plus(Duration.ofMinutes(10))))))
                .isEqualTo(new Done(CaseState.ON_THE_WAY, 4));
        assertThat(BOOK.decide(id, new Arrive(1, Optional.of(new Position(30.2, 120.1)))))
                .isEqualTo(new Done(CaseState.ARRIVED, 5));
        assertThat(BOOK.decide(id, RELEASE)).isEqualTo(new Done(CaseState.RELEASED, 6));
        assertThat(BOOK.decide(id, new Rate(5, "fast"))).isEqualTo(new Done(CaseState.RATED, 7));
        assertThat(BOOK.decide(id, CLOSE)).isEqualTo(new Done(CaseState.CLOSED, 8));
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH ANSWER DEPART ARRIVE RELEASE RATE CLOSE");
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 DONE FIRST");
        assertThat(BOOK.database.text("""
                SELECT concat_ws(' ', outcome, released_count, injured_count, rating, cause, by_maintenance, result_text, duty_operator, closed_by)
                FROM rescue_case""")).isEqualTo("RELEASED 2 0 5 DOOR_SYSTEM t door lock replaced li li");
        assertThat(BOOK.database.text("""
                SELECT string_agg(action || ' ' || actor || ' ' || (after->>'state'), ', ' ORDER BY audit_id)
                FROM audit_entry WHERE subject_kind = 'case'"""))
                .isEqualTo(
                        "case.open li TAKEN_IN, case.dispatch rescue DISPATCHED, case.answer li ANSWERED,"
                                + " case.depart li ON_THE_WAY, case.arrive li ARRIVED, case.release li RELEASED, case.rate li RATED, case.close li CLOSED");
    }

    @Test
    void the_close_ends_the_alarm_of_all_its_emergencies() throws SQLException {
        long id = BOOK.open(1);
        BOOK.find(1, "t-second");
        BOOK.decide(id, RELEASE);
        assertThat(BOOK.database.number("SELECT count(*) FROM alert WHERE state <> 'closed'"))
                .isEqualTo(2);
        BOOK.decide(id, CLOSE);
        assertThat(BOOK.database.text("SELECT string_agg(concat_ws(' ', state, closed_by, cause), ', ') FROM alert"))
                .isEqualTo("closed li GENUINE, closed li GENUINE");
    }

    @Test
    void a_self_release_and_a_false_alarm_are_the_cause_of_their_alerts() throws SQLException {
        long first = BOOK.open(1);
        BOOK.decide(first, new SelfRelease("opened the door"));
        BOOK.decide(first, CLOSE);
        long second = BOOK.open(2);
        BOOK.decide(second, new FalseAlarm(""));
        BOOK.decide(second, CLOSE);
        assertThat(BOOK.database.text("SELECT string_agg(cause, ' ' ORDER BY alert_id) FROM alert"))
                .isEqualTo("RECOVERED FALSE_ALARM");
    }

    @Test
    void the_call_of_a_machine_that_has_a_live_case_joins_it() throws SQLException {
        long id = BOOK.open(1);
        Details details = new Details("王", "138", OptionalInt.of(3), OptionalInt.empty(), true, "stuck");
        RescueDecisions.Call call = new RescueDecisions.Call(
                OptionalInt.of(1),
                "",
                Optional.empty(),
                true,
                details,
                Optional.of(BOOK.now().minus(Duration.ofMinutes(20))));
        assertThat(BOOK.desk.takeIn(call, RescueBook.LI)).isEqualTo(new Taken(id, true));
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH JOIN");
        assertThat(BOOK.database.text("""
                SELECT concat_ws(' ', caller_name, trapped_count, calmed, tean_now() - occurred_at, accident_at - tean_now()) FROM rescue_case""")).isEqualTo("王 3 t 00:20:00 01:40:00");
    }

    @Test
    void a_call_after_the_release_is_a_new_case() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, RELEASE);
        assertThat(BOOK.desk.takeIn(BOOK.call(OptionalInt.of(1), ""), RescueBook.LI))
                .isEqualTo(new Taken(id + 1, false));
    }

    @Test
    void an_unknown_machine_is_taken_in_by_its_place() {
        long id = BOOK.desk
                .takeIn(BOOK.call(OptionalInt.empty(), "文三路"), RescueBook.LI)
                .caseId();
        assertThat(BOOK.calls(id))
                .isEqualTo("1 SKIPPED FIRST no-machine, 2 SKIPPED NO_CONTACT no-station, 3 消防救援 119 CALLED NO_CONTACT");
    }

    @Test
    void a_call_that_cannot_be_so_is_refused_with_a_line() {
        assertThatThrownBy(() -> BOOK.desk.takeIn(BOOK.call(OptionalInt.empty(), " "), RescueBook.LI))
                .hasMessage("neither a machine nor a place: say where it is");
        assertThatThrownBy(() -> BOOK.desk.takeIn(BOOK.call(OptionalInt.of(77), ""), RescueBook.LI))
                .hasMessage("machine 77 is not registered: take the call in by its place");
        RescueDecisions.Call tomorrow = new RescueDecisions.Call(
                OptionalInt.of(1),
                "",
                Optional.empty(),
                false,
                RescueBook.NOTHING,
                Optional.of(BOOK.now().plusSeconds(1)));
        assertThatThrownBy(() -> BOOK.desk.takeIn(tomorrow, RescueBook.LI)).hasMessageContaining("still to come");
        assertThat(BOOK.database.number("SELECT count(*) FROM rescue_case")).isZero();
    }

    @Test
    void who_arrives_sends_home_who_is_only_called() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new Send(OptionalInt.of(5), "big building"));
        BOOK.decide(id, new Answer(1));
        BOOK.decide(id, new Arrive(1, Optional.empty()));
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 ARRIVED FIRST, 2 远站 STOOD_DOWN MANUAL big building");
        assertThat(BOOK.notices(id)).isEqualTo("CALLED CALLED STOOD_DOWN");
    }

    @Test
    void another_crew_takes_the_case_over() throws SQLException {
        long id = BOOK.open(1);
        assertThat(BOOK.decide(id, new TakeOver(4, "was next door"))).isEqualTo(new Done(CaseState.ON_THE_WAY, 3));
        assertThat(BOOK.calls(id)).isEqualTo("1 安迅电梯 STOOD_DOWN FIRST, 2 近站 ON_THE_WAY TAKE_OVER was next door");
        BOOK.passes("10 minutes");
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH TAKE_OVER STAND_DOWN");
    }

    @Test
    void a_case_is_handed_over_amended_and_noted() throws SQLException {
        long id = BOOK.open(1);
        BOOK.decide(id, new HandOver("wang"));
        BOOK.decide(id, new Amend(new Details("王", "", OptionalInt.of(4), OptionalInt.empty(), false, "")));
        BOOK.decide(id, new Note("\u0000 \uD800 \\u0000 <script>"));
        assertThat(BOOK.database.text(
                        "SELECT concat_ws(' ', duty_operator, caller_name, trapped_count) FROM rescue_case"))
                .isEqualTo("wang 王 4");
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH HAND_OVER AMEND NOTE");
        assertThat(BOOK.database.text("SELECT detail->>'text' FROM case_entry WHERE step = 'NOTE'"))
                .isEqualTo("\uFFFD \uFFFD \\u0000 <script>");
    }

    @Test
    void the_second_of_two_operators_is_told_how_the_case_stands_now() throws SQLException {
        long id = BOOK.open(1);
        assertThat(BOOK.desk.decide(id, new Answer(1), OptionalInt.of(2), RescueBook.LI))
                .isEqualTo(new Done(CaseState.ANSWERED, 3));
        assertThat(BOOK.desk.decide(id, new Answer(1), OptionalInt.of(2), RescueBook.WANG))
                .isEqualTo(new NotAllowed(Reason.ANSWERED_ALREADY, CaseState.ANSWERED));
        assertThat(BOOK.desk.decide(id, RELEASE, OptionalInt.of(2), RescueBook.WANG))
                .isEqualTo(new NotAllowed(Reason.STALE, CaseState.ANSWERED));
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH ANSWER");
    }

    @Test
    void a_step_that_is_late_or_wrong_changes_nothing() throws SQLException {
        long id = BOOK.open(1);
        BOOK.passes("3 minutes");
        String before = everything();
        assertThat(BOOK.decide(id, new Answer(1)))
                .isEqualTo(new NotAllowed(Reason.NOT_CALLED_ANY_MORE, CaseState.DISPATCHED));
        assertThat(BOOK.decide(id, new Arrive(99, Optional.empty())))
                .isEqualTo(new NotAllowed(Reason.UNKNOWN_UNIT, CaseState.DISPATCHED));
        assertThat(BOOK.decide(id, new Send(OptionalInt.of(1), "")))
                .isEqualTo(new NotAllowed(Reason.UNKNOWN_UNIT, CaseState.DISPATCHED));
        assertThat(BOOK.decide(id, new Send(OptionalInt.of(4), "")))
                .isEqualTo(new NotAllowed(Reason.CALLED_ALREADY, CaseState.DISPATCHED));
        assertThat(BOOK.decide(id, CLOSE)).isEqualTo(new NotAllowed(Reason.STILL_LIVE, CaseState.DISPATCHED));
        assertThat(BOOK.decide(77, RELEASE)).isEqualTo(new Gone());
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            refuse,   the reason is missing
            rate,     the rating 6 is not from 1 to 5
            position, is not on earth
            people,   not from 0 to 999
            forecast, is not within the next 24 hours
            """)
    void what_cannot_be_so_is_refused_with_a_line(String which, String message) throws SQLException {
        long id = BOOK.open(1);
        Move move = switch (which) {
            case "refuse" -> new Refuse(1, " ");
            case "rate" -> new Rate(6, "");
            case "position" -> new Arrive(1, Optional.of(new Position(Double.NaN, 0)));
            case "people" -> new Release(OptionalLong.empty(), OptionalInt.of(1000), OptionalInt.empty());
            default -> new Depart(1, Optional.of(BOOK.now().minusSeconds(1)));
        };
        assertThatThrownBy(() -> BOOK.decide(id, move)).hasMessageContaining(message);
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH");
    }

    @Test
    void candidates_are_the_firm_the_stations_and_the_fire_brigade_with_what_speaks_against_them() throws SQLException {
        List<Candidate> candidates = BOOK.desk.candidates(BOOK.open(1));
        assertThat(candidates.stream().map(c -> c.level() + c.unit() + c.onDuty() + c.whyNot()))
                .containsExactly(
                        "1安迅电梯truecalled-already",
                        "2哑站trueno-contact",
                        "2夜站false",
                        "2近站true",
                        "2远站true",
                        "3消防救援 119true");
        assertThat(BOOK.desk.candidates(77)).isEmpty();
    }

    @Test
    void a_unit_answers_by_its_link_and_a_second_time_it_is_told_so() throws SQLException {
        long id = BOOK.open(1);
        String link = BOOK.link(1);
        assertThat(BOOK.desk.read(link)).contains(new Linked(id, 1, "安迅电梯"));
        assertThat(BOOK.desk.decide(link, new Answer(1), "1.2.3.4")).isEqualTo(new Done(CaseState.ANSWERED, 3));
        assertThat(BOOK.desk.decide(link, new Answer(1), "1.2.3.4"))
                .isEqualTo(new NotAllowed(Reason.ANSWERED_ALREADY, CaseState.ANSWERED));
        assertThat(
                        BOOK.database.text(
                                "SELECT concat_ws(' ', actor_kind, actor, source) FROM audit_entry WHERE action = 'case.answer'"))
                .isEqualTo("link 安迅电梯 1.2.3.4");
    }

    @Test
    void a_link_is_of_one_call_and_of_what_a_unit_does() throws SQLException {
        long id = BOOK.open(1);
        BOOK.open(2);
        assertThat(BOOK.desk.decide(BOOK.link(1), new Answer(3), ""))
                .isEqualTo(new NotAllowed(Reason.UNKNOWN_UNIT, CaseState.DISPATCHED));
        assertThat(BOOK.desk.decide(BOOK.link(1), new FalseAlarm(""), ""))
                .isEqualTo(new NotAllowed(Reason.UNKNOWN_UNIT, CaseState.DISPATCHED));
        assertThat(BOOK.desk.decide(BOOK.link(1), RELEASE, ""))
                .isEqualTo(new NotAllowed(Reason.UNKNOWN_UNIT, CaseState.DISPATCHED));
        assertThat(BOOK.timeline(id)).isEqualTo("OPEN DISPATCH");
    }

    @Test
    void a_link_lives_for_a_day() throws SQLException {
        BOOK.open(1);
        String link = BOOK.link(1);
        BOOK.move("23 hours 59 minutes");
        assertThat(BOOK.desk.decide(link, new Answer(1), "")).isInstanceOf(Done.class);
        BOOK.move("1 minute");
        assertThat(BOOK.desk.decide(link, new Arrive(1, Optional.empty()), ""))
                .isEqualTo(new NotAllowed(Reason.LINK_EXPIRED, CaseState.ANSWERED));
        assertThat(BOOK.desk.read(link)).isPresent();
    }

    @Test
    void a_link_in_which_any_letter_was_changed_is_none_of_ours() throws SQLException {
        BOOK.open(1);
        String link = BOOK.link(1);
        for (int i = 0; i < link.length(); i++) {
            char other = link.charAt(i) == 'A' ? 'B' : 'A';
            String forged = link.substring(0, i) + other + link.substring(i + 1);
            assertThat(BOOK.desk.read(forged)).as(forged).isEmpty();
            assertThat(BOOK.desk.decide(forged, new Answer(1), "")).isEqualTo(new Gone());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "../../etc/passwd",
                "'; DROP TABLE rescue_case; --",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
            })
    void what_is_no_link_leads_nowhere(String text) {
        assertThat(BOOK.desk.read(text)).isEmpty();
        assertThat(BOOK.desk.decide(text, new Answer(1), "")).isEqualTo(new Gone());
    }

    @Test
    void a_second_service_signs_with_the_same_key_and_reads_a_newer_one() throws SQLException {
        BOOK.open(1);
        Links second = Links.open(BOOK.pool);
        assertThat(BOOK.database.number("SELECT count(*) FROM link_key")).isEqualTo(1);
        BOOK.database.execute("INSERT INTO link_key (key) VALUES (decode(repeat('ab', 32), 'hex'))");
        Links third = Links.open(BOOK.pool);
        java.util.UUID nonce = java.util.UUID.fromString(BOOK.database.text("SELECT nonce FROM rescue_dispatch"));
        assertThat(second.isOurs(Links.name(third.of(1, nonce, BOOK.now())).orElseThrow(), nonce))
                .isTrue();
        assertThat(third.isOurs(Links.name(second.of(1, nonce, BOOK.now())).orElseThrow(), nonce))
                .isTrue();
        BOOK.database.execute("DELETE FROM link_key WHERE key_id > 1");
    }

    /** Of all tables that a step could write. */
    private static String everything() {
        return BOOK.database.text("""
                SELECT concat_ws('|', (SELECT string_agg(c::text, ',' ORDER BY case_id) FROM rescue_case c),
                    (SELECT string_agg(d::text, ',' ORDER BY dispatch_id) FROM rescue_dispatch d), (SELECT count(*) FROM case_entry),
                    (SELECT count(*) FROM notice), (SELECT count(*) FROM audit_entry))""");
    }
}
