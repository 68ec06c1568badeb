package io.tean.dashboards.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.status.StoredFigures.Alerts;
import io.tean.dashboards.status.StoredFigures.Devices;
import io.tean.dashboards.status.StoredFigures.StreamFigures;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StoreReaderIT {
    private final TestDatabase database = TestDatabase.fresh();
    private final StoreReader reader =
            new StoreReader(database.pool(), StreamCatalogue.builtIn(), InstantSource.system());

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void emptyDatabase_isRead_withNoughts() {
        StoredFigures figures = read();
        assertThat(figures.streams()).hasSize(StreamCatalogue.builtIn().all().size());
        assertThat(figures.streams()).allSatisfy(stream -> {
            assertThat(stream.rows()).hasValue(0);
            assertThat(stream.newest()).isEmpty();
        });
        assertThat(figures.equipment())
                .hasValueSatisfying(counts -> assertThat(counts).isEmpty());
        assertThat(figures.devices()).contains(new Devices(0, 0));
        assertThat(figures.alerts())
                .hasValueSatisfying(
                        counts -> assertThat(counts.keySet()).containsExactlyElementsOf(StatusQuery.SEVERITIES));
        assertThat(figures.deadLetters())
                .hasValueSatisfying(counts -> assertThat(counts).isEmpty());
    }

    @Test
    void newestReading_isFound_alsoBehindThePagesThatAreRead() {
        status("2026-03-01T00:00:00Z", 2000);
        status("2026-03-02T00:00:00Z", 60_000);
        assertThat(stream("elevator-status").newest()).contains(Instant.parse("2026-03-02T16:39:59Z"));
        assertThat(stream("boiler-status").newest()).isEmpty();
    }

    @Test
    void newestReading_isFound_whenTheNewestChunkIsEmpty() {
        status("2026-03-01T00:00:00Z", 1);
        status("2026-03-02T00:00:00Z", 1);
        database.execute("DELETE FROM elevator_status WHERE time >= '2026-03-02'");
        assertThat(stream("elevator-status").newest()).contains(Instant.parse("2026-03-01T00:00:00Z"));
    }

    @Test
    void readings_areCounted_onceThereAreStatistics() {
        status("2026-03-01T00:00:00Z", 2000);
        assertThat(stream("elevator-status").rows()).isEmpty();
        database.execute("ANALYZE elevator_status");
        assertThat(stream("elevator-status").rows()).hasValue(2000);
    }

    @Test
    void registerAlertsAndDeadLetters_areCounted() {
        database.execute("""
                INSERT INTO equipment (code, category, name)
                SELECT 'E-' || n, CASE WHEN n < 3 THEN 'elevator' ELSE 'boiler' END, 'x' FROM generate_series(0, 3) n
                """);
        database.execute("""
                INSERT INTO device (device_id, token_hash, disabled_at)
                VALUES ('a', '', NULL), ('b', '', NULL), ('c', '', now())
                """);
        database.execute("""
                INSERT INTO alert (equipment_id, subject_kind, subject, dispatch_class, rule, severity, state, first_seen, last_seen, closed_at, closed_by, cause)
                VALUES (1, 'MACHINE', '1', 'rescue', 'r', 'EMERGENCY', 'open', now(), now(), NULL, NULL, NULL),
                       (2, 'MACHINE', '2', 'rescue', 'r', 'EMERGENCY', 'acknowledged', now(), now(), NULL, NULL, NULL),
                       (3, 'MACHINE', '3', 'rescue', 'r', 'NOTICE', 'closed', now(), now(), now(), 'x', 'GENUINE')
                """);
        database.execute("""
                INSERT INTO dead_letter (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload, state)
                SELECT now(), now(), 'a', 'E-1', 's', 'not-json', 'd', '', state
                FROM unnest(ARRAY['kept', 'to-replay', 'replayed', 'discarded']) state
                """);
        StoredFigures figures = read();
        assertThat(figures.equipment())
                .hasValueSatisfying(counts ->
                        assertThat(counts).containsEntry("elevator", 3L).containsEntry("boiler", 1L));
        assertThat(figures.devices()).contains(new Devices(2, 1));
        assertThat(figures.alerts())
                .hasValueSatisfying(counts -> assertThat(counts)
                        .containsEntry("EMERGENCY", new Alerts(1, 1))
                        .containsEntry("NOTICE", new Alerts(0, 0)));
        assertThat(figures.deadLetters())
                .hasValueSatisfying(counts -> assertThat(counts).containsEntry("not-json", 2L));
    }

    @Test
    void figureThatTheServerRefuses_isLeftOut_andTheOthersAreRead() {
        database.execute("ALTER TABLE alert RENAME TO alert_elsewhere");
        StoredFigures figures = read();
        assertThat(figures.alerts()).isEmpty();
        assertThat(figures.devices()).isPresent();
    }

    private void status(String from, int count) {
        database.execute("""
                INSERT INTO elevator_status (time, equipment_id, service_mode, car_running)
                SELECT timestamptz '%s' + n * interval '1 second', n %% 100, 'normal', true
                FROM generate_series(0, %d) n
                """.formatted(from, count - 1));
    }

    private StreamFigures stream(String name) {
        return read().streams().stream()
                .filter(stream -> stream.stream().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private StoredFigures read() {
        reader.read();
        StoreMemory memory = reader.memory();
        assertThat(memory.awaySince()).isEmpty();
        return memory.figures().orElseThrow();
    }
}
