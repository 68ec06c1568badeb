package io.tean.app.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

final class LatencyLogTest {
    @Test
    void percentiles_areWithinTwoPercent() {
        LatencyLog log = new LatencyLog();
        for (int millis = 1; millis <= 1_000; millis++) {
            log.add(millis * 1_000_000L);
        }

        assertThat(log.millis(0.50)).isCloseTo(500, within(10.0));
        assertThat(log.millis(0.99)).isCloseTo(990, within(20.0));
        assertThat(log.count()).isEqualTo(1_000);
    }

    @Test
    void noLatencies_haveNoPercentile() {
        assertThat(new LatencyLog().millis(0.99)).isNaN();
    }
}
