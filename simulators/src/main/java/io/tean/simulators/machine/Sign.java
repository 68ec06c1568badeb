package io.tean.simulators.machine;

import java.time.Instant;

/**
 * By what a fault shows itself in the published data: a field that has taken a value.
 *
 * @param value a boolean, a number or a text
 * @param first the time of the first reading that showed it
 */
public record Sign(String stream, String field, Object value, Instant first) {}
