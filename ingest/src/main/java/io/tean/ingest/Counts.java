package io.tean.ingest;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tean.ingest.arrival.DeadLetterReason;
import io.tean.ingest.lane.LaneCounts;
import io.tean.ingest.session.Ending;
import io.tean.ingest.session.SessionCounts;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/** The meters of ingest, as they are counted. Thread-safe. */
final class Counts implements SessionCounts, LaneCounts {
    private final MeterRegistry registry;
    private final Counter received;
    private final Counter acknowledged;
    private final Counter ackLost;
    private final Counter stored;
    private final Counter duplicate;
    private final Counter late;
    private final Counter unknownField;
    private final Counter paused;
    private final Counter staged;
    private final Counter replayed;
    private final Counter contactFailed;
    private final DistributionSummary batchRows;
    private final Timer commit;
    private final Map<DeadLetterReason, Counter> deadLetters = new EnumMap<>(DeadLetterReason.class);
    private final Map<Ending, Counter> endings = new EnumMap<>(Ending.class);

    Counts(MeterRegistry registry) {
        this.registry = registry;
        this.received = counter(IngestMeters.RECEIVED);
        this.acknowledged = counter(IngestMeters.ACKNOWLEDGED);
        this.ackLost = counter(IngestMeters.ACK_LOST);
        this.stored = counter(IngestMeters.STORED);
        this.duplicate = counter(IngestMeters.DUPLICATE);
        this.late = counter(IngestMeters.LATE);
        this.unknownField = counter(IngestMeters.UNKNOWN_FIELD);
        this.paused = counter(IngestMeters.PAUSED);
        this.staged = counter(IngestMeters.STAGED);
        this.replayed = counter(IngestMeters.REPLAYED);
        this.contactFailed = counter(IngestMeters.CONTACT_FAILED);
        this.batchRows = DistributionSummary.builder(IngestMeters.BATCH_ROWS.meterName())
                .description(IngestMeters.BATCH_ROWS.meaning())
                .serviceLevelObjectives(1, 10, 100, 1_000, 10_000)
                .register(registry);
        this.commit = Timer.builder(IngestMeters.COMMIT.meterName())
                .description(IngestMeters.COMMIT.meaning())
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(20),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(10))
                .register(registry);
        for (DeadLetterReason reason : DeadLetterReason.values()) {
            deadLetters.put(reason, counter(IngestMeters.DEAD_LETTER, "reason", reason.word()));
        }
        for (Ending ending : Ending.values()) {
            endings.put(ending, counter(IngestMeters.REFUSED, "reason", ending.word()));
        }
    }

    private Counter counter(IngestMeters meter, String... tags) {
        return Counter.builder(meter.meterName())
                .description(meter.meaning())
                .tags(Tags.of(tags))
                .register(registry);
    }

    <T> void gauge(IngestMeters meter, T of, ToDoubleFunction<T> value) {
        io.micrometer.core.instrument.Gauge.builder(meter.meterName(), of, value)
                .description(meter.meaning())
                .strongReference(true)
                .register(registry);
    }

    private static <K> void count(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void received() {
        received.increment();
    }

    @Override
    public void acknowledged(int messages) {
        acknowledged.increment(messages);
    }

    @Override
    public void ackLost(int messages) {
        ackLost.increment(messages);
    }

    @Override
    public void refused(Ending reason) {
        count(endings, reason);
    }

    @Override
    public void paused() {
        paused.increment();
    }

    @Override
    public void unknownField() {
        unknownField.increment();
    }

    @Override
    public void late() {
        late.increment();
    }

    @Override
    public void stored(int readings) {
        stored.increment(readings);
    }

    @Override
    public void duplicates(int readings) {
        duplicate.increment(readings);
    }

    @Override
    public void deadLetter(DeadLetterReason reason) {
        count(deadLetters, reason);
    }

    @Override
    public void staged() {
        staged.increment();
    }

    @Override
    public void committed(int rows, long nanos) {
        batchRows.record(rows);
        commit.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void stepFailed(String step) {
        counter(IngestMeters.STEP_FAILED, "step", step).increment();
    }

    @Override
    public void retried(String sqlState) {
        counter(IngestMeters.RETRY, "state", sqlState).increment();
    }

    void replayed() {
        replayed.increment();
    }

    void contactFailed() {
        contactFailed.increment();
    }
}
