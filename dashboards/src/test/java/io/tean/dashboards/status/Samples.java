package io.tean.dashboards.status;

import io.tean.core.health.HealthCheck.Health;
import io.tean.core.store.ServerFacts;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.probe.Checkup;
import io.tean.dashboards.status.IngestFigures.Spread;
import io.tean.dashboards.status.StoredFigures.Alerts;
import io.tean.dashboards.status.StoredFigures.Devices;
import io.tean.dashboards.status.StoredFigures.StreamFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Made-up states of the service, for tests and for the preview. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-03-01T04:00:00Z");

    private static final ServerFacts SERVER = new ServerFacts("17.11", "2.19.3", ServerFacts.Edition.APACHE);

    private Samples() {}

    static Status well() {
        return status(true, memory(Optional.empty()), figures());
    }

    static Status away() {
        return status(false, memory(Optional.of(NOW.minusSeconds(75))), figures());
    }

    /** Just started: nothing is known yet. */
    static Status fresh() {
        return new Status(
                NOW,
                new Status.Running(NOW, "0.1.0", Optional.empty()),
                new Checkup(List.of()),
                new IngestFigures(Map.of(), Map.of(), Map.of(), Optional.empty(), Optional.empty()),
                Optional.empty(),
                List.copyOf(StreamCatalogue.builtIn().all()),
                new StoreMemory(Optional.empty(), Optional.empty()));
    }

    static Status withPart(Health part) {
        Status status = well();
        return new Status(
                status.now(),
                status.running(),
                new Checkup(List.of(part)),
                status.ingest(),
                status.rates(),
                status.declared(),
                status.store());
    }

    static Status withDeadLetter(String reason) {
        Status status = well();
        IngestFigures figures = new IngestFigures(
                Map.of(Figure.DEAD_LETTERS, 1.0), Map.of(reason, 1.0), Map.of(), Optional.empty(), Optional.empty());
        return new Status(
                status.now(),
                status.running(),
                status.checkup(),
                figures,
                status.rates(),
                status.declared(),
                status.store());
    }

    private static Status status(boolean databaseWell, StoreMemory memory, IngestFigures ingest) {
        return new Status(
                NOW,
                new Status.Running(NOW.minus(Duration.ofHours(77)), "0.1.0", Optional.of(SERVER)),
                new Checkup(List.of(
                        new Health("mqtt", true, "listens on 0.0.0.0:1883, 12,408 connections"),
                        new Health(
                                "database",
                                databaseWell,
                                databaseWell ? "answered 1 s ago" : "no answer for 75 s: connection refused"),
                        new Health("lanes", true, "4 lanes, the longest queue has 312 messages"))),
                ingest,
                Optional.of(new Rates(
                        Duration.ofSeconds(10),
                        Map.of(
                                Figure.RECEIVED, 2043.4,
                                Figure.ACKNOWLEDGED, databaseWell ? 2040.1 : 0.0,
                                Figure.STORED, databaseWell ? 2031.9 : 0.0,
                                Figure.DUPLICATES, 8.3,
                                Figure.DEAD_LETTERS, 0.2))),
                List.copyOf(StreamCatalogue.builtIn().all()),
                memory);
    }

    private static IngestFigures figures() {
        Map<Figure, Double> values = new EnumMap<>(Figure.class);
        double seed = 1;
        for (Figure figure : Figure.COUNTED.reversed()) {
            seed *= 5.3;
            values.put(figure, Math.floor(seed));
        }
        values.put(Figure.DEAD_LETTERS, 1412.0);
        values.put(Figure.CONNECTIONS, 12_408.0);
        values.put(Figure.UNACKED, 312.0);
        values.put(Figure.UNACKED_OLDEST, 0.038);
        values.put(Figure.UNACKED_BYTES, 81_920.0);
        values.put(Figure.PAUSED, 0.0);
        return new IngestFigures(
                values,
                Map.of("unregistered-equipment", 1204.0, "out-of-range", 181.0, "not-json", 27.0),
                Map.of("bad-login", 14.0, "not-bound", 3.0),
                Optional.of(new Spread(41.6, 500)),
                Optional.of(new Spread(0.0123, 0.187)));
    }

    private static StoreMemory memory(Optional<Instant> awaySince) {
        Map<String, Long> equipment = new LinkedHashMap<>();
        equipment.put("elevator", 48_213L);
        equipment.put("boiler", 1_307L);
        equipment.put("filling-machine", 86L);
        Map<String, Alerts> alerts = new LinkedHashMap<>();
        alerts.put("EMERGENCY", new Alerts(1, 0));
        alerts.put("CRITICAL", new Alerts(3, 1));
        alerts.put("WARNING", new Alerts(0, 0));
        alerts.put("NOTICE", new Alerts(27, 12));
        Instant read = awaySince.map(since -> since.minusSeconds(2)).orElse(NOW.minusSeconds(1));
        return new StoreMemory(
                Optional.of(new StoredFigures(
                        read,
                        List.of(
                                stream("boiler-status", 9_412_077, 12),
                                stream("cylinder-fill", 812_004, 204),
                                stream("elevator-event", 0, 7),
                                stream("elevator-status", 412_077_812, 1)),
                        Optional.of(equipment),
                        Optional.of(new Devices(12_611, 4)),
                        Optional.of(alerts),
                        Optional.of(Map.of("unregistered-equipment", 1198L, "conflict", 2L)))),
                awaySince);
    }

    private static StreamFigures stream(String name, long rows, long age) {
        return new StreamFigures(
                name, rows == 0 ? OptionalLong.empty() : OptionalLong.of(rows), Optional.of(NOW.minusSeconds(age)));
    }
}
