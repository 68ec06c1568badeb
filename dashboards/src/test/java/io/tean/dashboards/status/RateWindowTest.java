package io.tean.dashboards.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private static final Instant START = Instant.parse("2026-03-01T04:00:00Z");

    private final RateWindow window = new RateWindow();

    @Test
    void oneSample_tellsNoRate() {
        sample(0, Map.of(Figure.STORED, 100.0));
        assertThat(window.rates()).isEmpty();
    }

    @Test
    void rate_isTheDifferenceOverTheTimeBetween() {
        sample(0, Map.of(Figure.STORED, 100.0));
        sample(4, Map.of(Figure.STORED, 300.0));
        assertThat(rates().of(Figure.STORED)).hasValue(50);
        assertThat(rates().over()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void rate_forgetsWhatIsOlderThanTenSeconds() {
        sample(0, Map.of(Figure.STORED, 0.0));
        for (int second = 2; second <= 20; second += 2) {
            sample(second, Map.of(Figure.STORED, second < 10 ? 0.0 : 1000.0));
        }
        assertThat(rates().of(Figure.STORED)).hasValue(0);
        assertThat(rates().over()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void counterThatAppears_countsFromNought_andOneThatIsMissingHasNoRate() {
        sample(0, Map.of());
        sample(2, Map.of(Figure.DUPLICATES, 4.0));
        assertThat(rates().of(Figure.DUPLICATES)).hasValue(2);
        assertThat(rates().of(Figure.STORED)).isEmpty();
    }

    @Test
    void clockSetBack_startsAgain() {
        sample(10, Map.of(Figure.STORED, 100.0));
        sample(0, Map.of(Figure.STORED, 200.0));
        assertThat(window.rates()).isEmpty();
    }

    private Rates rates() {
        return window.rates().orElseThrow();
    }

    private void sample(int second, Map<Figure, Double> values) {
        window.add(
                START.plusSeconds(second),
                new IngestFigures(values, Map.of(), Map.of(), Optional.empty(), Optional.empty()));
    }
}
