package io.tean.dashboards.status;

import io.tean.core.store.ServerFacts;
import io.tean.core.stream.Label;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.probe.Checkup;
import io.tean.dashboards.status.StoredFigures.Devices;
import io.tean.dashboards.status.StoredFigures.StreamFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/** How the service does, at one moment. */
public record Status(
        Instant now,
        Running running,
        Checkup checkup,
        IngestFigures ingest,
        Optional<Rates> rates,
        List<StreamDeclaration> declared,
        StoreMemory store) {

    public Status {
        declared = List.copyOf(declared);
    }

    /**
     * What runs.
     *
     * @param server as found at the last time it was asked
     */
    public record Running(Instant since, String version, Optional<ServerFacts> server) {}

    /**
     * Dead letters of one reason.
     *
     * @param counted since the start
     * @param kept in the database
     */
    public record DeadLetters(String reason, OptionalDouble counted, OptionalLong kept) {}

    /** A declared stream and what is known of its readings. */
    public record StreamRow(String name, Label title, Optional<StreamFigures> figures) {}

    /**
     * Alerts of one severity that are not closed.
     *
     * @param all acknowledged ones included
     */
    public record AlertRow(String name, OptionalLong all, OptionalLong acknowledged) {
        public boolean some() {
            return all.orElse(0) > 0;
        }
    }

    public boolean well() {
        return checkup.well() && store.awaySince().isEmpty();
    }

    public Duration uptime() {
        return Duration.between(running.since(), now);
    }

    public Optional<StoredFigures> stored() {
        return store.figures();
    }

    public OptionalDouble rate(Figure figure) {
        return rates.map(known -> known.of(figure)).orElse(OptionalDouble.empty());
    }

    /** Every declared stream, with its figures once they were read. */
    public List<StreamRow> streams() {
        List<StreamFigures> known = stored().map(StoredFigures::streams).orElse(List.of());
        return declared.stream()
                .map(stream -> new StreamRow(
                        stream.name(),
                        stream.title(),
                        known.stream()
                                .filter(figures -> figures.stream().equals(stream.name()))
                                .findFirst()))
                .toList();
    }

    public List<Map.Entry<String, Long>> equipment() {
        return List.copyOf(
                stored().flatMap(StoredFigures::equipment).orElse(Map.of()).entrySet());
    }

    public OptionalLong equipmentTotal() {
        return stored().flatMap(StoredFigures::equipment)
                .map(counts -> OptionalLong.of(
                        counts.values().stream().mapToLong(Long::longValue).sum()))
                .orElse(OptionalLong.empty());
    }

    public OptionalLong devicesEnabled() {
        return devices(Devices::enabled);
    }

    public OptionalLong devicesDisabled() {
        return devices(Devices::disabled);
    }

    private OptionalLong devices(ToLongFunction<Devices> which) {
        return stored().flatMap(StoredFigures::devices)
                .map(devices -> OptionalLong.of(which.applyAsLong(devices)))
                .orElse(OptionalLong.empty());
    }

    /** Every severity, the worst first. */
    public List<AlertRow> alerts() {
        return stored().flatMap(StoredFigures::alerts)
                .map(counts -> counts.entrySet().stream()
                        .map(row -> new AlertRow(
                                row.getKey(),
                                OptionalLong.of(
                                        row.getValue().open() + row.getValue().acknowledged()),
                                OptionalLong.of(row.getValue().acknowledged())))
                        .toList())
                .orElseGet(() -> StatusQuery.SEVERITIES.stream()
                        .map(severity -> new AlertRow(severity, OptionalLong.empty(), OptionalLong.empty()))
                        .toList());
    }

    /** Whether an empty list of dead letters means that there are none. */
    public boolean deadLettersKnown() {
        return stored().flatMap(StoredFigures::deadLetters).isPresent();
    }

    /** By reason, the most first. */
    public List<DeadLetters> deadLetters() {
        Map<String, Double> counted = ingest.deadLetters();
        Map<String, Long> kept = stored().flatMap(StoredFigures::deadLetters).orElse(Map.of());
        boolean keptKnown = stored().flatMap(StoredFigures::deadLetters).isPresent();
        boolean countedKnown = ingest.value(Figure.DEAD_LETTERS).isPresent();
        var reasons = new TreeSet<>(counted.keySet());
        reasons.addAll(kept.keySet());
        return reasons.stream()
                .map(reason -> new DeadLetters(
                        reason,
                        countedKnown ? OptionalDouble.of(counted.getOrDefault(reason, 0.0)) : OptionalDouble.empty(),
                        keptKnown ? OptionalLong.of(kept.getOrDefault(reason, 0L)) : OptionalLong.empty()))
                .sorted(Comparator.comparingDouble((DeadLetters row) -> Math.max(
                                (double) row.kept().orElse(0), row.counted().orElse(0)))
                        .reversed())
                .toList();
    }

    /** Refused connections by reason, the most first. */
    public List<Map.Entry<String, Double>> refused() {
        return ingest.refused().entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
