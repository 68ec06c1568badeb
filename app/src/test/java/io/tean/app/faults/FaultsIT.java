package io.tean.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The short form of {@code bin/faults}: each scenario once, at a random moment. */
final class FaultsIT {
    private static final long SEED = new SplittableRandom().nextLong(1, 1_000_000_000);

    private static Theatre theatre;

    @BeforeAll
    static void open() {
        theatre = new Theatre("faults-it", Scenario.values().length + 1, Lengths.SHORT, SEED);
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

    @Test
    void theComparison_findsMissingChangedAndForeignRows() {
        String machine = "(SELECT max(equipment_id) FROM load_reading)";
        Theatre.Outcome outcome = theatre.play(
                Scenario.LATE,
                List.of(
                        "DELETE FROM load_reading r WHERE equipment_id = " + machine
                                + " AND time = (SELECT min(time) FROM load_reading WHERE equipment_id = " + machine
                                + ")",
                        "UPDATE load_reading r SET speed = speed + 1 WHERE equipment_id = " + machine
                                + " AND time = (SELECT max(time) FROM load_reading WHERE equipment_id = " + machine
                                + ")",
                        "INSERT INTO load_reading (time, equipment_id, mode, running, sequence) VALUES (now(), "
                                + machine + ", 'normal', true, 1)",
                        "DELETE FROM dead_letter WHERE dead_letter_id = (SELECT max(dead_letter_id) FROM dead_letter)"));

        assertThat(outcome.problems())
                .anySatisfy(
                        p -> assertThat(p).startsWith("1 acknowledged messages of load-reading are not in the table"))
                .anySatisfy(p -> assertThat(p).startsWith("1 rows of load-reading have another content"))
                .anySatisfy(p -> assertThat(p).startsWith("1 rows of load-reading were never published"))
                .anySatisfy(
                        p -> assertThat(p).startsWith("1 acknowledged messages that are too old have no dead letter"))
                .hasSize(4);
    }
}
