package io.tean.dashboards.rescue;

import io.tean.core.alert.Severity;
import io.tean.core.rescue.DispatchState;
import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.core.stream.Label;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * All there is to see of one case.
 *
 * @param deliveries of its notices; empty for whoever is not of the bureau
 */
public record CaseCard(
        RescueCase rescue,
        Ending ending,
        List<Called> units,
        List<Moment> timeline,
        List<Trouble> alerts,
        List<Delivery> deliveries) {
    static final int MOST = 200;

    public CaseCard {
        units = List.copyOf(units);
        timeline = List.copyOf(timeline);
        alerts = List.copyOf(alerts);
        deliveries = List.copyOf(deliveries);
    }

    /**
     * What was said at its end.
     *
     * @param cause a word of FaultCause
     * @param rating 1 to 5
     */
    public record Ending(
            Optional<String> cause,
            boolean byMaintenance,
            String result,
            OptionalInt rating,
            String ratingText,
            Optional<String> closedBy) {}

    /**
     * A unit that was called, or a level that was skipped.
     *
     * @param level 1 to 3
     * @param escalation why it was called
     * @param reason of a refusal, a skipped level, a choice by hand
     * @param position where the unit has its seat
     */
    public record Called(
            long caseId,
            long id,
            int level,
            OptionalInt organisation,
            String unit,
            String telephone,
            String escalation,
            Choice choice,
            DispatchState state,
            String reason,
            Instant calledAt,
            Optional<Instant> answerBy,
            Optional<Instant> answeredAt,
            String answeredBy,
            Optional<Instant> onTheWayAt,
            Optional<Instant> forecastAt,
            Optional<Instant> arrivedAt,
            Optional<Instant> endedAt,
            Optional<Position> position) {

        public boolean isActive() {
            return state.active();
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("dispatch_id", id);
            json.put("level", level);
            json.put("unit", unit);
            json.put("telephone", telephone);
            json.put("escalation", escalation);
            json.put("state", state.name());
            json.put("reason", reason);
            json.put("called_at", calledAt);
            json.put("answer_by", answerBy);
            json.put("answered_at", answeredAt);
            json.put("on_the_way_at", onTheWayAt);
            json.put("forecast_at", forecastAt);
            json.put("arrived_at", arrivedAt);
            json.put("ended_at", endedAt);
            json.put(
                    "considered",
                    choice.considered().stream().map(Considered::json).toList());
            return json;
        }
    }

    /** Why this unit: what was looked at. */
    public record Choice(
            OptionalInt distanceMetres, String dutyHours, OptionalInt openCases, List<Considered> considered) {
        static final Choice NONE = new Choice(OptionalInt.empty(), "", OptionalInt.empty(), List.of());

        public Choice {
            considered = List.copyOf(considered);
        }

        public boolean isSaid() {
            return distanceMetres.isPresent() || !dutyHours.isEmpty() || openCases.isPresent() || !considered.isEmpty();
        }
    }

    /**
     * A unit that was looked at.
     *
     * @param whyNot empty of the one that was taken
     */
    public record Considered(
            String unit, OptionalInt distanceMetres, Optional<Boolean> onDuty, OptionalInt openCases, String whyNot) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("unit", unit);
            json.put("distance_m", distanceMetres);
            json.put("on_duty", onDuty);
            json.put("open_cases", openCases);
            json.put("why_not", whyNot);
            return json;
        }
    }

    /**
     * An entry of the timeline.
     *
     * @param step a word of CaseStep
     * @param unit that it is about; empty for none
     * @param said what else was recorded, by its word
     */
    public record Moment(
            Instant at,
            String step,
            String state,
            String unit,
            String actorKind,
            String actor,
            Map<String, String> said) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("at", at);
            json.put("step", step);
            json.put("state", state);
            json.put("unit", unit);
            json.put("actor_kind", actorKind);
            json.put("actor", actor);
            json.put("detail", said);
            return json;
        }
    }

    /**
     * An alert beside a case.
     *
     * @param code of its machine, or what else it is about
     * @param state as alerts say it
     */
    public record Trouble(
            long id,
            Severity severity,
            String rule,
            Optional<Label> title,
            String code,
            String place,
            String state,
            Instant since) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("alert_id", id);
            json.put("severity", severity.name());
            json.put("rule", rule);
            json.put("state", state);
            json.put("activated_at", since);
            return json;
        }
    }

    /**
     * What became of a notice.
     *
     * @param channel that is or was tried last
     * @param state queued, handed_over, confirmed or dead
     */
    public record Delivery(
            String occasion,
            String recipient,
            String channel,
            String state,
            String reason,
            int attempts,
            Instant queuedAt,
            Optional<Instant> endedAt) {}

    /** Those that are there or may still come. */
    public List<Called> active() {
        return units.stream().filter(Called::isActive).toList();
    }

    Map<String, Object> json() {
        Map<String, Object> json = rescue.json();
        json.put("cause", ending.cause);
        json.put("by_maintenance", ending.byMaintenance);
        json.put("result", ending.result);
        json.put("rating", ending.rating);
        json.put("rating_text", ending.ratingText);
        json.put("closed_by", ending.closedBy);
        json.put("dispatches", units.stream().map(Called::json).toList());
        json.put("timeline", timeline.stream().map(Moment::json).toList());
        json.put("alerts", alerts.stream().map(Trouble::json).toList());
        return json;
    }
}
