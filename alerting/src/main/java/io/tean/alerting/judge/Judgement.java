package io.tean.alerting.judge;

import io.tean.alerting.rule.Condition;
import io.tean.alerting.rule.Expression;
import io.tean.alerting.rule.Truth;
import io.tean.core.reading.Reading;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a reading means, given what is known of its machine: a pure function. Readings of one stream come in the order of their event times; what
 * came late is for {@link LateReadings}.
 */
final class Judgement {
    private final RuleSet rules;

    Judgement(RuleSet rules) {
        this.rules = rules;
    }

    /**
     * @param facts registered facts of the machine and of what the reading names
     * @param outcomes takes what follows, in order
     * @return what is known of the machine afterwards
     */
    MachineState judge(MachineState before, Reading reading, Map<String, Object> facts, Consumer<Outcome> outcomes) {
        MachineState state = before;
        Sight sight = new Sight(reading, before, facts);
        boolean isState = reading.stream().key().isEmpty();
        for (Ask ask : rules.of(reading.stream().name())) {
            state = judge(state, ask, reading, sight, isState, outcomes);
        }
        return state.with(reading);
    }

    private MachineState judge(
            MachineState state, Ask ask, Reading reading, Sight sight, boolean isState, Consumer<Outcome> outcomes) {
        Condition condition = ask.condition();
        if (condition.unless().isPresent() && condition.unless().get().ask(sight) == Truth.TRUE) {
            // Work at the machine: says nothing, neither that it began nor that it is over.
            return state;
        }
        Truth truth = condition.when().ask(sight);
        Optional<Window> window = state.window(ask);
        MachineState next = state;
        if (truth == Truth.TRUE) {
            next = holds(next, ask, reading, sight, isState, window, outcomes);
        } else if (window.isPresent()) {
            boolean ends = window.get().fired() ? isClear(condition, truth, sight, isState) : truth == Truth.FALSE;
            if (ends) {
                next = next.without(window.get());
                // Also of one that has not fired here: the clock may have fired it in the database meanwhile.
                outcomes.accept(new Outcome.Over(ask.rule(), reading));
            }
        } else if (!isState && isClear(condition, truth, sight, false)) {
            // The end of something whose beginning nobody remembers.
            outcomes.accept(new Outcome.Over(ask.rule(), reading));
        }
        return condition.unknownAfterMicros() == 0 ? next : see(next, ask, reading, truth, outcomes);
    }

    private static MachineState holds(
            MachineState state,
            Ask ask,
            Reading reading,
            Sight sight,
            boolean isState,
            Optional<Window> window,
            Consumer<Outcome> outcomes) {
        long since = window.map(Window::sinceMicros).orElse(reading.epochMicros());
        boolean fires = window.filter(Window::fired).isPresent()
                || reading.epochMicros() - since >= ask.condition().forMicros();
        Map<String, Object> seen = ask.condition().when().seen(sight);
        if (fires) {
            outcomes.accept(new Outcome.Found(ask.rule(), reading, since, seen));
        }
        if (window.isEmpty() && (ask.recovers(isState) || ask.condition().forMicros() > 0)) {
            return state.with(new Window(ask, since, fires, Window.Begin.of(reading, seen)));
        }
        return window.filter(w -> fires && !w.fired())
                .map(w -> state.with(w.asFired()))
                .orElse(state);
    }

    private static boolean isClear(Condition condition, Truth when, Sight sight, boolean isState) {
        Optional<Expression> clear = condition.clear();
        return clear.isPresent() ? clear.get().ask(sight) == Truth.TRUE : isState && when == Truth.FALSE;
    }

    /** Keeps an eye on what cannot be told. */
    private MachineState see(MachineState state, Ask ask, Reading reading, Truth truth, Consumer<Outcome> outcomes) {
        Optional<MachineState.Blind> blind = state.blind(ask);
        if (truth == Truth.UNKNOWN) {
            long since = blind.map(MachineState.Blind::sinceMicros).orElse(reading.epochMicros());
            boolean told = blind.filter(MachineState.Blind::told).isPresent();
            boolean tell =
                    !told && reading.epochMicros() - since >= ask.condition().unknownAfterMicros();
            if (tell) {
                rules.blindness()
                        .ifPresent(rule -> outcomes.accept(new Outcome.Found(
                                rule,
                                reading,
                                since,
                                Map.of(
                                        "rule",
                                        ask.rule().name(),
                                        "values",
                                        List.copyOf(ask.condition().when().variables())))));
            }
            return blind.isEmpty() || tell ? state.with(new MachineState.Blind(ask, since, told || tell)) : state;
        }
        if (blind.isEmpty()) {
            return state;
        }
        MachineState next = state.without(blind.get());
        if (blind.get().told() && next.blind().stream().noneMatch(MachineState.Blind::told)) {
            rules.blindness().ifPresent(rule -> outcomes.accept(new Outcome.Over(rule, reading)));
        }
        return next;
    }
}
