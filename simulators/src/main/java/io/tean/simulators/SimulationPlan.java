package io.tean.simulators;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What to simulate.
 *
 * @param folder with the fleet's files, as {@link Simulators#writeFleet} leaves them
 * @param tokens a CSV with the header {@code device_id,token}
 * @param host of the MQTT server
 * @param speed simulated seconds in a real one, at least 1; above 1 the run starts in the past and ends at now
 * @param duration of the run in real time; without one it goes on until it is stopped, which needs speed 1
 * @param faults a fault script in YAML
 * @param truth where to write what really happened, JSON lines
 * @param seed of what happens by chance in this run
 */
public record SimulationPlan(
        Path folder,
        Path tokens,
        String host,
        int port,
        double speed,
        Optional<Duration> duration,
        Optional<Path> faults,
        Optional<Path> truth,
        long seed) {
    private static final double FASTEST = 100_000;

    public SimulationPlan {
        if (!(speed >= 1 && speed <= FASTEST)) {
            throw new IllegalArgumentException(
                    "speed " + speed + " is not from 1 to 100000: no machine lives ahead of the clock");
        }
        if (speed > 1 && duration.isEmpty()) {
            throw new IllegalArgumentException(
                    "speed " + speed + " without a duration would run ahead of the clock: give a duration, or speed 1");
        }
        if (duration.isPresent() && !duration.get().isPositive()) {
            throw new IllegalArgumentException("duration " + duration.get() + " is not longer than nothing");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("port " + port + " is not from 1 to 65535");
        }
    }
}
