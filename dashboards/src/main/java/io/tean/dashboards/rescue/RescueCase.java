package io.tean.dashboards.rescue;

import io.tean.core.rescue.CaseState;
import io.tean.core.rescue.RescueDecisions.Position;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A rescue case as lists name it.
 *
 * @param origin TELEMETRY, CAR_BUTTON or CALL
 * @param level the highest that was started, 0 to 3
 * @param outcome RELEASED, SELF_RELEASED or FALSE_ALARM; none while it is live
 * @param next the clock that runs out next; none when nothing does
 * @param operator login of who leads it
 * @param version counts every change
 */
public record RescueCase(
        long id,
        Scene scene,
        String origin,
        CaseState state,
        int level,
        Optional<String> outcome,
        Times times,
        People people,
        Optional<Clock> next,
        Optional<String> operator,
        int version) {

    /**
     * Where it is.
     *
     * @param code of the machine; none when it is not known
     * @param place the machine's address, or what the caller said
     * @param division GB/T 2260; empty when unknown
     */
    public record Scene(
            Optional<String> code,
            String name,
            String place,
            Optional<String> rescueCode,
            Optional<String> useUnit,
            String division,
            Optional<Position> position) {}

    /** When it came how far. Missed and accident are the legal clocks that ran out. */
    public record Times(
            Instant occurred,
            Instant opened,
            Optional<Instant> dispatched,
            Optional<Instant> answered,
            Optional<Instant> onTheWay,
            Optional<Instant> forecast,
            Optional<Instant> arrived,
            Optional<Instant> released,
            Optional<Instant> rated,
            Optional<Instant> closed,
            Optional<Instant> arriveBy,
            Optional<Instant> accidentAt,
            boolean missed,
            boolean accident) {}

    /** Who called, and who is in the car; what is not known is none. */
    public record People(
            String callerName,
            String callerTelephone,
            OptionalInt trapped,
            OptionalInt injured,
            OptionalInt released,
            boolean calmed,
            String faultText) {}

    /**
     * A clock that runs out.
     *
     * @param what DISPATCH, ANSWER, FORECAST, ARRIVAL or ACCIDENT
     */
    public record Clock(String what, Instant at) {}

    public boolean isLive() {
        return state.live();
    }

    /** Whether nobody leads it yet. */
    public boolean isUntaken() {
        return isLive() && operator.isEmpty();
    }

    /** The clock that people watch: a warning counts down to what it warns of. */
    public Optional<Clock> clock() {
        if (!isLive()) {
            return Optional.empty();
        }
        Optional<Clock> accident = times.accidentAt.map(at -> new Clock("ACCIDENT", at));
        if (next.isEmpty()) {
            return accident;
        }
        Clock due = next.get();
        return switch (due.what) {
            case "ARRIVAL_WARNING", "ARRIVAL" -> Optional.of(new Clock("ARRIVAL", times.arriveBy.orElse(due.at)));
            case "ACCIDENT_WARNING", "ACCIDENT" -> accident.or(() -> next);
            default -> next;
        };
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("case_id", id);
        json.put("equipment_code", scene.code);
        json.put("equipment_name", scene.code.map(code -> scene.name));
        json.put("place", scene.place);
        json.put("rescue_code", scene.rescueCode);
        json.put("use_unit", scene.useUnit);
        json.put("division_code", scene.division);
        json.put("latitude", scene.position.map(Position::latitude));
        json.put("longitude", scene.position.map(Position::longitude));
        json.put("origin", origin);
        json.put("state", state.name());
        json.put("level", level);
        json.put("outcome", outcome);
        json.put("occurred_at", times.occurred);
        json.put("opened_at", times.opened);
        json.put("dispatched_at", times.dispatched);
        json.put("answered_at", times.answered);
        json.put("on_the_way_at", times.onTheWay);
        json.put("forecast_at", times.forecast);
        json.put("arrived_at", times.arrived);
        json.put("released_at", times.released);
        json.put("rated_at", times.rated);
        json.put("closed_at", times.closed);
        json.put("arrive_by", times.arriveBy);
        json.put("arrival_missed", times.missed);
        json.put("accident_at", times.accidentAt);
        json.put("accident", times.accident);
        json.put("caller_name", people.callerName);
        json.put("caller_telephone", people.callerTelephone);
        json.put("trapped", people.trapped);
        json.put("injured", people.injured);
        json.put("released", people.released);
        json.put("calmed", people.calmed);
        json.put("fault_text", people.faultText);
        json.put("next_due", next.map(Clock::what));
        json.put("next_due_at", next.map(Clock::at));
        json.put("duty_operator", operator);
        json.put("version", version);
        return json;
    }
}
