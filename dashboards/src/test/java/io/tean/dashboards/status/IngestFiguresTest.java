package io.tean.dashboards.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.dashboards.status.IngestFigures.Spread;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IngestFiguresTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void missingMeter_isAbsent() {
        IngestFigures figures = IngestFigures.of(meters);
        assertThat(figures.values()).isEmpty();
        assertThat(figures.batchRows()).isEmpty();
        assertThat(figures.commit()).isEmpty();
    }

    @Test
    void countersGaugesAndFunctions_areReadAlike() {
        meters.counter("tean.ingest.received").increment(7);
        FunctionCounter.builder("tean.ingest.stored", this, test -> 5).register(meters);
        Gauge.builder("tean.ingest.connections", () -> 3).register(meters);
        IngestFigures figures = IngestFigures.of(meters);
        assertThat(figures.value(Figure.RECEIVED)).hasValue(7);
        assertThat(figures.value(Figure.STORED)).hasValue(5);
        assertThat(figures.value(Figure.CONNECTIONS)).hasValue(3);
    }

    @Test
    void gaugeWithoutAValue_isAbsent() {
        Gauge.builder("tean.ingest.unacked.oldest", () -> Double.NaN).register(meters);
        assertThat(IngestFigures.of(meters).value(Figure.UNACKED_OLDEST)).isEmpty();
    }

    @Test
    void taggedCounters_areSummed_andKeptByReason() {
        meters.counter("tean.ingest.dead.letter", "reason", "not-json").increment(2);
        meters.counter("tean.ingest.dead.letter", "reason", "too-old").increment(3);
        meters.counter("tean.ingest.dead.letter", "reason", "conflict");
        IngestFigures figures = IngestFigures.of(meters);
        assertThat(figures.value(Figure.DEAD_LETTERS)).hasValue(5);
        assertThat(figures.deadLetters()).containsOnlyKeys("not-json", "too-old");
    }

    @Test
    void batchesAndCommits_haveMeanAndMax() {
        meters.summary("tean.ingest.batch.rows").record(10);
        meters.summary("tean.ingest.batch.rows").record(30);
        meters.timer("tean.ingest.commit").record(Duration.ofMillis(20));
        IngestFigures figures = IngestFigures.of(meters);
        assertThat(figures.batchRows()).contains(new Spread(20, 30));
        assertThat(figures.commit()).contains(new Spread(0.02, 0.02));
    }
}
