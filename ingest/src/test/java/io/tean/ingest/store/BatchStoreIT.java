package io.tean.ingest.store;

import static io.tean.ingest.arrival.DeadLetterReason.CONFLICT;
import static io.tean.ingest.arrival.DeadLetterReason.OUT_OF_RANGE;
import static io.tean.ingest.arrival.DeadLetterReason.REFUSED_BY_DATABASE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.reading.Reading;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.TestStreams;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.CountedOutcomes;
import io.tean.ingest.arrival.DeadLetter;
import io.tean.ingest.arrival.Messages;
import io.tean.ingest.arrival.SpyingStep;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchStoreIT {
    private static final StreamCatalogue CATALOGUE = TestStreams.withProbe();
    private static final TestDatabase DATABASE = TestDatabase.fresh(CATALOGUE);
    private static final DataSource POOL = DATABASE.pool();

    private final Messages messages = new Messages(CATALOGUE);
    private final CountedOutcomes counts = new CountedOutcomes();
    private final SpyingStep step = new SpyingStep("spy", "elevator-event");
    private final SpyingStep other = new SpyingStep("other", "elevator-event");
    private final BatchStore store = new BatchStore(List.of(step, other), counts);
    private final Connection connection = open();

    @BeforeAll
    static void a_table_for_what_steps_write() {
        DATABASE.execute("CREATE TABLE step_work (sequence bigint PRIMARY KEY)");
        DATABASE.execute(
                "GRANT INSERT ON step_work TO " + DATABASE.settings().db().user());
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE elevator_event, test_probe, boiler_status, dead_letter, rejudge_mark, step_work");
        DATABASE.execute("ALTER TABLE elevator_event DROP CONSTRAINT IF EXISTS no_poison");
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void two_events_of_the_same_second_are_two_rows_and_the_same_twice_is_one() throws SQLException {
        store(messages.event(1, 1), messages.event(1, 2), messages.event(1, 1));
        assertThat(rows()).isEqualTo(2);
        assertThat(counts.duplicates()).isEqualTo(1);
        assertThat(counts.deadLetters()).isEmpty();
    }

    @Test
    void the_same_event_in_a_later_batch_is_a_duplicate_that_no_step_sees() throws SQLException {
        store(messages.event(1, 1));
        store(messages.event(1, 1), messages.event(1, 2));
        store(messages.event(1, 2));
        assertThat(rows()).isEqualTo(2);
        assertThat(counts.duplicates()).isEqualTo(2);
        assertThat(sequences(step.judged())).containsExactly(1L, 2L);
    }

    @Test
    void the_same_key_with_other_content_is_a_dead_letter_and_the_first_stays() throws SQLException {
        store(messages.event(1, 1, "first"));
        Arrival second = messages.event(1, 1, "second");
        store(second, messages.event(1, 2));
        assertThat(DATABASE.text("SELECT note FROM elevator_event WHERE sequence = 1"))
                .isEqualTo("first");
        assertThat(second.deadLetters()).extracting(DeadLetter::reason).containsExactly(CONFLICT);
        assertThat(keptPayload("conflict")).isEqualTo(Messages.eventJson(1, "second"));
        assertThat(sequences(step.judged())).containsExactly(1L, 2L);
    }

    @Test
    void of_two_conflicting_readings_in_one_batch_the_first_is_stored() throws SQLException {
        store(messages.event(1, 1, "first"), messages.event(1, 1, "second"));
        assertThat(DATABASE.text("SELECT note FROM elevator_event")).isEqualTo("first");
        assertThat(counts.deadLetters()).containsExactly(CONFLICT);
    }

    @Test
    void an_absent_value_and_a_present_one_are_other_content() throws SQLException {
        store(messages.message("test-probe", 1, probe("")));
        store(messages.message("test-probe", 1, probe("")));
        store(messages.message("test-probe", 1, probe(",\"tags\":[]")));
        assertThat(counts.duplicates()).isEqualTo(1);
        assertThat(counts.deadLetters()).containsExactly(CONFLICT);
    }

    @Test
    void every_type_of_value_arrives_in_its_column() throws SQLException {
        String more = ",\"flag\":true,\"level\":-0.1,\"note\":\"a\\tb\\n\\\\.\",\"tags\":[\"甲\",\"\",\"NULL\"]";
        store(messages.message("test-probe", 5, probe(more)));
        assertThat(
                        DATABASE.text(
                                "SELECT (equipment_id, time, kind, number, flag, level, tags, grade)::text || (note = E'a\\tb\\n\\\\.') FROM test_probe"))
                .isEqualTo("(5,\"2026-11-22 00:00:00+00\",a,1,t,-0.1,\"{甲,\"\"\"\",\"\"NULL\"\"}\",)true");
    }

    @Test
    void readings_of_several_streams_go_in_together() throws SQLException {
        store(
                messages.event(1, 1),
                messages.message("test-probe", 1, probe("")),
                messages.message("boiler-status", 2, "{\"time\":1795305600000,\"kind\":\"steam\"}"));
        assertThat(counts.stored()).isEqualTo(3);
        assertThat(step.judged()).hasSize(1);
    }

    @Test
    void the_rows_that_the_database_refuses_are_found_and_the_others_stored() throws SQLException {
        DATABASE.execute("ALTER TABLE elevator_event ADD CONSTRAINT no_poison CHECK (note <> 'poison')");
        List<Arrival> batch = new ArrayList<>(IntStream.rangeClosed(1, 40)
                .mapToObj(i -> messages.event(i % 3, i))
                .toList());
        Arrival poison = messages.event(1, 100, "poison");
        batch.add(17, poison);
        batch.add(messages.event(2, 101, "poison"));
        store.store(connection, batch, false);
        assertThat(rows()).isEqualTo(40);
        assertThat(poison.deadLetters()).extracting(DeadLetter::reason).containsExactly(REFUSED_BY_DATABASE);
        assertThat(counts.deadLetters()).containsExactly(REFUSED_BY_DATABASE, REFUSED_BY_DATABASE);
        assertThat(DATABASE.number("SELECT count(*) FROM dead_letter WHERE detail LIKE '%no_poison%'"))
                .isEqualTo(2);
        assertThat(step.judged())
                .filteredOn(r -> r.text("note").equals("poison"))
                .isEmpty();
        assertThat(step.remembered()).hasSize(40);
    }

    @Test
    void a_refused_row_among_duplicates_is_found_as_well() throws SQLException {
        store(messages.event(1, 1));
        DATABASE.execute("ALTER TABLE elevator_event ADD CONSTRAINT no_poison CHECK (note <> 'poison')");
        store(messages.event(1, 1), messages.event(1, 2, "poison"), messages.event(1, 3));
        assertThat(rows()).isEqualTo(2);
        assertThat(counts.duplicates()).isEqualTo(1);
        assertThat(counts.deadLetters()).containsExactly(REFUSED_BY_DATABASE);
    }

    @Test
    void dead_letters_wait_for_the_last_part_of_a_bisected_batch() throws SQLException {
        DATABASE.execute("ALTER TABLE elevator_event ADD CONSTRAINT no_poison CHECK (note <> 'poison')");
        step.does((transaction, inserted) -> {
            if (sequences(inserted).equals(List.of(2L))) {
                throw new SQLException("the server is going down", "57P01");
            }
        });
        Arrival bad = messages.message("elevator-event", 3, "{}");
        List<Arrival> batch = List.of(messages.event(1, 1, "poison"), messages.event(2, 2), bad);
        assertThatThrownBy(() -> store.store(connection, batch, false)).hasMessageContaining("going down");
        assertThat(DATABASE.number("SELECT count(*) FROM dead_letter WHERE reason = 'missing-time'"))
                .isZero();
    }

    @Test
    void a_dead_letter_that_comes_again_counts_up_and_takes_no_further_row() throws SQLException {
        String wrong = "{\"time\":1795305600000,\"code\":-1,\"sequence\":1}";
        store(messages.message("elevator-event", 1, wrong), messages.message("elevator-event", 1, wrong));
        store(messages.message("elevator-event", 1, wrong));
        store(messages.message("elevator-event", 2, wrong));
        assertThat(counts.deadLetters()).hasSize(4).containsOnly(OUT_OF_RANGE);
        assertThat(DATABASE.text("SELECT string_agg(times::text, ',' ORDER BY dead_letter_id) FROM dead_letter"))
                .isEqualTo("3,1");
    }

    @Test
    void dead_letters_are_in_the_transaction_of_the_readings() throws SQLException {
        step.does((transaction, inserted) -> {
            throw new SQLException("the server is going down", "57P01");
        });
        List<Arrival> batch = List.of(messages.event(1, 1), messages.message("elevator-event", 1, "{}"));
        assertThatThrownBy(() -> store.store(connection, batch, false)).hasMessageContaining("going down");
        assertThat(rows() + DATABASE.number("SELECT count(*) FROM dead_letter")).isZero();
        assertThat(step.remembered()).isEmpty();
        step.does((transaction, inserted) -> {});
        store.store(connection, batch, true);
        assertThat(rows() + DATABASE.number("SELECT count(*) FROM dead_letter")).isEqualTo(2);
    }

    @Test
    void what_a_step_writes_is_in_the_transaction_of_the_readings() throws SQLException {
        step.does(BatchStoreIT::note);
        other.does((transaction, inserted) -> {
            throw new SQLException("the server is going down", "57P01");
        });
        List<Arrival> batch = List.of(messages.event(1, 1));
        assertThatThrownBy(() -> store.store(connection, batch, false)).isInstanceOf(SQLException.class);
        assertThat(work()).isZero();
        other.does((transaction, inserted) -> {});
        store.store(connection, batch, true);
        assertThat(work()).isEqualTo(1);
    }

    @Test
    void after_an_unknown_outcome_a_step_is_told_to_forget_and_judges_nothing_twice() throws SQLException {
        List<Arrival> batch = List.of(messages.event(1, 1), messages.event(2, 2));
        store.store(connection, batch, false);
        store.store(connection, batch, true);
        assertThat(rows()).isEqualTo(2);
        assertThat(sequences(step.judged())).containsExactly(1L, 2L);
        assertThat(sequences(step.forgotten())).containsExactly(1L, 2L);
    }

    @Test
    void a_machines_readings_reach_a_step_in_the_order_in_which_they_came() throws SQLException {
        store(messages.event(9, 5), messages.event(1, 4), messages.event(9, 3), messages.event(1, 2));
        assertThat(sequences(step.judged())).containsExactly(4L, 2L, 5L, 3L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bug", "bad row", "no such table", "raised", "without a state", "cancelled"})
    void a_step_that_throws_leaves_a_mark_and_harms_neither_readings_nor_other_steps(String how) throws SQLException {
        step.does((transaction, inserted) -> {
            note(transaction, inserted);
            fail(transaction, how);
        });
        other.does(BatchStoreIT::note);
        store(messages.event(1, 1), messages.event(1, 2));
        assertThat(rows()).isEqualTo(2);
        assertThat(work()).isEqualTo(2);
        assertThat(marks()).isEqualTo(2);
        assertThat(counts.failedSteps()).containsExactly("spy");
        assertThat(step.remembered()).isEmpty();
        assertThat(other.remembered()).hasSize(2);
    }

    @Test
    void a_marked_reading_is_judged_later_with_exactly_its_values() throws SQLException {
        SpyingStep probing = new SpyingStep("probing", "test-probe");
        probing.does((transaction, inserted) -> fail(transaction, "bug"));
        BatchStore probed = new BatchStore(List.of(probing), counts);
        String more = ",\"level\":-0.1,\"note\":\"好\",\"tags\":[\"甲\",\"\"]";
        probed.store(connection, List.of(messages.message("test-probe", 7, probe(more))), false);
        probing.does((transaction, inserted) -> {});
        assertThat(new Rejudging(probed, CATALOGUE, 0, 1).workOff(connection, 10))
                .isFalse();
        assertThat(probing.remembered())
                .singleElement()
                .satisfies(reading -> assertThat(reading.tuple())
                        .isEqualTo(probing.judged().getFirst().tuple()));
        assertThat(marks()).isZero();
    }

    @Test
    void a_step_that_still_cannot_judge_is_asked_again_later_and_not_at_once() throws SQLException {
        step.does((transaction, inserted) -> fail(transaction, "bad row"));
        store(messages.event(1, 1));
        assertThat(rejudging(0, 1).workOff(connection, 10)).isFalse();
        assertThat(step.judged()).hasSize(2);
        assertThat(DATABASE.text("SELECT (attempts, next_try_at > clock_timestamp())::text FROM rejudge_mark"))
                .isEqualTo("(1,t)");
    }

    @Test
    void what_a_step_wrote_before_it_failed_to_rejudge_is_rolled_back() throws SQLException {
        step.does((transaction, inserted) -> {
            note(transaction, inserted);
            fail(transaction, "bug");
        });
        store(messages.event(1, 1));
        rejudging(0, 1).workOff(connection, 10);
        assertThat(work()).isZero();
        assertThat(marks()).isEqualTo(1);
    }

    @Test
    void a_lane_works_off_the_marks_of_its_own_machines_only() throws SQLException {
        step.does((transaction, inserted) -> fail(transaction, "bug"));
        store(messages.event(2, 1), messages.event(3, 2));
        step.does((transaction, inserted) -> {});
        rejudging(1, 2).workOff(connection, 10);
        assertThat(sequences(step.remembered())).containsExactly(2L);
        assertThat(DATABASE.number("SELECT equipment_id FROM rejudge_mark")).isEqualTo(2);
    }

    @Test
    void a_mark_whose_step_is_gone_waits_and_the_others_go_on() throws SQLException {
        step.does((transaction, inserted) -> fail(transaction, "bug"));
        store(messages.event(1, 1), messages.event(1, 2));
        DATABASE.execute("UPDATE rejudge_mark SET step = 'retired' WHERE key_values = '{2,1}'");
        step.does((transaction, inserted) -> {});
        rejudging(0, 1).workOff(connection, 10);
        assertThat(sequences(step.remembered())).containsExactly(2L);
        assertThat(DATABASE.text("SELECT step FROM rejudge_mark")).isEqualTo("retired");
    }

    @Test
    void a_replayed_dead_letter_has_done_its_duty_once_its_reading_is_stored() throws SQLException {
        store(messages.message("elevator-event", 1, "{}"));
        long id = DATABASE.number("SELECT dead_letter_id FROM dead_letter");
        Arrival replay = new Arrival(settled -> {}, "d1", "EQ-1", "elevator-event", new byte[0], 0, 0, id);
        messages.event(1, 1).rows().forEach(replay::add);
        store(replay);
        assertThat(rows()).isEqualTo(1);
        assertThat(DATABASE.text("SELECT state FROM dead_letter")).isEqualTo("replayed");
    }

    private static void note(Connection transaction, List<Reading> inserted) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            for (long sequence : sequences(inserted)) {
                statement.execute("INSERT INTO step_work VALUES (" + sequence + ")");
            }
        }
    }

    private static void fail(Connection transaction, String how) throws SQLException {
        Map<String, String> statements = Map.of(
                "bad row", "SELECT 1 / 0",
                "no such table", "SELECT FROM nowhere",
                "raised", "DO $$ BEGIN RAISE 'no'; END $$",
                "cancelled", "SELECT pg_cancel_backend(pg_backend_pid()), pg_sleep(5)");
        switch (how) {
            case "bug" -> throw new IllegalStateException("a bug");
            case "without a state" -> throw new SQLException("no state");
            default -> {
                try (Statement statement = transaction.createStatement()) {
                    statement.execute(statements.getOrDefault(how, ""));
                }
            }
        }
    }

    private static String probe(String more) {
        return "{\"time\":1795305600000,\"kind\":\"a\",\"number\":1" + more + "}";
    }

    private static List<Long> sequences(List<Reading> readings) {
        return readings.stream().map(reading -> reading.integer("sequence")).toList();
    }

    private static Connection open() {
        try {
            return POOL.getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Rejudging rejudging(int lane, int lanes) {
        return new Rejudging(store, CATALOGUE, lane, lanes);
    }

    private void store(Arrival... batch) throws SQLException {
        store.store(connection, List.of(batch), false);
    }

    private static long rows() {
        return DATABASE.number("SELECT count(*) FROM elevator_event");
    }

    private static long work() {
        return DATABASE.number("SELECT count(*) FROM step_work");
    }

    private static long marks() {
        return DATABASE.number("SELECT count(*) FROM rejudge_mark WHERE stream <> ''");
    }

    private static String keptPayload(String reason) {
        return DATABASE.text("SELECT convert_from(payload, 'UTF8') FROM dead_letter WHERE reason = '" + reason + "'");
    }
}
