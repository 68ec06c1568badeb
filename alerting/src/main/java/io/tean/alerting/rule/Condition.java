package io.tean.alerting.rule;

import java.util.Optional;

/**
 * When readings of one stream fulfil a rule, and when they stop to. One rule may have several conditions; its alert recovers when none of them
 * holds.
 *
 * @param no its place among all conditions of its rule, from 0
 * @param stream name of the stream whose readings are asked
 * @param clear what must hold for recovery; empty: of a stream that tells a state, that {@code when} is false; of events, there is none
 * @param unless while this holds, the condition is muted: it neither opens nor clears
 * @param forMicros how long it must hold, by event time; 0 is at once
 * @param unknownAfterMicros how long it may stay unknown before that is told; 0: missing values are normal here
 */
public record Condition(
        int no,
        String stream,
        Expression when,
        Optional<Expression> clear,
        Optional<Expression> unless,
        long forMicros,
        long unknownAfterMicros) {
    /** Whether the condition looks at other streams' newest values. */
    public boolean looksBack() {
        return when.variables().stream().anyMatch(Vocabulary::isLast)
                || clear.stream().anyMatch(e -> e.variables().stream().anyMatch(Vocabulary::isLast))
                || unless.stream().anyMatch(e -> e.variables().stream().anyMatch(Vocabulary::isLast));
    }
}
