package io.tean.ingest.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tean.core.reading.Reading;
import io.tean.core.settings.Settings;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.CountedOutcomes;
import io.tean.ingest.arrival.Messages;
import io.tean.ingest.arrival.SpyingStep;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LaneIT {
    private static final StreamCatalogue CATALOGUE = StreamCatalogue.builtIn();
    private static final TestDatabase DATABASE = TestDatabase.fresh(CATALOGUE);
    private static final DataSource POOL = DATABASE.pool();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Messages messages = new Messages(CATALOGUE);
    private final CountedOutcomes counts = new CountedOutcomes();
    private final SpyingStep step = new SpyingStep("spy", "elevator-event");
    private final Lanes lanes = lanes(Map.of());

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE elevator_event, dead_letter, rejudge_mark");
        lanes.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        lanes.stop(PATIENCE);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_message_is_settled_when_its_row_can_be_read() {
        submit(messages.event(1, 1));
        awaitSettled(1);
        assertThat(rows()).isEqualTo(1);
        assertThat(lanes.oldestAge()).isZero();
    }

    @Test
    void a_machines_messages_are_settled_in_the_order_in_which_they_came() {
        for (int i = 0; i < 500; i++) {
            submit(messages.event(1, i));
        }
        awaitSettled(500);
        assertThat(messages.settled()).extracting(Arrival::packetId).isSorted();
        assertThat(step.judged())
                .extracting(reading -> reading.integer("sequence"))
                .isSorted()
                .hasSize(500);
    }

    @Test
    void a_message_without_a_reading_is_settled_as_well() {
        submit(messages.message("elevator-event", 1, "[]"));
        awaitSettled(1);
        assertThat(DATABASE.number("SELECT count(*) FROM dead_letter")).isEqualTo(1);
    }

    @Test
    void nothing_is_settled_while_the_database_keeps_a_batch_waiting() throws SQLException {
        try (Connection owner = DATABASE.owner()) {
            lockEvents(owner);
            submit(messages.event(1, 1));
            await().atMost(PATIENCE).until(() -> waitingBackends() == 1);
            assertThat(messages.settled()).isEmpty();
            assertThat(lanes.oldestAge()).isPositive();
        }
        awaitSettled(1);
    }

    @Test
    void a_connection_that_is_killed_in_the_middle_of_a_batch_loses_and_doubles_nothing() throws SQLException {
        try (Connection owner = DATABASE.owner()) {
            lockEvents(owner);
            submit(messages.event(1, 1));
            submit(messages.event(1, 2));
            await().atMost(PATIENCE).until(() -> waitingBackends() == 1);
            DATABASE.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
            await().atMost(PATIENCE).until(() -> !counts.retries().isEmpty());
            assertThat(messages.settled()).isEmpty();
        }
        awaitSettled(2);
        assertThat(rows()).isEqualTo(2);
        assertThat(counts.stored()).isEqualTo(2);
    }

    @Test
    void a_connection_that_is_killed_under_a_step_is_no_fault_of_the_step() {
        AtomicBoolean once = new AtomicBoolean();
        step.does((transaction, inserted) -> {
            if (once.compareAndSet(false, true)) {
                DATABASE.execute("SELECT pg_terminate_backend(" + pid(transaction) + ")");
                pid(transaction);
            }
        });
        submit(messages.event(1, 1));
        awaitSettled(1);
        assertThat(rows()).isEqualTo(1);
        assertThat(counts.failedSteps()).isEmpty();
        assertThat(step.forgotten()).hasSize(1);
        assertThat(step.remembered()).hasSize(1);
    }

    @Test
    void a_memory_that_cannot_be_adopted_is_read_again_and_the_lane_goes_on() {
        AtomicBoolean once = new AtomicBoolean();
        SpyingStep clumsy = new SpyingStep("clumsy", "elevator-event");
        Lanes two = lanes(Map.of(), new Adopting(clumsy, once));
        two.start();
        two.submit(messages.event(1, 1), 1);
        awaitSettled(1);
        assertThat(rows()).isEqualTo(1);
        assertThat(clumsy.forgotten()).hasSize(1);
        stop(two);
    }

    @Test
    void a_step_that_runs_out_of_stack_does_not_end_the_lane() {
        step.does((transaction, inserted) -> {
            throw new StackOverflowError();
        });
        submit(messages.event(1, 1));
        awaitSettled(1);
        assertThat(rows()).isEqualTo(1);
        assertThat(DATABASE.number("SELECT count(*) FROM rejudge_mark")).isEqualTo(1);
    }

    @Test
    void marks_are_worked_off_by_the_lane_itself() {
        AtomicBoolean once = new AtomicBoolean();
        step.does((transaction, inserted) -> {
            if (once.compareAndSet(false, true)) {
                throw new IllegalStateException("a bug that was mended since");
            }
        });
        submit(messages.event(1, 1));
        awaitSettled(1);
        await().atMost(PATIENCE).until(() -> !step.remembered().isEmpty());
        await().atMost(PATIENCE).until(() -> DATABASE.number("SELECT count(*) FROM rejudge_mark") == 0);
    }

    @Test
    void a_sender_that_throws_keeps_nobody_else_from_being_settled() {
        Arrival bad = new Arrival(
                settled -> {
                    throw new IllegalStateException("gone");
                },
                "d1",
                "EQ-1",
                "elevator-event",
                new byte[0],
                1,
                Messages.NOON_MICROS,
                0);
        submit(bad);
        submit(messages.event(1, 1));
        awaitSettled(1);
    }

    @Test
    void stopping_settles_everything_that_was_submitted() throws InterruptedException {
        for (int i = 0; i < 1_000; i++) {
            submit(messages.event(i, i));
        }
        assertThat(lanes.stop(PATIENCE)).isTrue();
        assertThat(messages.settled()).hasSize(1_000);
        assertThat(rows()).isEqualTo(1_000);
    }

    @Test
    void stopping_gives_up_in_time_and_settles_nothing_that_is_not_committed() throws Exception {
        try (Connection owner = DATABASE.owner()) {
            lockEvents(owner);
            submit(messages.event(1, 1));
            await().atMost(PATIENCE).until(() -> waitingBackends() == 1);
            assertThat(lanes.stop(Duration.ofMillis(100))).isFalse();
            assertThat(messages.settled()).isEmpty();
        }
    }

    @Test
    void many_more_readings_than_a_batch_holds_are_all_stored() {
        Lanes small = lanes(Map.of("TEAN_INGEST_BATCH_ROWS", "3", "TEAN_INGEST_LANES", "3"));
        small.start();
        for (int i = 0; i < 300; i++) {
            String two = "[" + Messages.eventJson(2 * i, "") + "," + Messages.eventJson(2 * i + 1, "") + "]";
            small.submit(messages.message("elevator-event", i % 7, two), i % 7);
        }
        awaitSettled(300);
        assertThat(rows()).isEqualTo(600);
        stop(small);
    }

    /** Throws when told to adopt for the first time. */
    private record Adopting(SpyingStep inner, AtomicBoolean thrown) implements io.tean.core.reading.InTransactionStep {
        @Override
        public String name() {
            return inner.name();
        }

        @Override
        public boolean wants(io.tean.core.stream.StreamDeclaration stream) {
            return inner.wants(stream);
        }

        @Override
        public Runnable judge(Connection transaction, List<Reading> inserted) throws SQLException {
            inner.judge(transaction, inserted);
            return () -> {
                if (thrown.compareAndSet(false, true)) {
                    throw new IllegalStateException("a bug");
                }
            };
        }

        @Override
        public void forget(List<Reading> readings) {
            inner.forget(readings);
        }
    }

    private Lanes lanes(Map<String, String> more) {
        return lanes(more, step);
    }

    private Lanes lanes(Map<String, String> more, io.tean.core.reading.InTransactionStep judging) {
        var environment = DATABASE.environment();
        environment.putAll(more);
        return new Lanes(
                Settings.read(environment).ingest(), POOL, new ArrayList<>(List.of(judging)), CATALOGUE, counts);
    }

    private static void stop(Lanes lanes) {
        try {
            assertThat(lanes.stop(PATIENCE)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void submit(Arrival arrival) {
        lanes.submit(arrival, Integer.parseInt(arrival.equipmentCode().substring(3)));
    }

    private void awaitSettled(int count) {
        await().atMost(PATIENCE).until(() -> messages.settled().size() >= count);
        assertThat(messages.settled()).hasSize(count);
    }

    private static void lockEvents(Connection owner) throws SQLException {
        owner.setAutoCommit(false);
        try (Statement statement = owner.createStatement()) {
            statement.execute("LOCK TABLE elevator_event IN SHARE MODE");
        }
    }

    private static long waitingBackends() {
        return DATABASE.number("SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }

    private static int pid(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static long rows() {
        return DATABASE.number("SELECT count(*) FROM elevator_event");
    }
}
