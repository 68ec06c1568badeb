package io.tean.simulators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlansTest {
    private static final Instant NOW = Instant.parse("2026-11-23T00:00:00Z");

    private static SimulationPlan plan(double speed, Optional<Duration> duration) {
        return new SimulationPlan(
                Path.of("f"), Path.of("t"), "localhost", 1883, speed, duration, Optional.empty(), Optional.empty(), 1);
    }

    @Test
    void a_fast_clock_starts_in_the_past_and_ends_at_now() {
        var clock = SimulatedClock.of(NOW, 60, Optional.of(Duration.ofMinutes(10)));

        assertThat(clock.start()).isEqualTo(NOW.minus(Duration.ofMinutes(590)));
        assertThat(clock.at(NOW.plus(Duration.ofMinutes(10)))).isEqualTo(NOW.plus(Duration.ofMinutes(10)));
        assertThat(clock.at(NOW.plus(Duration.ofMinutes(5)))).isBefore(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void a_live_clock_is_the_real_one() {
        var clock = SimulatedClock.of(NOW, 1, Optional.empty());

        assertThat(clock.at(NOW.plusMillis(1234))).isEqualTo(NOW.plusMillis(1234));
    }

    @Test
    void a_fast_run_needs_a_duration() {
        assertThatThrownBy(() -> plan(60, Optional.empty())).hasMessageContaining("give a duration, or speed 1");
    }

    @Test
    void nothing_runs_slower_than_time() {
        assertThatThrownBy(() -> plan(0.5, Optional.of(Duration.ofMinutes(1)))).hasMessageContaining("speed 0.5");
    }

    @Test
    void an_empty_fleet_is_refused() {
        assertThatThrownBy(() -> new FleetPlan(1, 0, 0, 0, 3)).hasMessageContaining("at least one machine");
    }
}
