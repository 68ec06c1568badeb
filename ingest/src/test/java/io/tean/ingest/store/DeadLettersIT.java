package io.tean.ingest.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.audit.Actor;
import io.tean.core.reading.DeadLetterDecisions;
import io.tean.core.store.TestDatabase;
import io.tean.ingest.IngestException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();
    private static final Actor PERSON = Actor.account("li.wei", "10.0.0.7");

    private final DeadLetterDecisions letters = new DeadLetters(POOL);

    @BeforeEach
    void one_dead_letter() {
        DATABASE.execute("TRUNCATE dead_letter, audit_entry, audit_unsealed, device, device_binding, device_contact"
                + " RESTART IDENTITY CASCADE");
        DATABASE.execute("""
                INSERT INTO dead_letter (received_at, device_id, equipment_code, stream, reason, detail, payload, last_received)
                VALUES (now(), 'd1', 'EQ-1', 'elevator-event', 'not-json', '', '{', now())
                """);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_replay_leaves_its_entry() {
        assertThat(letters.replay(1, PERSON)).isTrue();
        assertThat(state()).isEqualTo("to-replay");
        assertThat(entries())
                .isEqualTo(
                        "account li.wei 10.0.0.7 dead-letter.replay dead-letter 1 {\"state\":\"kept\"} {\"state\":\"to-replay\"}");
    }

    @Test
    void a_discard_leaves_its_entry() {
        letters.replay(1, PERSON);
        assertThat(letters.discard(1, Actor.command())).isTrue();
        assertThat(state()).isEqualTo("discarded");
        assertThat(entries())
                .endsWith("dead-letter.discard dead-letter 1 {\"state\":\"to-replay\"} {\"state\":\"discarded\"}");
    }

    @Test
    void the_entry_belongs_to_the_organisation_that_runs_the_device() {
        DATABASE.execute("""
                INSERT INTO organisation (credit_code, kind, name) VALUES ('91310000000000000A', 'MAINTENANCE_FIRM', '维保');
                INSERT INTO device (device_id, token_hash, organisation_id) SELECT 'd1', 'x', organisation_id FROM organisation
                """);
        letters.discard(1, PERSON);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry JOIN organisation USING (organisation_id)"))
                .isEqualTo(1);
    }

    @Test
    void what_is_not_kept_any_more_is_not_decided_about_and_leaves_no_entry() {
        DATABASE.execute("UPDATE dead_letter SET state = 'replayed'");
        assertThat(letters.replay(1, PERSON)).isFalse();
        assertThat(letters.discard(1, PERSON)).isFalse();
        assertThat(letters.discard(99, PERSON)).isFalse();
        assertThat(entries()).isEqualTo("none");
    }

    @Test
    void asking_twice_for_a_replay_is_one_change() {
        assertThat(letters.replay(1, PERSON)).isTrue();
        assertThat(letters.replay(1, PERSON)).isTrue();
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isEqualTo(1);
    }

    @Test
    void of_people_who_decide_at_the_same_time_one_decides() throws Exception {
        Callable<Boolean> discard = () -> letters.discard(1, PERSON);
        try (var threads = Executors.newFixedThreadPool(4)) {
            int decided = 0;
            for (Future<Boolean> answer : threads.invokeAll(List.of(discard, discard, discard, discard))) {
                decided += answer.get() ? 1 : 0;
            }
            assertThat(decided).isEqualTo(1);
        }
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isEqualTo(1);
    }

    @Test
    void a_decision_whose_entry_cannot_be_written_is_not_taken() {
        DATABASE.execute("ALTER TABLE audit_entry ADD CONSTRAINT no_entry CHECK (actor <> 'poison')");
        try {
            assertThatThrownBy(() -> letters.discard(1, Actor.account("poison", "")))
                    .isInstanceOf(IngestException.class)
                    .hasMessageContaining("dead letter 1");
        } finally {
            DATABASE.execute("ALTER TABLE audit_entry DROP CONSTRAINT no_entry");
        }
        assertThat(state()).isEqualTo("kept");
    }

    private static String state() {
        return DATABASE.text("SELECT state FROM dead_letter");
    }

    private static String entries() {
        return DATABASE.text(
                "SELECT coalesce(string_agg(concat_ws(' ', actor_kind, actor, source, action, subject_kind,"
                        + " subject, before, after), ',' ORDER BY audit_id), 'none') FROM audit_entry");
    }
}
