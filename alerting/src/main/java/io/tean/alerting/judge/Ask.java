package io.tean.alerting.judge;

import io.tean.alerting.rule.Condition;
import io.tean.alerting.rule.Rule;

/** One condition with its rule. */
record Ask(Rule rule, Condition condition) {
    /** Whether there is a moment at which it no longer holds. */
    boolean recovers(boolean state) {
        return state || condition.clear().isPresent();
    }
}
