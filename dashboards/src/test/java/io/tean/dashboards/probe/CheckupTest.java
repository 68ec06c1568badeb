package io.tean.dashboards.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.health.HealthCheck;
import io.tean.core.health.HealthCheck.Health;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckupTest {
    private static final HealthCheck WELL = () -> new Health("database", true, "answers in 1 ms");
    private static final HealthCheck ILL = () -> new Health("mqtt", false, "says \"no\"");
    private static final HealthCheck BROKEN = () -> {
        throw new IllegalStateException("broken");
    };

    @Test
    void allWell_isReady() {
        assertThat(Checkup.of(List.of(WELL)).json())
                .hasToString("{ready=true, parts=[{part=database, well=true, detail=answers in 1 ms}]}");
    }

    @Test
    void onePartNotWell_isNotReady() {
        Checkup checkup = Checkup.of(List.of(WELL, ILL));
        assertThat(checkup.well()).isFalse();
        assertThat(checkup.ill()).extracting(Health::part).containsExactly("mqtt");
        assertThat(checkup.json().toString()).startsWith("{ready=false").contains("says \"no\"");
    }

    @Test
    void checkThatFails_isNotWell_andTheOthersAreStillHeard() {
        Checkup checkup = Checkup.of(List.of(BROKEN, WELL));
        assertThat(checkup.parts()).hasSize(2);
        assertThat(checkup.parts().getFirst().well()).isFalse();
        assertThat(checkup.parts().getLast().well()).isTrue();
    }
}
