package io.tean.simulators;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The clock of the machines. It runs {@code speed} times as fast as the real one, starts in the past, and meets the real one at the
 * end of the run; it is never ahead.
 */
record SimulatedClock(Instant realStart, Instant start, double speed) {

    static SimulatedClock of(Instant now, double speed, Optional<Duration> duration) {
        long lead = duration.map(d -> Math.round((speed - 1) * d.toMillis())).orElse(0L);
        Instant whole = Instant.ofEpochMilli(now.toEpochMilli());
        return new SimulatedClock(whole, whole.minusMillis(lead), speed);
    }

    Instant at(Instant real) {
        long passed = Math.max(0, Duration.between(realStart, real).toMillis());
        return start.plusMillis((long) (passed * speed));
    }

    Duration realTimeUntil(Instant simulated, Instant real) {
        long millis = Duration.between(at(real), simulated).toMillis();
        return Duration.ofMillis((long) Math.ceil(millis / speed));
    }
}
