package io.tean.alerting.entrapment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.reading.Reading;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.TupleEncoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EntrapmentStepIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();
    private static final StreamDeclaration EVENT =
            StreamCatalogue.builtIn().stream("elevator-event").orElseThrow();
    private static final int TRAPPED = 11;
    /** 2026-11-22T00:00:00Z */
    private static final long EIGHT_MICROS = 1_795_305_600_000_000L;

    private final EntrapmentStep step = new EntrapmentStep();
    private final TupleEncoder tuple = new TupleEncoder();

    @BeforeEach
    void empty() {
        DATABASE.execute("TRUNCATE alert, alert_finding, audit_entry, audit_unsealed, equipment CASCADE");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void only_events_of_elevators_concern_it() {
        assertThat(StreamCatalogue.builtIn().all())
                .filteredOn(step::wants)
                .extracting(StreamDeclaration::name)
                .containsExactly("elevator-event");
    }

    @Test
    void an_entrapment_opens_an_emergency_with_its_finding() throws SQLException {
        judge(trapped(1, 0, 7));
        assertThat(alerts()).isEqualTo("1 EMERGENCY open 1");
        assertThat(DATABASE.text("SELECT (equipment_id, stream, time, key_values, rule)::text FROM alert_finding"))
                .isEqualTo("(1,elevator-event,\"2026-11-22 00:00:00+00\",\"{11,7}\",entrapment)");
        assertThat(DATABASE.text("SELECT (first_seen = last_seen)::text FROM alert"))
                .isEqualTo("true");
    }

    @Test
    void a_further_entrapment_of_the_machine_is_counted_by_the_open_alert() throws SQLException {
        judge(trapped(1, 0, 1), trapped(1, 10, 2));
        judge(trapped(1, 20, 3));
        assertThat(alerts()).isEqualTo("1 EMERGENCY open 3");
        assertThat(DATABASE.number("SELECT count(DISTINCT alert_id) FROM alert_finding"))
                .isEqualTo(1);
    }

    @Test
    void an_alert_that_was_acknowledged_goes_on_counting() throws SQLException {
        judge(trapped(1, 0, 1));
        DATABASE.execute("UPDATE alert SET state = 'acknowledged'");
        judge(trapped(1, 10, 2));
        assertThat(alerts()).isEqualTo("1 EMERGENCY acknowledged 2");
    }

    @Test
    void after_a_closed_alert_the_next_entrapment_opens_a_new_one() throws SQLException {
        judge(trapped(1, 0, 1));
        DATABASE.execute("UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'x', cause = 'GENUINE'");
        judge(trapped(1, 10, 2));
        assertThat(alerts()).isEqualTo("1 EMERGENCY closed 1,1 EMERGENCY open 1");
    }

    @Test
    void every_machine_has_an_alert_of_its_own() throws SQLException {
        judge(trapped(1, 0, 1), trapped(2, 0, 1));
        assertThat(alerts()).isEqualTo("1 EMERGENCY open 1,2 EMERGENCY open 1");
    }

    @Test
    void an_older_event_that_comes_late_moves_the_beginning_and_not_the_end() throws SQLException {
        judge(trapped(1, 100, 2));
        judge(trapped(1, 40, 1));
        assertThat(DATABASE.text("SELECT (extract(epoch FROM last_seen - first_seen)::int)::text FROM alert"))
                .isEqualTo("60");
        assertThat(DATABASE.text("SELECT (first_seen AT TIME ZONE 'UTC')::text FROM alert"))
                .isEqualTo("2026-11-22 00:00:40");
    }

    @Test
    void other_codes_and_the_end_of_an_entrapment_call_nobody() throws SQLException {
        judge(event(1, 0, 1, 10, Optional.empty()), event(1, 0, 2, TRAPPED, Optional.of(true)));
        assertThat(alerts()).isEqualTo("none");
        judge(event(1, 0, 3, TRAPPED, Optional.of(false)));
        assertThat(alerts()).isEqualTo("1 EMERGENCY open 1");
    }

    @Test
    void nothing_is_left_of_it_when_the_transaction_is_rolled_back() throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            step.judge(connection, List.of(trapped(1, 0, 1))).run();
            connection.rollback();
        }
        assertThat(alerts()).isEqualTo("none");
        judge(trapped(1, 0, 1));
        assertThat(alerts()).isEqualTo("1 EMERGENCY open 1");
    }

    @Test
    void the_same_event_can_never_be_found_twice() throws SQLException {
        judge(trapped(1, 0, 1));
        assertThatThrownBy(() -> judge(trapped(1, 0, 1)))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
        assertThat(alerts()).isEqualTo("1 EMERGENCY open 1");
    }

    @Test
    void an_opened_alert_leaves_its_audit_entry_and_a_repeat_does_not() throws SQLException {
        judge(trapped(1, 0, 1), trapped(1, 5, 2), trapped(2, 0, 1));
        judge(trapped(1, 10, 3));
        String alert = "{\"equipment\":\"%d\",\"rule\":\"entrapment\",\"severity\":\"EMERGENCY\"}";
        assertThat(entries()).isEqualTo(alert.formatted(1) + "," + alert.formatted(2));
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry e JOIN alert a ON e.subject = a.alert_id::text"
                        + " WHERE (e.actor_kind, e.actor, e.action, e.subject_kind) = ('system', 'alerting', 'alert.open', 'alert')"
                        + " AND before IS NULL AND (after ->> 'equipment') = equipment_id::text"))
                .isEqualTo(2);
    }

    @Test
    void the_audit_entry_names_the_machine_by_its_code() throws SQLException {
        DATABASE.execute("INSERT INTO equipment (equipment_id, code, category, name) OVERRIDING SYSTEM VALUE"
                + " VALUES (1, '31103713022014080001', 'elevator', '一号梯')");
        judge(trapped(1, 0, 1));
        assertThat(entries()).contains("\"equipment\":\"31103713022014080001\"");
    }

    @Test
    void a_rolled_back_alert_leaves_no_audit_entry() throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            step.judge(connection, List.of(trapped(1, 0, 1))).run();
            connection.rollback();
        }
        assertThat(entries()).isEqualTo("none");
    }

    private static String entries() {
        return DATABASE.text(
                "SELECT coalesce(string_agg(after::text, ',' ORDER BY audit_id), 'none') FROM audit_entry");
    }

    private void judge(Reading... inserted) throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            Runnable adoption = step.judge(connection, List.of(inserted));
            connection.commit();
            adoption.run();
        }
    }

    private Reading trapped(int equipmentId, int second, long sequence) {
        return event(equipmentId, second, sequence, TRAPPED, Optional.empty());
    }

    private Reading event(int equipmentId, int second, long sequence, long code, Optional<Boolean> cleared) {
        tuple.clear();
        tuple.integer(EVENT.indexOf("code"), code);
        tuple.integer(EVENT.indexOf("sequence"), sequence);
        cleared.ifPresent(value -> tuple.bool(EVENT.indexOf("cleared"), value));
        tuple.text(EVENT.indexOf("note"), "困人".getBytes(UTF_8));
        return new Reading(EVENT, tuple.finish(EVENT, equipmentId, EIGHT_MICROS + second * 1_000_000L));
    }

    private static String alerts() {
        return DATABASE.text("SELECT coalesce(string_agg(concat_ws(' ', equipment_id, severity, state, findings), ','"
                + " ORDER BY alert_id), 'none') FROM alert");
    }
}
