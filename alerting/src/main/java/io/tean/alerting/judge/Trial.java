package io.tean.alerting.judge;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamCatalogue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Plays readings through the rules without a database: what would have been found, and when it would have been over. */
public final class Trial {
    private final RuleSet rules;
    private final Judgement judgement;

    public Trial(RuleCatalogue catalogue, StreamCatalogue streams) {
        this.rules = new RuleSet(catalogue, streams);
        this.judgement = new Judgement(rules);
    }

    boolean judges(String stream) {
        return rules.judges(stream);
    }

    boolean needsFacts(String stream) {
        return rules.needsFacts(stream);
    }

    /**
     * Something that happens to the alert of a rule and a machine.
     *
     * @param over false: the rule is fulfilled; true: it no longer is
     * @param byClock no reading said so, time passed
     */
    public record Event(
            Rule rule, int equipmentId, Instant at, boolean over, boolean byClock, Map<String, Object> seen) {}

    /**
     * In the order of event times.
     *
     * @param facts registered facts for a reading
     * @param until how long the clock runs on
     */
    public List<Event> play(List<Reading> readings, Function<Reading, Map<String, Object>> facts, Instant until) {
        List<Event> events = new ArrayList<>();
        Map<Integer, MachineState> states = new TreeMap<>();
        List<Reading> sorted = readings.stream()
                .sorted(Comparator.comparingLong(Reading::epochMicros)
                        .thenComparing(r -> !r.stream().key().isEmpty()))
                .toList();
        for (Reading reading : sorted) {
            int machine = reading.equipmentId();
            MachineState state = states.getOrDefault(machine, MachineState.NEW);
            state = passTime(machine, state, reading.epochMicros(), events);
            List<Outcome> outcomes = new ArrayList<>();
            states.put(machine, judgement.judge(state, reading, facts.apply(reading), outcomes::add));
            for (Outcome outcome : outcomes) {
                events.add(
                        switch (outcome) {
                            case Outcome.Found found ->
                                new Event(found.rule(), machine, reading.time(), false, false, found.seen());
                            case Outcome.Over over ->
                                new Event(over.rule(), machine, reading.time(), true, false, Map.of());
                        });
            }
        }
        states.forEach((machine, state) -> passTime(machine, state, WindowRows.micros(until), events));
        return events;
    }

    /** Fires what is due before a moment. */
    private static MachineState passTime(int machine, MachineState state, long untilMicros, List<Event> events) {
        MachineState next = state;
        for (Window window : state.windows()) {
            long due = window.sinceMicros() + window.ask().condition().forMicros();
            if (!window.fired() && due < untilMicros) {
                next = next.with(window.asFired());
                events.add(new Event(
                        window.ask().rule(),
                        machine,
                        StoredReadings.time(due),
                        false,
                        true,
                        new HashMap<>(window.begin().seen())));
            }
        }
        return next;
    }
}
