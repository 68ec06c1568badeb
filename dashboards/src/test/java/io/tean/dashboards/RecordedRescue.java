package io.tean.dashboards;

import io.tean.core.audit.Actor;
import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.DispatchState;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.store.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Remembers what was decided in cases; with a database it does the simplest thing that a page can see, too, and refuses what a stale page
 * or a case that is over asks for.
 */
public final class RecordedRescue implements RescueDecisions {
    private final List<String> made = new CopyOnWriteArrayList<>();
    private final Map<String, Linked> links = new ConcurrentHashMap<>();
    private final List<Candidate> candidates = new CopyOnWriteArrayList<>();
    private volatile Optional<TestDatabase> database = Optional.empty();

    /** From now on what is decided happens there. */
    public void carryOutIn(TestDatabase place) {
        database = Optional.of(place);
    }

    /** Each as "Answer[dispatchId=7] in 3 by ACCOUNT admin". */
    public List<String> made() {
        return List.copyOf(made);
    }

    public void link(String link, long caseId, long dispatchId, String unit) {
        links.put(link, new Linked(caseId, dispatchId, unit));
    }

    public void propose(Candidate candidate) {
        candidates.add(candidate);
    }

    @Override
    public Taken takeIn(Call call, Actor operator) {
        made.add(call + " by " + operator.kind() + " " + operator.name());
        if (call.place().contains("nowhere")) {
            throw new IllegalArgumentException("place: there is no such place");
        }
        if (database.isEmpty()) {
            return new Taken(1, false);
        }
        TestDatabase place = database.get();
        String machine = call.equipmentId().isPresent()
                ? Integer.toString(call.equipmentId().getAsInt())
                : "NULL";
        if (place.number("SELECT count(*) FROM rescue_case WHERE equipment_id = " + machine
                        + " AND state NOT IN ('RELEASED', 'RATED', 'CLOSED')")
                > 0) {
            return new Taken(
                    place.number("SELECT max(case_id) FROM rescue_case WHERE equipment_id = " + machine), true);
        }
        long opened = place.number("""
                INSERT INTO rescue_case (equipment_id, division_code, place, origin, occurred_at, caller_name, caller_telephone, trapped_count,
                    duty_operator)
                VALUES (%s, '%s', '%s', '%s', now(), '%s', '%s', %s, '%s') RETURNING case_id
                """.formatted(
                        machine,
                        call.division().orElse("320505"),
                        quoted(call.place()),
                        call.button() ? "CAR_BUTTON" : "CALL",
                        quoted(call.details().callerName()),
                        quoted(call.details().callerTelephone()),
                        number(call.details().trapped()),
                        operator.name()));
        changed(place, opened, "OPEN", operator);
        return new Taken(opened, false);
    }

    @Override
    public Outcome decide(long caseId, Move move, OptionalInt seen, Actor actor) {
        made.add(move + " in " + caseId + " by " + actor.kind() + " " + actor.name());
        if (database.isEmpty()) {
            return new Done(CaseState.DISPATCHED, 2);
        }
        TestDatabase place = database.get();
        String[] found = place.text("SELECT state || ' ' || version FROM rescue_case WHERE case_id = " + caseId)
                .split(" ", -1);
        CaseState state = CaseState.valueOf(found[0]);
        if (state == CaseState.CLOSED) {
            return new NotAllowed(Reason.CLOSED_ALREADY, state);
        }
        if (seen.isPresent() && seen.getAsInt() != Integer.parseInt(found[1])) {
            return new NotAllowed(Reason.STALE, state);
        }
        Optional<Reason> problem = problem(place, move);
        if (problem.isPresent()) {
            return new NotAllowed(problem.get(), state);
        }
        place.execute(sql(caseId, move, actor));
        changed(place, caseId, step(move), actor);
        return new Done(state, Integer.parseInt(found[1]) + 1);
    }

    private static Optional<Reason> problem(TestDatabase place, Move move) {
        return switch (move) {
            case Answer(long dispatch) ->
                problem(state(place, dispatch), DispatchState.CALLED, Reason.ANSWERED_ALREADY);
            case Arrive(long dispatch, Optional<Position> ignored) ->
                state(place, dispatch) == DispatchState.ARRIVED
                        ? Optional.of(Reason.ARRIVED_ALREADY)
                        : problem(state(place, dispatch), state(place, dispatch), Reason.ARRIVED_ALREADY);
            default -> Optional.empty();
        };
    }

    private static Optional<Reason> problem(DispatchState state, DispatchState wanted, Reason otherwise) {
        if (!state.active()) {
            return Optional.of(Reason.NOT_CALLED_ANY_MORE);
        }
        return state == wanted ? Optional.empty() : Optional.of(otherwise);
    }

    private static DispatchState state(TestDatabase place, long dispatch) {
        return DispatchState.valueOf(place.text("SELECT state FROM rescue_dispatch WHERE dispatch_id = " + dispatch));
    }

    private static String sql(long caseId, Move move, Actor actor) {
        String ended = ", next_due_at = NULL, next_due = NULL, released_at = now()";
        return switch (move) {
            case Answer(long dispatch) -> unit(dispatch, "ANSWERED", "answered_at") + rescue(caseId, "ANSWERED", "");
            case Depart(long dispatch, Optional<java.time.Instant> ignored) ->
                unit(dispatch, "ON_THE_WAY", "on_the_way_at") + rescue(caseId, "ON_THE_WAY", "");
            case Arrive(long dispatch, Optional<Position> ignored) ->
                unit(dispatch, "ARRIVED", "arrived_at") + rescue(caseId, "ARRIVED", ", arrived_at = now()");
            case Refuse(long dispatch, String ignored) -> unit(dispatch, "REFUSED", "ended_at");
            case StandDown(long dispatch, String ignored) -> unit(dispatch, "STOOD_DOWN", "ended_at");
            case Release release ->
                rescue(
                        caseId,
                        "RELEASED",
                        ", outcome = 'RELEASED', released_count = " + number(release.released()) + ended);
            case SelfRelease ignored -> rescue(caseId, "RELEASED", ", outcome = 'SELF_RELEASED'" + ended);
            case FalseAlarm ignored -> rescue(caseId, "RELEASED", ", outcome = 'FALSE_ALARM'" + ended);
            case Rate rate -> rescue(caseId, "RATED", ", rating = " + rate.rating());
            case Close close ->
                rescue(
                        caseId,
                        "CLOSED",
                        ", closed_at = now(), cause = '" + close.cause() + "', closed_by = '" + actor.name() + "'");
            case HandOver(String operator) -> set(caseId, "duty_operator = '" + quoted(operator) + "'");
            case Amend(Details details) -> set(caseId, "fault_text = '" + quoted(details.faultText()) + "'");
            case Note ignored -> set(caseId, "fault_text = fault_text");
            case Send send ->
                "INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, escalation) VALUES ("
                        + caseId + ", "
                        + (send.organisationId().isPresent() ? 2 : 3) + ", FALSE, " + number(send.organisationId())
                        + ", 'by hand', 'MANUAL');" + set(caseId, "level = 3");
            case TakeOver over ->
                "INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, escalation) VALUES ("
                        + caseId + ", 2, FALSE, " + over.organisationId() + ", 'took over', 'TAKE_OVER');"
                        + set(caseId, "level = 2");
        };
    }

    private static String unit(long dispatch, String state, String time) {
        return "UPDATE rescue_dispatch SET state = '" + state + "', " + time + " = now() WHERE dispatch_id = "
                + dispatch + ";";
    }

    private static String rescue(long caseId, String state, String more) {
        return set(caseId, "state = '" + state + "'" + more);
    }

    private static String set(long caseId, String what) {
        return "UPDATE rescue_case SET " + what + " WHERE case_id = " + caseId + ";";
    }

    private static void changed(TestDatabase place, long caseId, String step, Actor actor) {
        place.execute("""
                UPDATE rescue_case SET version = version + 1 WHERE case_id = %1$d;
                INSERT INTO case_entry (case_id, step, state, actor_kind, actor)
                SELECT case_id, '%2$s', state, '%3$s', '%4$s' FROM rescue_case WHERE case_id = %1$d;
                SELECT pg_notify('tean_change', 'case')
                """.formatted(
                        caseId, step, actor.kind().name().toLowerCase(java.util.Locale.ROOT), quoted(actor.name())));
    }

    private static String step(Move move) {
        return move.getClass()
                .getSimpleName()
                .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                .toUpperCase(java.util.Locale.ROOT);
    }

    private static String number(OptionalInt value) {
        return value.isPresent() ? Integer.toString(value.getAsInt()) : "NULL";
    }

    private static String quoted(String text) {
        return text.replace("'", "''");
    }

    @Override
    public Optional<Linked> read(String link) {
        return Optional.ofNullable(links.get(link));
    }

    @Override
    public Outcome decide(String link, Move move, String source) {
        Optional<Linked> linked = read(link);
        if (linked.isEmpty()) {
            return new Gone();
        }
        return decide(
                linked.get().caseId(),
                move,
                OptionalInt.empty(),
                Actor.link(linked.get().unit(), source));
    }

    @Override
    public List<Candidate> candidates(long caseId) {
        return List.copyOf(candidates);
    }
}
