package io.tean.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditSealer;
import io.tean.core.audit.AuditTrail;
import io.tean.core.store.TestDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditCommandIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();

    @BeforeEach
    void two_sealed_entries() throws SQLException {
        DATABASE.execute("TRUNCATE audit_entry, audit_unsealed, audit_seal RESTART IDENTITY");
        write("1", "两行\n\"引号\"");
        write("2", "\u001b[2J");
        try (AuditSealer sealer = AuditSealer.start(POOL, new SimpleMeterRegistry())) {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> DATABASE.number("SELECT count(*) FROM audit_seal") == 2
                            && sealer.health().well());
        }
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void an_intact_chain_is_one_line_with_the_head_to_note_down() throws Exception {
        write("3", "");
        String head = DATABASE.text("SELECT '2:' || encode(hash, 'hex') FROM audit_seal WHERE seal_no = 2");
        Ran ran = tean("audit", "verify");
        assertThat(ran.lines())
                .singleElement()
                .asString()
                .startsWith("intact: 2 entries sealed, 1 waiting, head " + head + " (note it down: ");
        assertThat(ran.exit()).isZero();
        assertThat(tean("audit", "verify", "--head", head).exit()).isZero();
    }

    @Test
    void a_broken_chain_is_one_line_that_names_the_row_and_exit_code_1() throws Exception {
        DATABASE.execute("UPDATE audit_entry SET actor = 'x' WHERE audit_id = 1");
        assertThat(tean("audit", "verify"))
                .isEqualTo(new Ran(1, List.of("broken: entry 1 was changed after it was sealed (seal 1)")));
    }

    @Test
    void a_tail_that_was_cut_is_found_by_the_head() throws Exception {
        String head = DATABASE.text("SELECT '2:' || encode(hash, 'hex') FROM audit_seal WHERE seal_no = 2");
        DATABASE.execute("DELETE FROM audit_entry WHERE audit_id = 2; DELETE FROM audit_seal WHERE seal_no = 2");
        assertThat(tean("audit", "verify", "--head", head))
                .isEqualTo(new Ran(
                        1, List.of("broken: seal 2, the head noted before, is gone: the chain ends with seal 1")));
    }

    @Test
    void a_head_that_is_none_is_wrong_usage() throws Exception {
        Ran ran = tean("audit", "verify", "--head", "17");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.lines().getFirst()).contains("--head", "'17' is no head", "NO:HASH");
    }

    @Test
    void the_list_is_csv_with_the_newest_first_and_no_control_character() throws Exception {
        Ran ran = tean("audit", "list");
        assertThat(ran.exit()).isZero();
        assertThat(ran.lines()).hasSize(4);
        assertThat(ran.lines().getFirst()).startsWith("id,at,actor_kind,actor,").endsWith(",reason,seal_no");
        assertThat(ran.lines().get(1))
                .startsWith("2,")
                .endsWith(",account,li.wei,10.0.0.7,device.disable,device,2,,\"{\"\"enabled\"\":true}\","
                        + "\"{\"\"enabled\"\":false}\",\uFFFD[2J,2");
        assertThat(ran.lines().get(2)).startsWith("1,").endsWith(",\"两行");
        assertThat(ran.lines().get(3)).isEqualTo("\"\"引号\"\"\",1");
        assertThat(tean("audit", "list", "--limit", "1").lines()).hasSize(2);
    }

    private static void write(String subject, String reason) throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            AuditTrail.write(
                    connection,
                    AuditEntry.of(
                                    Actor.account("li.wei", "10.0.0.7"),
                                    "device.disable",
                                    "device",
                                    subject,
                                    Map.of("enabled", true),
                                    Map.of("enabled", false))
                            .withReason(reason));
        }
    }

    private static Ran tean(String... arguments) throws IOException, InterruptedException {
        return Ran.tean(DATABASE, arguments);
    }
}
