package io.tean.core.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.rescue.CaseLifecycle.Allowed;
import io.tean.core.rescue.CaseLifecycle.Attempt;
import io.tean.core.rescue.CaseLifecycle.Called;
import io.tean.core.rescue.CaseLifecycle.Follow;
import io.tean.core.rescue.CaseLifecycle.Refused;
import io.tean.core.rescue.CaseLifecycle.Standing;
import io.tean.core.rescue.CaseLifecycle.Verdict;
import io.tean.core.rescue.RescueDecisions.Reason;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every step in every state, against tables that are written down and not computed. */
class CaseLifecycleTest {
    private static final Set<CaseStep> OF_UNITS = EnumSet.of(
            CaseStep.ANSWER,
            CaseStep.REFUSE,
            CaseStep.NO_ANSWER,
            CaseStep.DEPART,
            CaseStep.LATE,
            CaseStep.ARRIVE,
            CaseStep.STAND_DOWN);
    private static final List<CaseState> STATES = Arrays.asList(CaseState.values());
    private static final int LEVEL = 1;
    private static final int VERSION = 7;

    /**
     * A step of the case without units by the state that it is in, TAKEN_IN to CLOSED; = is allowed and stays. LIVE is the refusal of what needs
     * a release first, GONE that of what comes after it, SHUT that of a closed one.
     */
    @ParameterizedTest
    @CsvSource(textBlock = """
            OPEN,             =,        =,          =,        =,          =,       GONE,     GONE,   SHUT
            JOIN,             =,        =,          =,        =,          =,       GONE,     GONE,   SHUT
            NOTE,             =,        =,          =,        =,          =,       =,        =,      SHUT
            AMEND,            =,        =,          =,        =,          =,       =,        =,      SHUT
            HAND_OVER,        =,        =,          =,        =,          =,       =,        =,      SHUT
            RELEASE,          RELEASED, RELEASED,   RELEASED, RELEASED,   RELEASED, GONE,    GONE,   SHUT
            SELF_RELEASE,     RELEASED, RELEASED,   RELEASED, RELEASED,   RELEASED, GONE,    GONE,   SHUT
            FALSE_ALARM,      RELEASED, RELEASED,   RELEASED, RELEASED,   RELEASED, GONE,    GONE,   SHUT
            RATE,             LIVE,     LIVE,       LIVE,     LIVE,       LIVE,    RATED,    TWICE,  SHUT
            CLOSE,            LIVE,     LIVE,       LIVE,     LIVE,       LIVE,    CLOSED,   CLOSED, SHUT
            ARRIVAL_WARNING,  =,        =,          =,        =,          THERE,   GONE,     GONE,   SHUT
            ARRIVAL_MISSED,   =,        =,          =,        =,          THERE,   GONE,     GONE,   SHUT
            ACCIDENT_WARNING, =,        =,          =,        =,          =,       GONE,     GONE,   SHUT
            ACCIDENT,         =,        =,          =,        =,          =,       GONE,     GONE,   SHUT
            NOBODY_LEFT,      =,        =,          =,        =,          =,       GONE,     GONE,   SHUT
            """)
    void a_case_allows_what_the_table_says(
            CaseStep step,
            String takenIn,
            String dispatched,
            String answered,
            String onTheWay,
            String arrived,
            String released,
            String rated,
            String closed) {
        List<String> expected = List.of(takenIn, dispatched, answered, onTheWay, arrived, released, rated, closed);
        for (int i = 0; i < STATES.size(); i++) {
            CaseState state = STATES.get(i);
            Verdict verdict = CaseLifecycle.judge(at(state), Attempt.of(step));
            assertThat(words(verdict, state)).as("%s in %s", step, state).isEqualTo(expected.get(i));
        }
    }

    /** A step of a unit by the state that the unit is in; with the state that it comes to, and + where the next level follows. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            CALLED,     ANSWERED, REFUSED+, NO_ANSWER+, ON_THE_WAY, CALLED+,     ARRIVED, STOOD_DOWN+
            ANSWERED,   ANSWERED!, REFUSED+, ANSWERED!, ON_THE_WAY, ANSWERED+,   ARRIVED, STOOD_DOWN+
            ON_THE_WAY, ON_WAY!,  REFUSED+, ON_WAY!,    ON_WAY!,    ON_THE_WAY+, ARRIVED, STOOD_DOWN+
            ARRIVED,    THERE,    THERE,    THERE,      THERE,      THERE,       THERE,   STOOD_DOWN+
            REFUSED,    NO,       NO,       NO,         NO,         NO,          NO,      NO
            NO_ANSWER,  NO,       NO,       NO,         NO,         NO,          NO,      NO
            SKIPPED,    NO,       NO,       NO,         NO,         NO,          NO,      NO
            STOOD_DOWN, NO,       NO,       NO,         NO,         NO,          NO,      NO
            DONE,       NO,       NO,       NO,         NO,         NO,          NO,      NO
            """)
    void a_unit_may_do_what_the_table_says(
            DispatchState state,
            String answer,
            String refuse,
            String noAnswer,
            String depart,
            String late,
            String arrive,
            String standDown) {
        List<String> expected = List.of(answer, refuse, noAnswer, depart, late, arrive, standDown);
        int column = 0;
        for (CaseStep step : OF_UNITS) {
            Verdict verdict = CaseLifecycle.judge(of(state), Attempt.ofUnit(step, 1));
            assertThat(words(verdict)).as("%s of %s", step, state).isEqualTo(expected.get(column++));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = CaseState.class,
            names = {"RELEASED", "RATED", "CLOSED"})
    void no_unit_does_anything_after_the_release(CaseState state) {
        for (DispatchState unit : DispatchState.values()) {
            for (CaseStep step : OF_UNITS) {
                Standing at = new Standing(state, LEVEL, VERSION, List.of(unit(1, unit, false)));
                assertThat(CaseLifecycle.judge(at, Attempt.ofUnit(step, 1)))
                        .isEqualTo(new Refused(
                                state == CaseState.CLOSED ? Reason.CLOSED_ALREADY : Reason.RELEASED_ALREADY));
            }
        }
    }

    @Test
    void the_tables_know_every_step() {
        Set<CaseStep> known = EnumSet.copyOf(OF_UNITS);
        known.addAll(tableOfCases());
        // Those that call somebody have tests of their own.
        known.addAll(EnumSet.of(CaseStep.DISPATCH, CaseStep.SKIP, CaseStep.TAKE_OVER));
        assertThat(known).containsExactlyInAnyOrder(CaseStep.values());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            CALLED,     false, REFUSED
            CALLED,     true,  REFUSED+
            ANSWERED,   false, REFUSED
            ON_THE_WAY, false, REFUSED
            ON_THE_WAY, true,  REFUSED+
            ARRIVED,    true,  REFUSED
            REFUSED,    false, REFUSED+
            NO_ANSWER,  false, REFUSED+
            """)
    void the_next_level_is_called_unless_another_unit_has_it_in_hand(
            DispatchState other, boolean late, String outcome) {
        Standing at = live(unit(1, DispatchState.CALLED, false), unit(2, other, late));
        assertThat(words(CaseLifecycle.judge(at, Attempt.ofUnit(CaseStep.REFUSE, 1))))
                .isEqualTo(outcome);
    }

    @Test
    void when_no_level_is_left_the_dispatchers_are_told_and_the_last_one_may_still_answer() {
        Standing at = new Standing(CaseState.DISPATCHED, 3, VERSION, List.of(unit(1, DispatchState.CALLED, false)));
        assertThat(CaseLifecycle.judge(at, Attempt.ofUnit(CaseStep.NO_ANSWER, 1)))
                .isEqualTo(new Allowed(
                        CaseState.DISPATCHED, Optional.of(DispatchState.CALLED), Set.of(Follow.NOBODY_LEFT)));
    }

    @Test
    void each_level_is_called_in_its_turn_and_once() {
        Standing at = live(unit(1, DispatchState.NO_ANSWER, false));
        Attempt call = Attempt.of(CaseStep.DISPATCH).withUnit(OptionalInt.of(9));
        Attempt skip = Attempt.of(CaseStep.SKIP);
        for (Attempt attempt : List.of(call, skip)) {
            assertThat(CaseLifecycle.judge(at, attempt.atLevel(2))).isInstanceOf(Allowed.class);
            for (int level : List.of(1, 3, 4)) {
                assertThat(CaseLifecycle.judge(at, attempt.atLevel(level)))
                        .isEqualTo(new Refused(Reason.CALLED_ALREADY));
            }
        }
        Standing last = new Standing(CaseState.DISPATCHED, 3, VERSION, List.of());
        assertThat(CaseLifecycle.judge(last, call.atLevel(4))).isEqualTo(new Refused(Reason.CALLED_ALREADY));
    }

    @ParameterizedTest
    @EnumSource(
            value = CaseStep.class,
            names = {"DISPATCH", "TAKE_OVER"})
    void a_unit_is_called_a_second_time_only_when_it_is_out_of_the_case(CaseStep step) {
        for (DispatchState state : DispatchState.values()) {
            Verdict verdict = CaseLifecycle.judge(
                    of(state), Attempt.of(step).withUnit(unit(1, state, false).organisationId()));
            assertThat(verdict instanceof Allowed).as("%s", state).isEqualTo(!state.active());
        }
    }

    @Test
    void who_takes_over_is_on_the_way_and_who_is_only_called_goes_home() {
        Standing at = live(unit(1, DispatchState.CALLED, false));
        assertThat(CaseLifecycle.judge(at, Attempt.of(CaseStep.TAKE_OVER).withUnit(OptionalInt.of(9))))
                .isEqualTo(new Allowed(
                        CaseState.ON_THE_WAY, Optional.of(DispatchState.ON_THE_WAY), Set.of(Follow.STAND_DOWN_CALLED)));
    }

    @Test
    void a_crew_that_is_stood_down_takes_its_state_with_it() {
        Standing at = new Standing(
                CaseState.ARRIVED,
                LEVEL,
                VERSION,
                List.of(unit(1, DispatchState.ARRIVED, false), unit(2, DispatchState.ANSWERED, false)));
        assertThat(CaseLifecycle.judge(at, Attempt.ofUnit(CaseStep.STAND_DOWN, 1)))
                .isEqualTo(new Allowed(CaseState.ANSWERED, Optional.of(DispatchState.STOOD_DOWN), Set.of()));
    }

    @Test
    void a_stale_page_is_told_so_but_only_when_nothing_else_is_wrong() {
        Standing at = of(DispatchState.ANSWERED);
        OptionalInt older = OptionalInt.of(VERSION - 1);
        assertThat(CaseLifecycle.judge(at, Attempt.ofUnit(CaseStep.ARRIVE, 1).seeing(older)))
                .isEqualTo(new Refused(Reason.STALE));
        assertThat(CaseLifecycle.judge(at, Attempt.ofUnit(CaseStep.ANSWER, 1).seeing(older)))
                .isEqualTo(new Refused(Reason.ANSWERED_ALREADY));
        assertThat(CaseLifecycle.judge(at, Attempt.ofUnit(CaseStep.ARRIVE, 1).seeing(OptionalInt.of(VERSION))))
                .isInstanceOf(Allowed.class);
        assertThat(CaseLifecycle.judge(at, Attempt.of(CaseStep.NOTE).seeing(older)))
                .isInstanceOf(Allowed.class);
    }

    @Test
    void a_step_of_a_unit_that_nobody_called_is_refused() {
        for (CaseStep step : OF_UNITS) {
            assertThat(CaseLifecycle.judge(of(DispatchState.CALLED), Attempt.ofUnit(step, 99)))
                    .isEqualTo(new Refused(Reason.UNKNOWN_UNIT));
            assertThat(CaseLifecycle.judge(of(DispatchState.CALLED), Attempt.of(step)))
                    .isEqualTo(new Refused(Reason.UNKNOWN_UNIT));
        }
    }

    private static Set<CaseStep> tableOfCases() {
        try {
            String table = Arrays.stream(CaseLifecycleTest.class.getDeclaredMethods())
                    .filter(method -> method.getName().equals("a_case_allows_what_the_table_says"))
                    .findAny()
                    .orElseThrow()
                    .getAnnotation(CsvSource.class)
                    .textBlock();
            return table.lines()
                    .map(line -> CaseStep.valueOf(line.strip().split(",", -1)[0]))
                    .collect(Collectors.toCollection(() -> EnumSet.noneOf(CaseStep.class)));
        } catch (RuntimeException e) {
            throw new AssertionError("no table", e);
        }
    }

    /** Of a case in that state whose only unit has it in hand, as far as the state tells. */
    private static Standing at(CaseState state) {
        List<Called> calls = switch (state) {
            case TAKEN_IN, RELEASED, RATED, CLOSED -> List.of(unit(1, DispatchState.CALLED, false));
            case DISPATCHED -> List.of(unit(1, DispatchState.CALLED, false));
            case ANSWERED -> List.of(unit(1, DispatchState.ANSWERED, false));
            case ON_THE_WAY -> List.of(unit(1, DispatchState.ON_THE_WAY, false));
            case ARRIVED -> List.of(unit(1, DispatchState.ARRIVED, false));
        };
        return new Standing(state, LEVEL, VERSION, calls);
    }

    private static Standing of(DispatchState unit) {
        return live(unit(1, unit, false));
    }

    private static Standing live(Called... units) {
        List<Called> calls = List.of(units);
        return new Standing(
                CaseLifecycle.furthest(calls.stream().map(Called::state).toList()), LEVEL, VERSION, calls);
    }

    private static Called unit(long id, DispatchState state, boolean late) {
        return new Called(id, OptionalInt.of((int) id), state, late);
    }

    private static String words(Verdict verdict, CaseState before) {
        return switch (verdict) {
            case Allowed allowed ->
                allowed.state() == before ? "=" : allowed.state().name();
            case Refused refused -> word(refused.reason());
        };
    }

    private static String words(Verdict verdict) {
        return switch (verdict) {
            case Allowed allowed ->
                allowed.dispatch().orElseThrow() + (allowed.follows().contains(Follow.NEXT_LEVEL) ? "+" : "");
            case Refused refused -> word(refused.reason());
        };
    }

    private static String word(Reason reason) {
        return switch (reason) {
            case STILL_LIVE -> "LIVE";
            case RELEASED_ALREADY -> "GONE";
            case CLOSED_ALREADY -> "SHUT";
            case RATED_ALREADY -> "TWICE";
            case ARRIVED_ALREADY -> "THERE";
            case ANSWERED_ALREADY -> "ANSWERED!";
            case ON_THE_WAY_ALREADY -> "ON_WAY!";
            case NOT_CALLED_ANY_MORE -> "NO";
            case STALE, LINK_EXPIRED, UNKNOWN_UNIT, CALLED_ALREADY -> reason.name();
        };
    }
}
