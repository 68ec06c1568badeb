package io.tean.core.rescue;

import io.tean.core.rescue.RescueDecisions.Reason;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Which step a rescue case allows, and what follows from it: the one place that decides it, for people's moves, timers and second calls alike.
 * A live case is as far as the furthest of its units; whoever is released ends it for all units; what is closed stays closed.
 */
public final class CaseLifecycle {
    /** The fire brigade: there is none behind it. */
    public static final int LAST_LEVEL = 3;

    private CaseLifecycle() {}

    /**
     * A case as far as its steps go.
     *
     * @param level up to which the levels were called or skipped by themselves, 0 to 3
     */
    public record Standing(CaseState state, int level, int version, List<Called> calls) {
        public Standing {
            calls = List.copyOf(calls);
        }
    }

    /**
     * A unit that was called.
     *
     * @param organisationId none of the fire brigade, and of a level that was skipped
     * @param late it will not be, or was not, there in time
     */
    public record Called(long dispatchId, OptionalInt organisationId, DispatchState state, boolean late) {}

    /**
     * A step that somebody or a timer wants to take.
     *
     * @param dispatchId of the unit that takes it
     * @param organisationId of DISPATCH and TAKE_OVER; none is the fire brigade
     * @param level of DISPATCH and SKIP that come by themselves; none is by hand
     * @param seen the version that was decided on; none does not ask
     */
    public record Attempt(
            CaseStep step, OptionalLong dispatchId, OptionalInt organisationId, OptionalInt level, OptionalInt seen) {
        public static Attempt of(CaseStep step) {
            return new Attempt(
                    step, OptionalLong.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        }

        public static Attempt ofUnit(CaseStep step, long dispatchId) {
            return new Attempt(
                    step, OptionalLong.of(dispatchId), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
        }

        public Attempt withUnit(OptionalInt organisation) {
            return new Attempt(step, dispatchId, organisation, level, seen);
        }

        public Attempt atLevel(int automatic) {
            return new Attempt(step, dispatchId, organisationId, OptionalInt.of(automatic), seen);
        }

        public Attempt seeing(OptionalInt version) {
            return new Attempt(step, dispatchId, organisationId, level, version);
        }
    }

    public sealed interface Verdict {}

    /**
     * @param state of the case after it and all that follows but for {@link Follow#NEXT_LEVEL}
     * @param dispatch the state of the unit that took the step, or of a unit that it calls
     */
    public record Allowed(CaseState state, Optional<DispatchState> dispatch, Set<Follow> follows) implements Verdict {
        public Allowed {
            follows = Set.copyOf(follows);
        }
    }

    public record Refused(Reason reason) implements Verdict {}

    /** What follows at once from a step. */
    public enum Follow {
        /** The next level is called. */
        NEXT_LEVEL,
        /** There is no next level: the dispatchers are told. */
        NOBODY_LEFT,
        /** Other units that are only called are not needed any more. */
        STAND_DOWN_CALLED,
        /** Whoever is there has done it; nobody else is needed any more. */
        END_UNITS
    }

    public static Verdict judge(Standing at, Attempt attempt) {
        Verdict verdict = judgeCurrent(at, attempt);
        // A note changes nothing that somebody could have overlooked; and a double click is told what it was.
        boolean stale = attempt.seen.isPresent() && attempt.seen.getAsInt() != at.version;
        return stale && verdict instanceof Allowed && attempt.step != CaseStep.NOTE
                ? new Refused(Reason.STALE)
                : verdict;
    }

    private static Verdict judgeCurrent(Standing at, Attempt attempt) {
        if (at.state == CaseState.CLOSED) {
            return new Refused(Reason.CLOSED_ALREADY);
        }
        return switch (attempt.step) {
            case HAND_OVER, AMEND, NOTE -> stays(at);
            case RATE ->
                at.state.live()
                        ? new Refused(Reason.STILL_LIVE)
                        : at.state == CaseState.RATED
                                ? new Refused(Reason.RATED_ALREADY)
                                : new Allowed(CaseState.RATED, Optional.empty(), Set.of());
            case CLOSE ->
                at.state.live()
                        ? new Refused(Reason.STILL_LIVE)
                        : new Allowed(CaseState.CLOSED, Optional.empty(), Set.of());
            default -> at.state.live() ? judgeLive(at, attempt) : new Refused(Reason.RELEASED_ALREADY);
        };
    }

    private static Verdict judgeLive(Standing at, Attempt attempt) {
        return switch (attempt.step) {
            case OPEN, JOIN, ACCIDENT, NOBODY_LEFT -> stays(at);
            case DISPATCH -> call(at, attempt, DispatchState.CALLED, Set.of());
            case TAKE_OVER -> call(at, attempt, DispatchState.ON_THE_WAY, Set.of(Follow.STAND_DOWN_CALLED));
            case SKIP -> isNext(at, attempt) ? stays(at) : new Refused(Reason.CALLED_ALREADY);
            case ARRIVAL_WARNING -> at.state == CaseState.ARRIVED ? new Refused(Reason.ARRIVED_ALREADY) : stays(at);
            case ARRIVAL_MISSED ->
                at.state == CaseState.ARRIVED
                        ? new Refused(Reason.ARRIVED_ALREADY)
                        : new Allowed(at.state, Optional.empty(), unlessCovered(at, at.calls));
            case ACCIDENT_WARNING -> new Allowed(at.state, Optional.empty(), unlessCovered(at, at.calls));
            case SELF_RELEASE, FALSE_ALARM ->
                new Allowed(CaseState.RELEASED, Optional.empty(), Set.of(Follow.END_UNITS));
            case RELEASE -> release(at, attempt);
            case ANSWER, REFUSE, NO_ANSWER, DEPART, LATE, ARRIVE, STAND_DOWN ->
                find(at, attempt)
                        .map(unit -> judgeUnit(at, unit, attempt.step))
                        .orElse(new Refused(Reason.UNKNOWN_UNIT));
            case RATE, CLOSE, HAND_OVER, AMEND, NOTE ->
                throw new IllegalStateException(attempt.step + " is judged of any case");
        };
    }

    private static Verdict release(Standing at, Attempt attempt) {
        Verdict released = new Allowed(CaseState.RELEASED, Optional.of(DispatchState.DONE), Set.of(Follow.END_UNITS));
        if (attempt.dispatchId.isEmpty()) {
            return new Allowed(CaseState.RELEASED, Optional.empty(), Set.of(Follow.END_UNITS));
        }
        return find(at, attempt)
                .map(unit -> unit.state.active() ? released : new Refused(Reason.NOT_CALLED_ANY_MORE))
                .orElse(new Refused(Reason.UNKNOWN_UNIT));
    }

    private static Verdict judgeUnit(Standing at, Called unit, CaseStep step) {
        return switch (unit.state) {
            case REFUSED, NO_ANSWER, SKIPPED, STOOD_DOWN, DONE -> new Refused(Reason.NOT_CALLED_ANY_MORE);
            case ARRIVED -> step == CaseStep.STAND_DOWN ? standDown(at, unit) : new Refused(Reason.ARRIVED_ALREADY);
            case ON_THE_WAY ->
                step == CaseStep.ANSWER || step == CaseStep.NO_ANSWER || step == CaseStep.DEPART
                        ? new Refused(Reason.ON_THE_WAY_ALREADY)
                        : move(at, unit, step);
            case ANSWERED ->
                step == CaseStep.ANSWER || step == CaseStep.NO_ANSWER
                        ? new Refused(Reason.ANSWERED_ALREADY)
                        : move(at, unit, step);
            case CALLED -> move(at, unit, step);
        };
    }

    private static Verdict move(Standing at, Called unit, CaseStep step) {
        return switch (step) {
            case ANSWER -> with(at, unit, DispatchState.ANSWERED, Set.of());
            case DEPART -> with(at, unit, DispatchState.ON_THE_WAY, Set.of());
            case ARRIVE -> with(at, unit, DispatchState.ARRIVED, Set.of(Follow.STAND_DOWN_CALLED));
            case REFUSE -> with(at, unit, DispatchState.REFUSED, unlessCovered(at, others(at, unit)));
            case LATE -> with(at, unit, unit.state, unlessCovered(at, others(at, unit)));
            case NO_ANSWER -> {
                Set<Follow> follows = unlessCovered(at, others(at, unit));
                // Nobody else is called, so it may still answer.
                yield with(
                        at,
                        unit,
                        follows.contains(Follow.NOBODY_LEFT) ? DispatchState.CALLED : DispatchState.NO_ANSWER,
                        follows);
            }
            case STAND_DOWN -> standDown(at, unit);
            default -> throw new IllegalStateException(step + " is no step of a unit");
        };
    }

    /** The operator decides who is not needed; but somebody must be on the case. */
    private static Verdict standDown(Standing at, Called unit) {
        boolean somebody = others(at, unit).stream().anyMatch(other -> other.state.active());
        return with(at, unit, DispatchState.STOOD_DOWN, somebody ? Set.of() : next(at));
    }

    private static Verdict call(Standing at, Attempt attempt, DispatchState state, Set<Follow> follows) {
        boolean called = at.calls.stream()
                .anyMatch(unit -> unit.state.active() && unit.organisationId.equals(attempt.organisationId));
        boolean wrongLevel = attempt.level.isPresent() && !isNext(at, attempt);
        if (called || wrongLevel) {
            return new Refused(Reason.CALLED_ALREADY);
        }
        List<DispatchState> states = new ArrayList<>(states(at.calls, follows));
        states.add(state);
        return new Allowed(furthest(states), Optional.of(state), follows);
    }

    private static boolean isNext(Standing at, Attempt attempt) {
        return attempt.level.isPresent()
                && attempt.level.getAsInt() == at.level + 1
                && attempt.level.getAsInt() <= LAST_LEVEL;
    }

    private static Verdict stays(Standing at) {
        return new Allowed(at.state, Optional.empty(), Set.of());
    }

    private static Verdict with(Standing at, Called unit, DispatchState state, Set<Follow> follows) {
        List<DispatchState> states = new ArrayList<>(states(others(at, unit), follows));
        states.add(state);
        return new Allowed(furthest(states), Optional.of(state), follows);
    }

    private static List<DispatchState> states(Collection<Called> units, Set<Follow> follows) {
        return units.stream()
                .map(unit -> follows.contains(Follow.STAND_DOWN_CALLED) && unit.state == DispatchState.CALLED
                        ? DispatchState.STOOD_DOWN
                        : unit.state)
                .toList();
    }

    /** How far a live case is whose units are so far. */
    public static CaseState furthest(Collection<DispatchState> units) {
        Set<DispatchState> states = EnumSet.noneOf(DispatchState.class);
        states.addAll(units);
        if (states.contains(DispatchState.ARRIVED)) {
            return CaseState.ARRIVED;
        }
        if (states.contains(DispatchState.ON_THE_WAY)) {
            return CaseState.ON_THE_WAY;
        }
        if (states.contains(DispatchState.ANSWERED)) {
            return CaseState.ANSWERED;
        }
        states.remove(DispatchState.SKIPPED);
        return states.isEmpty() ? CaseState.TAKEN_IN : CaseState.DISPATCHED;
    }

    /** Whether the case is in somebody's hands: there, expected in time, or called with the clock still running. */
    private static Set<Follow> unlessCovered(Standing at, List<Called> units) {
        boolean covered = units.stream().anyMatch(unit -> switch (unit.state) {
            case ARRIVED -> true;
            case CALLED, ANSWERED, ON_THE_WAY -> !unit.late;
            case REFUSED, NO_ANSWER, SKIPPED, STOOD_DOWN, DONE -> false;
        });
        return covered ? Set.of() : next(at);
    }

    private static Set<Follow> next(Standing at) {
        return Set.of(at.level < LAST_LEVEL ? Follow.NEXT_LEVEL : Follow.NOBODY_LEFT);
    }

    private static List<Called> others(Standing at, Called unit) {
        return at.calls.stream()
                .filter(other -> other.dispatchId != unit.dispatchId)
                .toList();
    }

    private static Optional<Called> find(Standing at, Attempt attempt) {
        return at.calls.stream()
                .filter(unit -> attempt.dispatchId.isPresent() && unit.dispatchId == attempt.dispatchId.getAsLong())
                .findAny();
    }
}
