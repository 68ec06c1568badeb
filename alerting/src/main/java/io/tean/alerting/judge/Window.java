package io.tean.alerting.judge;

import io.tean.core.reading.Reading;
import java.util.Map;

/**
 * A condition holds.
 *
 * @param sinceMicros event time of the reading that began it
 * @param fired whether it has lasted long enough and led to a finding
 * @param begin what it began with
 */
record Window(Ask ask, long sinceMicros, boolean fired, Begin begin) {
    /** @param seen the values that the condition saw */
    record Begin(String stream, long micros, java.util.List<String> keyValues, Map<String, Object> seen) {
        static Begin of(Reading reading, Map<String, Object> seen) {
            return new Begin(reading.stream().name(), reading.epochMicros(), reading.keyValues(), seen);
        }
    }

    Window asFired() {
        return new Window(ask, sinceMicros, true, begin);
    }

    boolean isOf(Ask other) {
        return ask.equals(other);
    }
}
