package io.tean.simulators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TroublesTest {
    private final List<String> told = new ArrayList<>();
    private Instant now = Instant.EPOCH;
    private final Troubles troubles = new Troubles(told::add, () -> now);

    private void flood() {
        for (int i = 0; i < 300; i++) {
            troubles.tell("device " + i);
        }
    }

    @Test
    void a_flood_of_troubles_is_cut_short() {
        flood();

        assertThat(told).hasSize(6).last().isEqualTo("more devices have such troubles");
    }

    @Test
    void troubles_are_told_again_after_a_while() {
        flood();
        now = now.plusSeconds(10);

        troubles.tell("a new one");

        assertThat(told).last().isEqualTo("a new one");
    }
}
