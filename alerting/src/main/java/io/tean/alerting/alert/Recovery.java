package io.tean.alerting.alert;

import io.tean.alerting.rule.Rule;
import java.time.Instant;

/**
 * A rule is no longer fulfilled for a subject.
 *
 * @param at event time since which it is not
 */
public record Recovery(Rule rule, String subject, Instant at) {}
