package io.tean.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code bin/faults}: each scenario once, at a random moment. */
final class FaultsIT {
    private static final long SEED = new SplittableRandom().nextLong(1, 1_000_000_000);

    private static Theatre theatre;

    @BeforeAll
    static void open() {
        theatre = new Theatre("faults-it", Scenario.values().length, Lengths.SHORT, SEED);
    }

    @AfterAll
    static void close() {
        theatre.close();
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledged_isStoredOnce(Scenario scenario) {
        Theatre.Outcome outcome = theatre.play(scenario);

        assertThat(outcome.problems()).as("seed %d, %s", SEED, outcome.notes()).isEmpty();
        assertThat(outcome.acknowledged()).isPositive();
    }
}
