package io.tean.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.app.load.Login;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ScriptedDayTest {
    private static final int MACHINES = 1_000;
    private static final Instant END = Instant.parse("2026-11-22T08:00:00Z");

    private static ScriptedDay day(long seed) {
        List<Login> logins = IntStream.range(0, MACHINES)
                .mapToObj(i -> new Login("device-" + i, "", "CODE" + i))
                .toList();
        return new ScriptedDay(logins, END, Duration.ofHours(6), Duration.ofMinutes(5), seed);
    }

    @Test
    void sameSeed_tellsTheSameDay() {
        assertThat(day(7).faults()).isEqualTo(day(7).faults());
        assertThat(day(8).faults()).isNotEqualTo(day(7).faults());
    }

    @Test
    void dayHasEveryStory() {
        assertThat(day(7).faults()).extracting(Fault::story).contains(Story.values());
    }

    @Test
    void openedToItsEnd_givesEveryMessage() {
        ScriptedDay day = day(7);

        assertThat(day.open(day.beginMicros() - 1)).isZero();
        assertThat(day.open(day.lastMicros())).isEqualTo(day.messages());
    }

    @Test
    void aTenthIsSentTwice() {
        ScriptedDay day = day(7);

        // Usual readings alone would be 72 of each machine.
        assertThat(day.messages()).isBetween((long) MACHINES * 72, (long) MACHINES * 72 * 14 / 10);
    }
}
