package io.tean.alerting.rule;

import java.util.List;
import java.util.Map;

/**
 * A worked example or counter-example of a rule, which is also its test.
 *
 * @param fires whether the rule must find something
 * @param facts registered facts by their names, such as {@code equipment.rated_pressure_mpa}
 * @param readings of telemetry rules: maps of at (seconds, or text such as 90s), stream, and fields
 * @param until how long after the first reading the clock runs on, in seconds
 * @param given of sweeps: SQL that fills an empty register
 * @param subjects of sweeps: exactly those that must be listed; may be empty
 */
public record Example(
        String name,
        boolean fires,
        Map<String, Object> facts,
        List<Map<String, Object>> readings,
        long until,
        String given,
        List<String> subjects) {}
