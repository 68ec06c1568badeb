package io.tean.core.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.rescue.CaseLifecycle.Allowed;
import io.tean.core.rescue.CaseLifecycle.Attempt;
import io.tean.core.rescue.CaseLifecycle.Called;
import io.tean.core.rescue.CaseLifecycle.Follow;
import io.tean.core.rescue.CaseLifecycle.Standing;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cases to which anything happens in any order. */
class CaseLifecyclePlayTest {
    private static final int CASES = 2_000;
    private static final int STEPS = 40;
    private static final List<CaseStep> ANY = List.of(CaseStep.values());

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whatever_happens_in_whatever_order_leaves_a_case_as_a_case_may_be(long seed) {
        Random random = new Random(seed);
        Set<CaseState> reached = EnumSet.noneOf(CaseState.class);
        for (int no = 0; no < CASES; no++) {
            Standing at = new Standing(CaseState.TAKEN_IN, 0, 1, List.of());
            List<String> story = new ArrayList<>();
            for (int step = 0; step < STEPS; step++) {
                Attempt attempt = any(random, at);
                Standing next =
                        CaseLifecycle.judge(at, attempt) instanceof Allowed allowed ? take(at, attempt, allowed) : at;
                story.add(attempt.step() + " " + attempt.dispatchId() + " -> " + next.state());
                check(at, next, story);
                reached.add(next.state());
                at = next;
            }
        }
        assertThat(reached).containsExactlyInAnyOrder(CaseState.values());
    }

    private static void check(Standing before, Standing after, List<String> story) {
        if (after.state().live()) {
            assertThat(before.state().live()).as("%s", story).isTrue();
            assertThat(after.state())
                    .as("%s", story)
                    .isEqualTo(CaseLifecycle.furthest(
                            after.calls().stream().map(Called::state).toList()));
        } else {
            assertThat(after.state()).as("%s", story).isGreaterThanOrEqualTo(before.state());
            assertThat(after.calls())
                    .as("%s", story)
                    .noneMatch(unit -> unit.state().active());
        }
        assertThat(after.level()).as("%s", story).isBetween(before.level(), Math.min(before.level() + 1, 3));
        for (int i = 0; i < before.calls().size(); i++) {
            DispatchState was = before.calls().get(i).state();
            DispatchState is = after.calls().get(i).state();
            // A unit goes forward, and does not come back.
            assertThat(was.active() ? is.compareTo(was) >= 0 : is == was)
                    .as("%s", story)
                    .isTrue();
        }
    }

    private static Attempt any(Random random, Standing at) {
        // The end comes to each soon enough.
        CaseStep step = ANY.get(random.nextInt(ANY.size()));
        int units = at.calls().size();
        Attempt attempt = units == 0 || random.nextInt(10) == 0
                ? Attempt.of(step)
                : Attempt.ofUnit(step, 1 + random.nextInt(units + 1));
        if (random.nextInt(3) > 0) {
            attempt = attempt.withUnit(OptionalInt.of(random.nextInt(4)));
        }
        if (random.nextBoolean()) {
            attempt = attempt.atLevel(random.nextInt(5));
        }
        return random.nextInt(3) == 0 ? attempt.seeing(OptionalInt.of(at.version() - random.nextInt(2))) : attempt;
    }

    private static Standing take(Standing at, Attempt attempt, Allowed allowed) {
        List<Called> calls = new ArrayList<>();
        for (Called unit : at.calls()) {
            boolean takes = attempt.dispatchId().isPresent()
                    && attempt.dispatchId().getAsLong() == unit.dispatchId()
                    && allowed.dispatch().isPresent()
                    && attempt.step() != CaseStep.DISPATCH
                    && attempt.step() != CaseStep.TAKE_OVER;
            DispatchState state = takes ? allowed.dispatch().get() : unit.state();
            if (!takes && allowed.follows().contains(Follow.STAND_DOWN_CALLED) && state == DispatchState.CALLED) {
                state = DispatchState.STOOD_DOWN;
            }
            if (allowed.follows().contains(Follow.END_UNITS) && state.active()) {
                state = state == DispatchState.ARRIVED ? DispatchState.DONE : DispatchState.STOOD_DOWN;
            }
            calls.add(new Called(
                    unit.dispatchId(), unit.organisationId(), state, unit.late() || attempt.step() == CaseStep.LATE));
        }
        boolean callsOne = attempt.step() == CaseStep.DISPATCH || attempt.step() == CaseStep.TAKE_OVER;
        boolean skips = attempt.step() == CaseStep.SKIP;
        if (callsOne || skips) {
            calls.add(new Called(
                    at.calls().size() + 1L,
                    skips ? OptionalInt.empty() : attempt.organisationId(),
                    skips ? DispatchState.SKIPPED : allowed.dispatch().orElseThrow(),
                    false));
        }
        int level =
                attempt.step() == CaseStep.DISPATCH || skips ? attempt.level().orElse(at.level()) : at.level();
        return new Standing(allowed.state(), level, at.version() + 1, calls);
    }
}
