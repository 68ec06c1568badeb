package io.tean.alerting.rule;

import java.time.Duration;

/**
 * A rule that no expression over a few values can say: a query that is asked again and again. It lists the subjects for which the rule is
 * fulfilled now; whoever is not listed any more has recovered.
 *
 * @param every how often it is asked, from 10 seconds to a day
 * @param sql selects subject (text), equipment_id (integer), organisation_id (integer), division_code (text), since (timestamptz), facts (jsonb)
 */
public record Sweep(Duration every, String sql) {}
