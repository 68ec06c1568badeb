package io.tean.dashboards.alert;

import io.tean.core.stream.Label;
import io.tean.dashboards.silence.Silence;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All there is to see of one alert.
 *
 * @param rule none when the catalogue does not know it
 * @param opened what the rule saw at the first finding
 * @param latest what it saw at the newest one
 * @param mutedBy the alert of the site, where the viewer may see it
 */
public record AlertCard(
        Alert alert,
        Optional<Rule> rule,
        Handling handling,
        List<Value> opened,
        List<Value> latest,
        List<Moment> timeline,
        List<Evidence> evidence,
        Optional<Alert> mutedBy,
        Optional<Silence> silence) {
    static final int MOST_MOMENTS = 200;

    public AlertCard {
        opened = List.copyOf(opened);
        latest = List.copyOf(latest);
        timeline = List.copyOf(timeline);
        evidence = List.copyOf(evidence);
    }

    /**
     * The rule as the service read it at its start.
     *
     * @param conditions each by its words: stream, when, clear, for_s, unless; or every_s and sql
     * @param retired whether it is in force no more
     */
    public record Rule(
            int version,
            String effective,
            Label advice,
            String source,
            Label clause,
            String mark,
            List<Map<String, String>> conditions,
            boolean retired) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("version", version);
            json.put("effective", effective);
            json.put("advice_zh", advice.zh());
            json.put("advice_en", advice.en());
            json.put("source", source);
            json.put("clause_zh", clause.zh());
            json.put("clause", clause.en());
            json.put("mark", mark);
            json.put("conditions", conditions);
            json.put("retired", retired);
            return json;
        }
    }

    /**
     * What people did about it.
     *
     * @param cause a word of CauseClass, given at the closing
     */
    public record Handling(
            Optional<Instant> acknowledgedAt,
            Optional<String> acknowledgedBy,
            Optional<Instant> closedAt,
            Optional<String> closedBy,
            Optional<String> cause,
            Optional<String> note) {}

    /**
     * An entry of the audit trail about it.
     *
     * @param reason that was given, and what else was said
     */
    public record Moment(Instant at, String actorKind, String actor, String action, Optional<String> reason) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("at", at);
            json.put("actor_kind", actorKind);
            json.put("actor", actor);
            json.put("action", action);
            json.put("reason", reason);
            return json;
        }
    }

    /**
     * A value at the first finding and at the newest.
     *
     * @param either the newest, or else the first
     */
    public record Saw(Value either, Optional<Value> opened, Optional<Value> latest) {}

    /** What the rule saw, by the name of the value. */
    public List<Saw> saw() {
        Map<String, Value> first = byName(opened);
        Map<String, Value> newest = byName(latest);
        Map<String, Value> all = new LinkedHashMap<>(first);
        all.putAll(newest);
        return all.values().stream()
                .map(value -> new Saw(
                        value,
                        Optional.ofNullable(first.get(value.name())),
                        Optional.ofNullable(newest.get(value.name()))))
                .toList();
    }

    private static Map<String, Value> byName(List<Value> values) {
        Map<String, Value> named = new LinkedHashMap<>();
        values.forEach(value -> named.put(value.name(), value));
        return named;
    }

    Map<String, Object> json() {
        Map<String, Object> json = alert.json();
        json.put("rule_details", rule.map(Rule::json));
        json.put("acknowledged_at", handling.acknowledgedAt);
        json.put("acknowledged_by", handling.acknowledgedBy);
        json.put("closed_at", handling.closedAt);
        json.put("closed_by", handling.closedBy);
        json.put("cause", handling.cause);
        json.put("note", handling.note);
        json.put("opened_with", json(opened));
        json.put("latest_with", json(latest));
        json.put("timeline", timeline.stream().map(Moment::json).toList());
        json.put("evidence", evidence.stream().map(Evidence::json).toList());
        json.put("silence", silence.map(Silence::json));
        return json;
    }

    private static Map<String, Object> json(List<Value> values) {
        Map<String, Object> json = new LinkedHashMap<>();
        values.forEach(value -> json.put(value.name(), value.value()));
        return json;
    }
}
