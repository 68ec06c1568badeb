package io.tean.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.audit.AuditChain.Finding;
import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The owner may do everything; nothing that it does goes unseen. */
class AuditChainIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();
    private static final String FURTHER_ENTRY =
            "INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject) VALUES ('system', 'x', 'x.y', 'x', '7');";

    private final AuditSealer sealer = new AuditSealer(POOL, new SimpleMeterRegistry(), System::nanoTime);

    @BeforeEach
    void six_sealed_entries() throws SQLException {
        Entries.empty(DATABASE);
        Entries.write(
                POOL,
                IntStream.rangeClosed(1, 6)
                        .mapToObj(n -> Entries.entry(Integer.toString(n)))
                        .toArray(AuditEntry[]::new));
        sealer.round();
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_nobody_touched_is_intact() throws SQLException {
        Entries.write(POOL, Entries.entry("7"));
        assertThat(verify()).isEqualTo(new Finding.Intact(6, 1, head()));
        assertThat(head().sealNo()).isEqualTo(6);
    }

    @Test
    void the_chain_of_no_entry_is_intact() {
        Entries.empty(DATABASE);
        assertThat(verify()).isEqualTo(new Finding.Intact(0, 0, Head.START));
        assertThat(AuditChain.verify(POOL, Optional.of(Head.START))).isInstanceOf(Finding.Intact.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            UPDATE audit_entry SET actor = 'x' WHERE audit_id = 3     | 3 | 3 | entry 3 was changed after it was sealed (seal 3)
            UPDATE audit_entry SET actor = 'x' WHERE audit_id = 6     | 6 | 6 | entry 6 was changed after it was sealed, or seal 6 is forged
            UPDATE audit_entry SET actor = 'x' WHERE audit_id > 3     | 4 | 4 | entry 4 was changed after it was sealed, or seal 4 is forged
            DELETE FROM audit_entry WHERE audit_id = 3                | 3 | 3 | entry 3 is gone (seal 3 covers it)
            DELETE FROM audit_entry WHERE audit_id = 6                | 6 | 6 | entry 6 is gone (seal 6 covers it)
            TRUNCATE audit_entry                                      | 1 | 1 | entry 1 is gone (seal 1 covers it)
            DELETE FROM audit_seal WHERE seal_no = 3                  | 3 |   | seal 3 is missing
            DELETE FROM audit_seal WHERE seal_no = 1                  | 1 |   | seal 1 is missing
            DELETE FROM audit_seal WHERE seal_no > 4                  |   | 5 | entry 5 has no seal and does not wait for one
            TRUNCATE audit_seal                                       |   | 1 | entry 1 has no seal and does not wait for one
            UPDATE audit_seal SET hash = sha256('x') WHERE seal_no = 3 | 3 | 3 | seal 3 was changed; entry 3 is as it was sealed
            UPDATE audit_seal SET seal_no = 9 WHERE seal_no = 6       | 6 |   | seal 6 is missing
            INSERT INTO audit_unsealed VALUES (6)                     | 6 | 6 | entry 6 waits for a seal and has one already: seal 6 is forged
            INSERT INTO audit_unsealed VALUES (99)                    |   | 99 | entry 99 is gone (it waited for its seal)
            """)
    void what_the_owner_does_to_sealed_entries_is_named(
            String sql, @Nullable Long sealNo, @Nullable Long auditId, String what) {
        DATABASE.execute(sql);
        assertBroken(sealNo, auditId, what);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            DELETE FROM audit_unsealed                               |   | 7 | entry 7 has no seal and does not wait for one
            DELETE FROM audit_entry WHERE audit_id = 7               |   | 7 | entry 7 is gone (it waited for its seal)
            INSERT INTO audit_seal VALUES (8, 7, sha256('x'))        | 7 |   | seal 7 is missing
            INSERT INTO audit_seal VALUES (7, 7, sha256('x'))        | 7 | 7 | entry 7 was changed after it was sealed, or seal 7 is forged
            INSERT INTO audit_seal VALUES (7, 99, sha256('x'))       | 7 | 99 | entry 99 is gone (seal 7 covers it)
            """)
    void what_the_owner_does_to_a_waiting_entry_is_named(
            String sql, @Nullable Long sealNo, @Nullable Long auditId, String what) {
        DATABASE.execute(FURTHER_ENTRY + sql);
        assertBroken(sealNo, auditId, what);
    }

    @Test
    void a_forged_seal_in_the_middle_is_named() {
        DATABASE.execute(FURTHER_ENTRY + """
                DELETE FROM audit_unsealed;
                UPDATE audit_seal SET seal_no = seal_no + 100 WHERE seal_no > 3;
                UPDATE audit_seal SET seal_no = seal_no - 99 WHERE seal_no > 100;
                INSERT INTO audit_seal VALUES (4, 7, sha256('x'))
                """);
        assertBroken(4L, 7L, "entry 7 was changed after it was sealed, or seal 4 is forged");
    }

    @Test
    void a_seal_below_the_first_hides_no_entry() {
        DATABASE.execute("ALTER TABLE audit_seal DROP CONSTRAINT IF EXISTS audit_seal_seal_no_check");
        DATABASE.execute(
                FURTHER_ENTRY + "DELETE FROM audit_unsealed; INSERT INTO audit_seal VALUES (0, 7, sha256('x'))");
        assertBroken(0L, 7L, "seal 0 does not belong to the chain");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            at              | at + interval '1 microsecond'
            actor_kind      | 'token'
            actor           | concat(actor, ' ')
            source          | NULL
            action          | ''
            subject_kind    | 'device'
            subject         | concat(subject, E'\\n')
            organisation_id | 1
            before          | concat(' ', before)::json
            after           | NULL
            reason          | ''
            """)
    void no_column_can_be_changed_unseen(String column, String value) {
        DATABASE.execute("UPDATE audit_entry SET " + column + " = " + value + " WHERE audit_id = 2");
        assertBroken(2L, 2L, "entry 2 was changed after it was sealed (seal 2)");
    }

    @Test
    void a_new_column_needs_a_place_in_the_digest() {
        assertThat(DATABASE.text("SELECT string_agg(column_name, ' ' ORDER BY ordinal_position)"
                        + " FROM information_schema.columns WHERE table_name = 'audit_entry'"))
                .as("EntryDigest.COLUMNS and no_column_can_be_changed_unseen")
                .isEqualTo(
                        "audit_id at actor_kind actor source action subject_kind subject organisation_id before after reason");
    }

    @Test
    void characters_that_move_from_one_column_to_the_next_are_seen() {
        DATABASE.execute(
                "UPDATE audit_entry SET action = 'account.renam', subject_kind = 'eaccount' WHERE audit_id = 2");
        assertBroken(2L, 2L, "entry 2 was changed after it was sealed (seal 2)");
    }

    @Test
    void a_head_that_was_noted_stays_part_of_a_chain_that_grows() throws SQLException {
        Head noted = head();
        Entries.write(POOL, Entries.entry("7"));
        sealer.round();
        assertThat(AuditChain.verify(POOL, Optional.of(noted))).isEqualTo(new Finding.Intact(7, 0, head()));
    }

    @Test
    void a_tail_that_was_cut_off_is_found_by_the_head_that_was_noted_and_only_by_it() {
        Head noted = head();
        DATABASE.execute("DELETE FROM audit_entry WHERE audit_id > 4; DELETE FROM audit_seal WHERE seal_no > 4");
        assertThat(verify()).isInstanceOf(Finding.Intact.class);
        assertThat(AuditChain.verify(POOL, Optional.of(noted)))
                .isEqualTo(new Finding.Broken(
                        OptionalLong.of(6),
                        OptionalLong.empty(),
                        "seal 6, the head noted before, is gone: the chain ends with seal 4"));
    }

    @Test
    void a_chain_that_was_written_anew_is_found_by_the_head_that_was_noted() {
        Head noted = head();
        DATABASE.execute("UPDATE audit_entry SET actor = 'somebody.else' WHERE audit_id = 5; DELETE FROM audit_seal;"
                + " INSERT INTO audit_unsealed SELECT audit_id FROM audit_entry");
        sealer.round();
        assertThat(verify()).isInstanceOf(Finding.Intact.class);
        assertThat(AuditChain.verify(POOL, Optional.of(noted))).isInstanceOfSatisfying(Finding.Broken.class, broken -> {
            assertThat(broken.sealNo()).hasValue(6);
            assertThat(broken.what()).startsWith("seal 6 is not the head noted before");
        });
    }

    @Test
    void the_head_that_was_noted_clears_the_last_seal_of_suspicion() {
        Head noted = head();
        DATABASE.execute("UPDATE audit_entry SET actor = 'x' WHERE audit_id = 6");
        assertThat(AuditChain.verify(POOL, Optional.of(noted)))
                .isEqualTo(new Finding.Broken(
                        OptionalLong.of(6), OptionalLong.of(6), "entry 6 was changed after it was sealed (seal 6)"));
    }

    @Test
    void a_long_chain_is_read_page_by_page_to_its_end() {
        Entries.writeMany(DATABASE, 5_995);
        while (sealer.round()) {}
        assertThat(verify()).isEqualTo(new Finding.Intact(6_001, 0, head()));
        DATABASE.execute("DELETE FROM audit_seal WHERE seal_no = 6001");
        assertBroken(null, 6_001L, "entry 6001 has no seal and does not wait for one");
        // The last seal of a page is judged by the first one of the next.
        DATABASE.execute("UPDATE audit_entry SET actor = 'x' WHERE audit_id = 5000");
        assertBroken(5_000L, 5_000L, "entry 5000 was changed after it was sealed (seal 5000)");
    }

    @Test
    void the_connection_is_given_back_as_it_came() throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            assertThat(AuditChain.verify(connection, Optional.empty())).isInstanceOf(Finding.Intact.class);
            assertThat(connection.getAutoCommit()).isTrue();
            AuditTrail.writeAll(connection, List.of(Entries.entry("7")));
        }
        assertThat(verify()).isEqualTo(new Finding.Intact(6, 1, head()));
    }

    private static Finding verify() {
        return AuditChain.verify(POOL, Optional.empty());
    }

    private static Head head() {
        return Head.parse(DATABASE.text(
                "SELECT seal_no || ':' || encode(hash, 'hex') FROM audit_seal ORDER BY seal_no DESC LIMIT 1"));
    }

    private static void assertBroken(@Nullable Long sealNo, @Nullable Long auditId, String what) {
        assertThat(verify()).isEqualTo(new Finding.Broken(optional(sealNo), optional(auditId), what));
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
