package io.tean.alerting.judge;

import io.tean.alerting.rule.Rule;
import io.tean.core.reading.Reading;
import java.util.Map;

/** What follows from a reading for one rule. */
sealed interface Outcome {
    Rule rule();

    /**
     * The rule is fulfilled.
     *
     * @param sinceMicros event time at which it began
     * @param seen the values that it saw
     */
    record Found(Rule rule, Reading reading, long sinceMicros, Map<String, Object> seen) implements Outcome {}

    /** A condition of it no longer holds, since the event time of the reading. */
    record Over(Rule rule, Reading reading) implements Outcome {}
}
