package io.tean.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.app.alerts.Comparison.Raised;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private static final Fault DOOR = new Fault(Story.DOOR_FAULT, "door-fault", "A", true, 1_000, 2_000);
    private static final Fault STOP = new Fault(Story.SHORT_STOP, "entrapment", "B", false, 1_000, 2_000);

    @Test
    void oneAlertWithinTheFault_isFlawless() {
        Comparison comparison = Comparison.of(List.of(DOOR, STOP), List.of(new Raised("door-fault", "A", 1_000, 1)));

        assertThat(comparison.isFlawless()).isTrue();
        assertThat(comparison.planted()).containsExactly(Map.entry("door-fault", 1L));
    }

    @Test
    void faultWithoutAlert_isMissed() {
        assertThat(Comparison.of(List.of(DOOR), List.of()).missed()).hasSize(1);
    }

    @Test
    void alertBeforeTheFaultBegan_isFalseAndTheFaultMissed() {
        Comparison comparison = Comparison.of(List.of(DOOR), List.of(new Raised("door-fault", "A", 999, 1)));

        assertThat(comparison.missed()).hasSize(1);
        assertThat(comparison.unfounded()).hasSize(1);
    }

    @Test
    void alertOfWhatMustNotFire_isFalse() {
        assertThat(Comparison.of(List.of(STOP), List.of(new Raised("entrapment", "B", 1_500, 1)))
                        .unfounded())
                .hasSize(1);
    }

    @Test
    void secondAlertOfOneFault_isDoubled() {
        Raised alert = new Raised("door-fault", "A", 1_000, 1);

        assertThat(Comparison.of(List.of(DOOR), List.of(alert, alert)).doubled())
                .hasSize(1);
    }

    @Test
    void alertThatCameBackWithinTheFault_isDoubled() {
        assertThat(Comparison.of(List.of(DOOR), List.of(new Raised("door-fault", "A", 1_000, 2)))
                        .doubled())
                .hasSize(1);
    }
}
