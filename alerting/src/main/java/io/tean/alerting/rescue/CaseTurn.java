package io.tean.alerting.rescue;

import io.tean.alerting.rescue.Call.Escalation;
import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.rescue.CaseLifecycle;
import io.tean.core.rescue.CaseLifecycle.Allowed;
import io.tean.core.rescue.CaseLifecycle.Attempt;
import io.tean.core.rescue.CaseLifecycle.Follow;
import io.tean.core.rescue.CaseLifecycle.Refused;
import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.CaseStep;
import io.tean.core.rescue.DispatchState;
import io.tean.core.rescue.RescueDecisions.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A case that the transaction holds, and every step that is taken on it meanwhile, with what follows from each. Written when it ends. */
final class CaseTurn {
    static final Actor CLOCK = Actor.system("rescue");

    private final Connection transaction;
    private final CaseRow row;
    private final Limits.Limit limit;
    private final Instant now;
    private final Instant arriveBy;
    private final Instant accidentAt;
    private final List<Call> calls;
    private final Map<String, @Nullable Object> columns = new LinkedHashMap<>();
    private final Map<String, Object> first = new LinkedHashMap<>();
    private final List<CaseRows.Entry> entries = new ArrayList<>();
    private final List<AuditEntry> audit = new ArrayList<>();
    private final List<CaseRows.Told> told = new ArrayList<>();
    private CaseState state;
    private int level;
    private CaseRow.Marks marks;

    private CaseTurn(Connection transaction, CaseRow row, List<Call> calls, Instant now, Limits limits) {
        this.transaction = transaction;
        this.row = row;
        this.calls = new ArrayList<>(calls);
        this.now = now;
        this.limit = limits.of(row.division(), LocalDate.ofInstant(now, Dispatching.CHINA));
        this.state = row.state();
        this.level = row.level();
        this.marks = row.marks();
        this.arriveBy = row.arriveBy().orElseGet(() -> row.openedAt().plus(limit.arrival()));
        this.accidentAt = row.accidentAt().orElseGet(() -> row.occurredAt().plus(limit.accident()));
        first.put("arrive_by", arriveBy);
        first.put("accident_at", accidentAt);
    }

    /** Waits until nobody else holds the case. */
    static Optional<CaseTurn> hold(Connection transaction, long caseId, Limits limits) throws SQLException {
        Optional<CaseRow> row = CaseRows.hold(transaction, caseId);
        return row.isEmpty()
                ? Optional.empty()
                : Optional.of(new CaseTurn(
                        transaction,
                        row.get(),
                        CaseRows.calls(transaction, caseId),
                        CaseRows.now(transaction),
                        limits));
    }

    CaseRow row() {
        return row;
    }

    CaseState state() {
        return state;
    }

    Instant now() {
        return now;
    }

    /** After {@link #end}. */
    int version() {
        return row.version() + 1;
    }

    /** The steps that were taken, in order. */
    List<CaseStep> steps() {
        return entries.stream().map(CaseRows.Entry::step).toList();
    }

    Dispatching.Asked asked() {
        return new Dispatching.Asked(row.equipmentId(), row.division(), now, limit, List.copyOf(calls));
    }

    Limits.Limit limit() {
        return limit;
    }

    /** Why the case would refuse a step now. */
    Optional<Reason> refusal(Attempt attempt) {
        return CaseLifecycle.judge(standing(), attempt) instanceof Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    /** Sets a column of the case. */
    void put(String column, Object value) {
        columns.put(column, value);
    }

    /** A clock of the case, and when it runs out. */
    private record Due(Instant at, Clock clock, OptionalLong dispatchId) {}

    private enum Clock {
        DISPATCH,
        ANSWER,
        FORECAST,
        ARRIVAL_WARNING,
        ARRIVAL,
        ACCIDENT_WARNING,
        ACCIDENT
    }

    private Optional<Due> nextDue() {
        if (!state.live()) {
            return Optional.empty();
        }
        List<Due> due = new ArrayList<>();
        if (reachedLevel() == 0) {
            due.add(new Due(row.openedAt(), Clock.DISPATCH, OptionalLong.empty()));
        }
        for (Call call : calls) {
            OptionalLong id = OptionalLong.of(call.id());
            if (call.state() == DispatchState.CALLED) {
                call.progress().answerBy().ifPresent(at -> due.add(new Due(at, Clock.ANSWER, id)));
            } else if ((call.state() == DispatchState.ANSWERED || call.state() == DispatchState.ON_THE_WAY)
                    && call.progress().lateAt().isEmpty()) {
                call.progress().forecastAt().ifPresent(at -> due.add(new Due(at, Clock.FORECAST, id)));
            }
        }
        if (state != CaseState.ARRIVED && !marks.arrivalMissed()) {
            boolean warned = marks.arrivalWarned();
            due.add(new Due(
                    warned ? arriveBy : arriveBy.minus(limit.arrivalWarning()),
                    warned ? Clock.ARRIVAL : Clock.ARRIVAL_WARNING,
                    OptionalLong.empty()));
        }
        if (!marks.accidentMarked()) {
            boolean warned = marks.accidentWarned();
            due.add(new Due(
                    warned ? accidentAt : accidentAt.minus(limit.accidentWarning()),
                    warned ? Clock.ACCIDENT : Clock.ACCIDENT_WARNING,
                    OptionalLong.empty()));
        }
        return due.stream().min(Comparator.comparing(Due::at).thenComparing(Due::clock));
    }

    /** Takes the steps of all clocks that have run out by now. */
    void runClocks() throws SQLException {
        Optional<Due> due = nextDue();
        while (due.isPresent() && !due.get().at.isAfter(now)) {
            run(due.get());
            due = nextDue();
        }
    }

    private void run(Due due) throws SQLException {
        switch (due.clock) {
            case DISPATCH -> callNextLevel(Escalation.FIRST, "first");
            case ANSWER -> byClock(Attempt.ofUnit(CaseStep.NO_ANSWER, due.dispatchId.orElseThrow()), due.at);
            case FORECAST -> byClock(Attempt.ofUnit(CaseStep.LATE, due.dispatchId.orElseThrow()), due.at);
            case ARRIVAL_WARNING -> byClock(Attempt.of(CaseStep.ARRIVAL_WARNING), due.at);
            case ARRIVAL -> byClock(Attempt.of(CaseStep.ARRIVAL_MISSED), due.at);
            case ACCIDENT_WARNING -> byClock(Attempt.of(CaseStep.ACCIDENT_WARNING), due.at);
            case ACCIDENT -> byClock(Attempt.of(CaseStep.ACCIDENT), due.at);
        }
    }

    private void byClock(Attempt attempt, Instant due) throws SQLException {
        Optional<Reason> refused = take(
                attempt,
                CLOCK,
                Map.of("due", due.toString()),
                call -> attempt.step() == CaseStep.LATE || call.state() == DispatchState.CALLED
                        ? call.late(now)
                        : call);
        if (refused.isPresent()) {
            throw new IllegalStateException(
                    "case " + row.id() + " refuses its own clock: " + attempt + ": " + refused.get());
        }
    }

    /**
     * Takes a step, if the case allows it, with all that follows.
     *
     * @param detail for the timeline
     * @param change of the unit that takes the step, which is in its new state already
     * @return why not
     */
    Optional<Reason> take(Attempt attempt, Actor actor, Map<String, ?> detail, UnaryOperator<Call> change)
            throws SQLException {
        return switch (CaseLifecycle.judge(standing(), attempt)) {
            case Refused refused -> Optional.of(refused.reason());
            case Allowed allowed -> {
                if (attempt.dispatchId().isPresent() && allowed.dispatch().isPresent()) {
                    Call call = change.apply(find(attempt.dispatchId().getAsLong())
                            .to(allowed.dispatch().get()));
                    write(call, actor);
                    if (attempt.step() == CaseStep.STAND_DOWN) {
                        tell("STOOD_DOWN", call);
                    }
                }
                enter(attempt.step(), attempt.dispatchId(), allowed.state(), actor, detail);
                follow(attempt, allowed);
                yield Optional.empty();
            }
        };
    }

    /**
     * Calls a unit by hand, or takes the case over by one.
     *
     * @return why not
     */
    Optional<Reason> call(CaseStep step, OptionalInt seen, Dispatching.Unit unit, String reason, Actor actor)
            throws SQLException {
        Attempt attempt = Attempt.of(step).withUnit(unit.organisationId()).seeing(seen);
        return switch (CaseLifecycle.judge(standing(), attempt)) {
            case Refused refused -> Optional.of(refused.reason());
            case Allowed allowed -> {
                Escalation why = step == CaseStep.TAKE_OVER ? Escalation.TAKE_OVER : Escalation.MANUAL;
                insert(attempt, allowed, unit, why, reason, actor);
                follow(attempt, allowed);
                yield Optional.empty();
            }
        };
    }

    private void follow(Attempt attempt, Allowed allowed) throws SQLException {
        long taker = attempt.dispatchId().orElse(-1);
        if (allowed.follows().contains(Follow.STAND_DOWN_CALLED)) {
            for (Call call : List.copyOf(calls)) {
                if (call.id() != taker && call.state() == DispatchState.CALLED) {
                    standDown(call);
                }
            }
        }
        if (allowed.follows().contains(Follow.END_UNITS)) {
            for (Call call : List.copyOf(calls)) {
                if (call.state() == DispatchState.ARRIVED) {
                    write(call.to(DispatchState.DONE), CLOCK);
                } else if (call.state().active()) {
                    standDown(call);
                }
            }
        }
        if (allowed.follows().contains(Follow.NEXT_LEVEL)) {
            callNextLevel(escalation(attempt.step()), attempt.step() + " " + taker);
        }
        if (allowed.follows().contains(Follow.NOBODY_LEFT)) {
            nobodyLeft(attempt.step() + " " + taker);
        }
    }

    private static Escalation escalation(CaseStep step) {
        return switch (step) {
            case REFUSE -> Escalation.REFUSED;
            case NO_ANSWER -> Escalation.ANSWER_TIMEOUT;
            case LATE, ARRIVAL_MISSED, ACCIDENT_WARNING -> Escalation.ARRIVAL_TIMEOUT;
            default -> Escalation.MANUAL;
        };
    }

    private void standDown(Call call) throws SQLException {
        Call down = call.to(DispatchState.STOOD_DOWN);
        write(down, CLOCK);
        enter(CaseStep.STAND_DOWN, OptionalLong.of(call.id()), state, CLOCK, Map.of("unit", call.unit()));
        tell("STOOD_DOWN", down);
    }

    /** Up to which level units were called or skipped by themselves. */
    private int reachedLevel() {
        return calls.stream()
                .filter(Call::automatic)
                .mapToInt(Call::level)
                .max()
                .orElse(0);
    }

    private void callNextLevel(Escalation why, String about) throws SQLException {
        Escalation because = why;
        for (int next = reachedLevel() + 1; next <= CaseLifecycle.LAST_LEVEL; next++) {
            switch (Dispatching.choose(transaction, asked(), next)) {
                case Dispatching.Unit unit -> {
                    Attempt attempt = Attempt.of(CaseStep.DISPATCH)
                            .withUnit(unit.organisationId())
                            .atLevel(next);
                    insert(attempt, allowed(attempt), unit, because, "", CLOCK);
                    return;
                }
                case Dispatching.Nobody nobody -> {
                    skip(next, nobody, because);
                    because = Escalation.NO_CONTACT;
                }
            }
        }
        nobodyLeft(about);
    }

    private Allowed allowed(Attempt attempt) {
        return switch (CaseLifecycle.judge(standing(), attempt)) {
            case Allowed allowed -> allowed;
            case Refused refused ->
                throw new IllegalStateException(
                        "case " + row.id() + " refuses its next level: " + attempt + ": " + refused.reason());
        };
    }

    private void insert(
            Attempt attempt, Allowed allowed, Dispatching.Unit unit, Escalation why, String reason, Actor actor)
            throws SQLException {
        boolean called = allowed.dispatch().orElseThrow() == DispatchState.CALLED;
        Call call = CaseRows.insert(
                transaction,
                row.id(),
                new Call(
                        0,
                        unit.level(),
                        attempt.level().isPresent(),
                        unit.organisationId(),
                        unit.name(),
                        unit.telephone(),
                        why,
                        Call.Progress.begin(
                                allowed.dispatch().orElseThrow(),
                                called ? Optional.of(now.plus(limit.answer(unit.level()))) : Optional.empty(),
                                reason)),
                unit.why(),
                now);
        calls.add(call);
        level = Math.max(level, unit.level());
        first.put("dispatched_at", now);
        reach(call.state());
        Map<String, Object> detail =
                new TreeMap<>(Map.of("level", unit.level(), "unit", unit.name(), "escalation", why.name()));
        if (!reason.isEmpty()) {
            detail.put("reason", reason);
        }
        enter(attempt.step(), OptionalLong.of(call.id()), allowed.state(), actor, detail);
        if (called) {
            tell("CALLED", call);
        }
    }

    private void skip(int next, Dispatching.Nobody nobody, Escalation why) throws SQLException {
        Allowed allowed = allowed(Attempt.of(CaseStep.SKIP).atLevel(next));
        Call call = CaseRows.insert(
                transaction,
                row.id(),
                new Call(
                        0,
                        next,
                        true,
                        OptionalInt.empty(),
                        nobody.name(),
                        "",
                        why,
                        Call.Progress.begin(DispatchState.SKIPPED, Optional.empty(), nobody.reason())),
                nobody.why(),
                now);
        calls.add(call);
        enter(
                CaseStep.SKIP,
                OptionalLong.of(call.id()),
                allowed.state(),
                CLOCK,
                Map.of("level", next, "reason", nobody.reason(), "escalation", why.name()));
    }

    private void nobodyLeft(String about) {
        enter(CaseStep.NOBODY_LEFT, OptionalLong.empty(), state, CLOCK, Map.of("after", about));
        told.add(new CaseRows.Told("NOBODY_LEFT", OptionalLong.empty(), about));
    }

    /** What the law counts, when it is over before a clock could be looked at: the mark must not depend on who was first. */
    void markOverdue(boolean accident) {
        if (state.live() && state != CaseState.ARRIVED && !arriveBy.isAfter(now) && !marks.arrivalMissed()) {
            enter(CaseStep.ARRIVAL_MISSED, OptionalLong.empty(), state, CLOCK, Map.of("due", arriveBy.toString()));
        }
        if (accident && state.live() && !accidentAt.isAfter(now) && !marks.accidentMarked()) {
            enter(CaseStep.ACCIDENT, OptionalLong.empty(), state, CLOCK, Map.of("due", accidentAt.toString()));
        }
    }

    /** A line of the timeline and of the audit trail, and the state after it. */
    void enter(CaseStep step, OptionalLong dispatchId, CaseState after, Actor actor, Map<String, ?> detail) {
        CaseState before = state;
        state = after;
        mark(step);
        entries.add(new CaseRows.Entry(step, after, dispatchId, actor, detail));
        Map<String, Object> changed = new TreeMap<>(detail);
        changed.put("state", after.name());
        dispatchId.ifPresent(id -> changed.put("dispatch", id));
        audit.add(AuditEntry.of(
                        actor,
                        "case." + step.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        "case",
                        Long.toString(row.id()),
                        Map.of("state", before.name()),
                        changed)
                .withOrganisation(row.useUnit()));
    }

    private void mark(CaseStep step) {
        switch (step) {
            case ARRIVAL_WARNING -> {
                marks = new CaseRow.Marks(true, marks.arrivalMissed(), marks.accidentWarned(), marks.accidentMarked());
                told("arrival_warned_at", "ARRIVAL_WARNING");
            }
            case ARRIVAL_MISSED -> {
                marks = new CaseRow.Marks(true, true, marks.accidentWarned(), marks.accidentMarked());
                told("arrival_missed_at", "ARRIVAL_MISSED");
            }
            case ACCIDENT_WARNING -> {
                marks = new CaseRow.Marks(marks.arrivalWarned(), marks.arrivalMissed(), true, marks.accidentMarked());
                told("accident_warned_at", "ACCIDENT_WARNING");
            }
            case ACCIDENT -> {
                marks = new CaseRow.Marks(marks.arrivalWarned(), marks.arrivalMissed(), true, true);
                told("accident_marked_at", "ACCIDENT");
            }
            default -> {
                // No clock of the law.
            }
        }
    }

    private void told(String column, String occasion) {
        first.put(column, now);
        told.add(new CaseRows.Told(occasion, OptionalLong.empty(), ""));
    }

    private void tell(String occasion, Call call) {
        told.add(new CaseRows.Told(occasion, OptionalLong.of(call.id()), Long.toString(call.id())));
    }

    private void write(Call call, Actor actor) throws SQLException {
        CaseRows.update(transaction, call, actor, now);
        calls.replaceAll(other -> other.id() == call.id() ? call : other);
        reach(call.state());
    }

    /** The first unit that gets so far gives the case its moments; whoever comes has answered. */
    private void reach(DispatchState unit) {
        switch (unit) {
            case ARRIVED -> {
                first.put("answered_at", now);
                first.put("arrived_at", now);
            }
            case ON_THE_WAY -> {
                first.put("answered_at", now);
                first.put("on_the_way_at", now);
            }
            case ANSWERED -> first.put("answered_at", now);
            case CALLED, REFUSED, NO_ANSWER, SKIPPED, STOOD_DOWN, DONE -> {
                // No moment of the case.
            }
        }
    }

    /** Whether the forecast of a unit is later than somebody must be there. */
    boolean isTooLate(Instant forecast) {
        return forecast.isAfter(arriveBy);
    }

    Call find(long dispatchId) {
        return calls.stream().filter(call -> call.id() == dispatchId).findAny().orElseThrow();
    }

    private CaseLifecycle.Standing standing() {
        return new CaseLifecycle.Standing(
                state,
                reachedLevel(),
                row.version(),
                calls.stream().map(call -> call.called(now, arriveBy)).toList());
    }

    /** Writes what the steps made of the case, and when it is to be looked at next. Nothing when there was no step. */
    void end() throws SQLException {
        Optional<Due> due = nextDue();
        if (!entries.isEmpty()) {
            columns.put("state", state.name());
            columns.put("level", level);
            first.keySet().removeAll(columns.keySet());
            // A case that ends is looked at no more; the row must say both at once.
            columns.put("next_due_at", due.map(Due::at).orElse(null));
            columns.put("next_due", due.map(next -> next.clock.name()).orElse(null));
            CaseRows.update(transaction, row.id(), columns, first);
            CaseRows.write(transaction, row.id(), entries, now);
            AuditTrail.writeAll(transaction, audit);
            CaseRows.tell(transaction, row.id(), told, now);
        } else {
            CaseRows.schedule(transaction, row.id(), due.map(Due::at), due.map(next -> next.clock.name()));
        }
    }
}
