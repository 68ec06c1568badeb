package io.tean.ingest.summary;

import static io.tean.ingest.summary.ProbeHouse.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tean.ingest.arrival.Arrival;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SummariesIT {
    private static final ProbeHouse HOUSE = new ProbeHouse();
    private static final Duration WAIT = Duration.ofMinutes(2);

    @BeforeEach
    void empty() {
        HOUSE.empty();
    }

    @AfterAll
    static void drop() {
        HOUSE.close();
    }

    @Test
    void kept_equals_rebuilt_whatever_comes_in_whatever_order() throws SQLException {
        Random dice = new Random(7);
        List<Arrival> sent = new ArrayList<>();
        Instant start = NOON.minus(3, ChronoUnit.DAYS);
        for (int round = 0; round < 60; round++) {
            HOUSE.at(start.plus(round * 61L, ChronoUnit.MINUTES));
            List<Arrival> batch = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                long ago = dice.nextInt(4) > 0 ? dice.nextInt(3_600) : dice.nextInt(90_000);
                Instant time = HOUSE.now().minusSeconds(ago);
                String level = dice.nextInt(5) == 0 ? "null" : String.valueOf(dice.nextInt(40) * 0.25);
                batch.add(HOUSE.reading(1 + dice.nextInt(3), time, dice.nextInt(100), level, dice.nextBoolean()));
            }
            sent.addAll(batch.subList(0, 3));
            batch.add(sent.get(dice.nextInt(sent.size())));
            HOUSE.store(batch);
            HOUSE.summaries.run();
        }
        assertThat(HOUSE.hours()).isGreaterThan(150);
        assertThat(HOUSE.database.number("SELECT count(*) FROM summary_late WHERE stream = 'test-probe'"))
                .isZero();
        assertThat(HOUSE.differences()).isZero();
    }

    @Test
    void an_hour_is_summarised_two_minutes_after_its_end() throws SQLException {
        HOUSE.store(1, NOON.plusSeconds(5), 1);
        HOUSE.at(NOON.plus(1, ChronoUnit.HOURS).plus(WAIT).minusSeconds(1));
        HOUSE.summaries.run();
        assertThat(HOUSE.hours()).isZero();
        HOUSE.at(NOON.plus(1, ChronoUnit.HOURS).plus(WAIT));
        HOUSE.summaries.run();
        assertThat(HOUSE.hours()).isEqualTo(1);
    }

    @Test
    void a_day_of_shanghai_begins_at_four_in_the_afternoon_of_utc() throws SQLException {
        HOUSE.store(1, NOON.plus(15, ChronoUnit.HOURS), 1);
        HOUSE.store(1, NOON.plus(16, ChronoUnit.HOURS), 2);
        HOUSE.at(NOON.plus(18, ChronoUnit.HOURS));
        HOUSE.summaries.run();
        assertThat(
                        HOUSE.database.text(
                                "SELECT string_agg((bucket AT TIME ZONE 'UTC') || '=' || readings, ' ' ORDER BY bucket) FROM test_probe_day"))
                .isEqualTo("2026-11-21 16:00:00=1 2026-11-22 16:00:00=1");
    }

    @Test
    void an_hour_waits_for_a_transaction_that_began_before_it_was_over() throws SQLException {
        HOUSE.at(NOON.plus(1, ChronoUnit.HOURS).plus(WAIT));
        try (Connection lane = HOUSE.pool.getConnection();
                Statement statement = lane.createStatement()) {
            lane.setAutoCommit(false);
            statement.execute("INSERT INTO test_probe (time, equipment_id, kind, number) VALUES ('"
                    + NOON.plusSeconds(9) + "', 1, 'a', 1)");
            HOUSE.summaries.run();
            assertThat(HOUSE.database.number(
                            "SELECT count(*) FROM summary_mark WHERE stream = 'test-probe' AND summarised_to > '" + NOON
                                    + "'"))
                    .isZero();
            lane.commit();
        }
        HOUSE.summaries.run();
        assertThat(HOUSE.hours()).isEqualTo(1);
        assertThat(HOUSE.differences()).isZero();
    }

    @Test
    void a_late_reading_that_is_committed_while_its_hour_is_done_again_is_not_lost() throws Exception {
        HOUSE.store(1, NOON.plusSeconds(5), 1);
        HOUSE.at(NOON.plus(2, ChronoUnit.HOURS));
        HOUSE.summaries.run();
        HOUSE.store(1, NOON.plusSeconds(6), 2);
        try (Connection obstacle = HOUSE.database.owner();
                Statement statement = obstacle.createStatement()) {
            obstacle.setAutoCommit(false);
            statement.execute("SELECT FROM test_probe_hour WHERE equipment_id = 1 FOR UPDATE");
            CompletableFuture<Long> job = CompletableFuture.supplyAsync(HOUSE.summaries::run);
            // It has read what there is, and waits for the row.
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> HOUSE.database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0);
            HOUSE.store(1, NOON.plusSeconds(7), 3);
            obstacle.rollback();
            job.get(30, TimeUnit.SECONDS);
        }
        assertThat(HOUSE.differences()).isPositive();
        HOUSE.summaries.run();
        assertThat(HOUSE.differences()).isZero();
        assertThat(HOUSE.database.number("SELECT readings FROM test_probe_day")).isEqualTo(3);
    }

    @Test
    void what_a_run_that_dies_had_taken_is_done_by_the_next() throws SQLException {
        HOUSE.store(1, NOON.plusSeconds(5), 1);
        HOUSE.at(NOON.plus(2, ChronoUnit.HOURS));
        HOUSE.summaries.run();
        HOUSE.store(1, NOON.plusSeconds(6), 2);
        HOUSE.store(2, NOON.plus(70, ChronoUnit.MINUTES), 3);
        HOUSE.at(NOON.plus(3, ChronoUnit.HOURS));
        HOUSE.database.execute("ALTER TABLE test_probe_day ADD CONSTRAINT broken CHECK (readings < 0) NOT VALID");
        assertThatThrownBy(HOUSE.summaries::run).hasMessageContaining("cannot summarise stream test-probe");
        assertThat(HOUSE.hours()).isEqualTo(1);
        HOUSE.database.execute("ALTER TABLE test_probe_day DROP CONSTRAINT broken");
        HOUSE.summaries.run();
        assertThat(HOUSE.hours()).isEqualTo(2);
        assertThat(HOUSE.differences()).isZero();
    }

    @Test
    void the_first_run_over_an_old_database_begins_at_the_oldest_chunk() {
        HOUSE.database.execute("""
                INSERT INTO test_probe (time, equipment_id, kind, number, flag, level)
                SELECT at, 1, 'a', 1, true, 0.25 FROM generate_series('2026-03-01T00:10Z'::timestamptz, '2026-03-03', '30 minutes') at
                UNION ALL SELECT '2026-11-01T00:10Z', 2, 'a', 1, false, NULL
                """);
        HOUSE.summaries.run();
        assertThat(HOUSE.hours()).isEqualTo(49);
        assertThat(HOUSE.database.text("SELECT summarised_to = '" + NOON.minus(1, ChronoUnit.HOURS)
                        + "' FROM summary_mark WHERE stream = 'test-probe'"))
                .isEqualTo("t");
        assertThat(HOUSE.differences()).isZero();
    }

    @Test
    void a_batch_notes_each_hour_of_a_machine_once_and_a_fresh_one_nothing() throws SQLException {
        Instant old = NOON.minus(1, ChronoUnit.DAYS);
        HOUSE.store(List.of(
                HOUSE.reading(1, old, 1, "1", true),
                HOUSE.reading(1, old, 2, "1", true),
                HOUSE.reading(2, old, 1, "1", true),
                HOUSE.reading(3, NOON, 1, "1", true)));
        HOUSE.store(3, NOON.minusSeconds(10), 2);
        assertThat(HOUSE.database.text("SELECT string_agg(equipment_id::text, ' ' ORDER BY late_id) FROM summary_late"))
                .isEqualTo("1 2");
    }
}
