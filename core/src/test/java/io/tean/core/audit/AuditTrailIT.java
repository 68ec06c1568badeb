package io.tean.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class AuditTrailIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();

    @BeforeEach
    void empty() {
        Entries.empty(DATABASE);
        DATABASE.execute("TRUNCATE equipment CASCADE");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void an_entry_is_committed_together_with_its_change() throws SQLException {
        change(true);
        assertThat(state()).isEqualTo("1 1 1");
    }

    @Test
    void an_entry_is_rolled_back_together_with_its_change() throws SQLException {
        change(false);
        assertThat(state()).isEqualTo("0 0 0");
    }

    @Test
    void an_entry_that_cannot_be_written_takes_its_change_along() throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection);
            DATABASE.execute("ALTER TABLE audit_entry ADD CONSTRAINT no_entry CHECK (subject <> 'poison')");
            assertThatThrownBy(() -> AuditTrail.write(connection, Entries.entry("poison")))
                    .isInstanceOf(SQLException.class);
            assertThatThrownBy(() -> insert(connection)).isInstanceOf(SQLException.class);
            connection.rollback();
        } finally {
            DATABASE.execute("ALTER TABLE audit_entry DROP CONSTRAINT IF EXISTS no_entry");
        }
        assertThat(state()).isEqualTo("0 0 0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_entry SET actor = 'nobody'",
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "ALTER TABLE audit_entry DISABLE TRIGGER ALL",
                "UPDATE audit_seal SET hash = sha256('x')",
                "DELETE FROM audit_seal",
                "TRUNCATE audit_seal",
                "INSERT INTO audit_unsealed VALUES (1)",
                "UPDATE audit_unsealed SET audit_id = 7",
                "TRUNCATE audit_unsealed"
            })
    void the_role_of_the_service_may_add_and_read_and_nothing_else(String sql) throws SQLException {
        Entries.write(POOL, Entries.entry("1"));
        try (Connection connection = POOL.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0",
                "a\0b",
                "\uD800",
                "a\uDC00b\uD800",
                "\uDE00\uD83D",
                "😀",
                "\"quoted\" \\ 'quoted' \\u0000",
                "one\r\ntwo\u2028three",
                "'); DROP TABLE audit_entry; --",
                "\u001b[2J\u0007\u0085",
                ""
            })
    void hostile_strings_survive(String text) throws SQLException {
        String half = text.replaceAll("\\p{Cs}", "\uFFFD");
        Entries.write(
                POOL,
                new AuditEntry(
                        new Actor(Actor.Kind.ACCOUNT, text, Optional.of(text)),
                        "account.rename",
                        "account",
                        text,
                        OptionalInt.empty(),
                        Map.of("name", text, "key " + text, List.of(text)),
                        Map.of("name", text),
                        Optional.of(text)));
        var written = AuditTrail.newest(POOL, 1).getFirst();
        assertThat(List.of(
                        written.actor(),
                        written.source().orElseThrow(),
                        written.subject(),
                        written.reason().orElseThrow()))
                .containsOnly(half.replace('\0', '\uFFFD'));
        assertThat(new JsonMapper().readValue(written.before().orElseThrow(), Object.class))
                .isEqualTo(Map.of("name", half, "key " + half, List.of(half)));
        assertThat(new JsonMapper().readValue(written.after().orElseThrow(), Object.class))
                .isEqualTo(Map.of("name", half));
    }

    @Test
    void the_newest_entries_are_listed_first_with_all_that_was_written() throws SQLException {
        Entries.write(POOL, Entries.entry("1"), Entries.entry("2"));
        DATABASE.execute("INSERT INTO organisation (credit_code, kind, name)"
                + " VALUES ('91310000000000000A', 'USE_UNIT', '物业') ON CONFLICT DO NOTHING");
        int organisation = (int) DATABASE.number("SELECT organisation_id FROM organisation");
        Entries.write(
                POOL,
                AuditEntry.of(Actor.system("alerting"), "alert.open", "alert", "3", Map.of(), Map.of("rule", "a"))
                        .withOrganisation(OptionalInt.of(organisation))
                        .withReason("因为"));
        DATABASE.execute("INSERT INTO audit_seal VALUES (9, 3, sha256('any'))");
        assertThat(AuditTrail.newest(POOL, 2))
                .extracting(AuditTrail.Listed::subject)
                .containsExactly("3", "2");
        assertThat(AuditTrail.newest(POOL, 1).getFirst())
                .usingRecursiveComparison()
                .ignoringFields("at")
                .isEqualTo(new AuditTrail.Listed(
                        3,
                        java.time.Instant.EPOCH,
                        "system",
                        "alerting",
                        Optional.empty(),
                        "alert.open",
                        "alert",
                        "3",
                        OptionalInt.of(organisation),
                        Optional.empty(),
                        Optional.of("{\"rule\":\"a\"}"),
                        Optional.of("因为"),
                        OptionalLong.of(9)));
    }

    private static void change(boolean commit) throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            insert(connection);
            AuditTrail.write(connection, Entries.entry("1"));
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    private static void insert(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO equipment (code, category, name) VALUES ('A', 'elevator', 'a')");
        }
    }

    private static String state() {
        return DATABASE.text(
                "SELECT concat_ws(' ', (SELECT count(*) FROM equipment), (SELECT count(*) FROM audit_entry),"
                        + " (SELECT count(*) FROM audit_unsealed))");
    }
}
