package io.tean.alerting.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.TestRules;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SweepJobIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();
    private static final Rule RULE = rule("sweep-test", """
            SELECT subject, equipment_id, NULL::integer AS organisation_id, division_code, since, facts
            FROM listed WHERE NOT facts ? 'hidden' -- a question mark and a remark at the end""");

    private final SweepJob job = new SweepJob(POOL, RULE);

    private static Rule rule(String name, String sql) {
        return TestRules.catalogue(TestRules.sweep(name, "WARNING", "10m", sql))
                .rule(name)
                .orElseThrow();
    }

    @BeforeAll
    static void listable() {
        DATABASE.execute("""
                CREATE TABLE listed (subject text, equipment_id integer, division_code text DEFAULT '330106', since timestamptz, facts jsonb);
                GRANT SELECT ON listed TO public
                """);
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("""
                TRUNCATE listed, alert, alert_finding, notice, audit_entry, audit_unsealed, equipment, duty, simulated_clock CASCADE;
                INSERT INTO equipment (equipment_id, code, category, name) OVERRIDING SYSTEM VALUE
                SELECT n, 'E-' || n, 'elevator', 'x' FROM generate_series(1, 3) n;
                INSERT INTO simulated_clock (at) VALUES ('2026-11-22 10:00+08')
                """);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_is_listed_opens_one_alert_with_its_audit_entry_and_its_notice() throws SQLException {
        list(1, "{\"due_on\": \"2026-11-20\"}");
        assertThat(job.run()).isEqualTo(new Swept(1, 0, 0, 0));
        assertThat(alerts()).isEqualTo("1 open 1x 1 finding {\"due_on\": \"2026-11-20\"}");
        assertThat(DATABASE.text("SELECT (first_seen, last_seen, late, division_code, subject_kind)::text FROM alert"))
                .isEqualTo("(\"2026-11-20 00:00:00+00\",\"2026-11-22 02:00:00+00\",f,330106,MACHINE)");
        assertThat(trail()).isEqualTo("alert.open");
        assertThat(told()).isEqualTo("OPENED");
    }

    @Test
    void a_second_look_at_the_same_leaves_no_trace() throws SQLException {
        list(1, "{\"weight\": 1.10, \"deep\": [1, {\"a\": null}]}");
        job.run();
        String before = DATABASE.text("SELECT a::text || a.xmin::text FROM alert a");
        passes("1 hour");
        assertThat(job.run()).isEqualTo(Swept.NOTHING);
        assertThat(DATABASE.text("SELECT a::text || a.xmin::text FROM alert a")).isEqualTo(before);
        assertThat(trail()).isEqualTo("alert.open");
    }

    @Test
    void other_facts_are_kept_and_nobody_is_told() throws SQLException {
        list(1, "{\"days\": 1}");
        job.run();
        DATABASE.execute("UPDATE listed SET facts = '{\"days\": 2}'");
        assertThat(job.run()).isEqualTo(new Swept(0, 0, 1, 0));
        assertThat(alerts()).isEqualTo("1 open 1x 1 finding {\"days\": 2}");
        assertThat(DATABASE.text("SELECT opened_with::text FROM alert")).isEqualTo("{\"days\": 1}");
        assertThat(told()).isEqualTo("OPENED");
    }

    @Test
    void what_is_listed_no_more_is_cleared_at_the_time_of_the_look() throws SQLException {
        list(1, "{}");
        list(2, "{}");
        job.run();
        DATABASE.execute("DELETE FROM listed WHERE subject = '1'");
        passes("10 minutes");
        assertThat(job.run()).isEqualTo(new Swept(0, 0, 0, 1));
        assertThat(
                        DATABASE.text(
                                "SELECT string_agg(subject || ' ' || coalesce(cleared_at::text, '-'), ', ' ORDER BY subject) FROM alert"))
                .isEqualTo("1 2026-11-22 02:10:00+00, 2 -");
        assertThat(job.run()).isEqualTo(Swept.NOTHING);
    }

    @Test
    void what_is_listed_again_comes_back_and_is_told_again() throws SQLException {
        list(1, "{}");
        job.run();
        DATABASE.execute("UPDATE alert SET state = 'acknowledged', acknowledged_by = 'li', acknowledged_at = now()");
        DATABASE.execute("UPDATE listed SET facts = '{\"hidden\": true}'");
        passes("10 minutes");
        job.run();
        DATABASE.execute("UPDATE listed SET facts = '{}'");
        passes("10 minutes");
        assertThat(job.run()).isEqualTo(new Swept(0, 1, 0, 0));
        assertThat(alerts()).isEqualTo("1 open 2x 2 finding {}");
        assertThat(trail()).isEqualTo("alert.open, alert.clear, alert.reactivate");
        assertThat(told()).isEqualTo("OPENED, CLEARED, REACTIVATED");
    }

    @Test
    void after_a_closed_alert_what_is_still_listed_opens_a_new_one_and_is_told() throws SQLException {
        list(1, "{}");
        job.run();
        DATABASE.execute("UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'li', cause = 'GENUINE'");
        passes("10 minutes");
        assertThat(job.run()).isEqualTo(new Swept(1, 0, 0, 0));
        assertThat(told()).isEqualTo("OPENED, OPENED");
    }

    @Test
    void a_subject_listed_twice_has_one_alert_since_the_earlier_moment() throws SQLException {
        list(1, "{}");
        DATABASE.execute(
                "INSERT INTO listed VALUES ('1', 1, '', '2026-11-01 00:00Z', '{}'), (NULL, 1, '', NULL, '{}')");
        assertThat(job.run()).isEqualTo(new Swept(1, 0, 0, 0));
        assertThat(DATABASE.text("SELECT first_seen::text FROM alert")).isEqualTo("2026-11-01 00:00:00+00");
    }

    @Test
    void without_a_moment_it_is_since_now_and_never_since_the_future() throws SQLException {
        DATABASE.execute("""
                INSERT INTO listed (subject, equipment_id, since, facts) VALUES ('1', 1, NULL, '{}'), ('2', 2, 'infinity', '{}'), ('3', 3, '-infinity', '{}')
                """);
        job.run();
        assertThat(DATABASE.text("SELECT string_agg(first_seen::text, ', ' ORDER BY subject) FROM alert"))
                .isEqualTo("2026-11-22 02:00:00+00, 2026-11-22 02:00:00+00, 1970-01-01 00:00:00+00");
    }

    @Test
    void tens_of_thousands_open_once_and_clear_once() throws SQLException {
        DATABASE.execute("""
                INSERT INTO equipment (equipment_id, code, category, name) OVERRIDING SYSTEM VALUE
                SELECT n, 'E-' || n, 'elevator', 'x' FROM generate_series(4, 20000) n;
                INSERT INTO listed SELECT n::text, n, '', '2026-11-20 00:00Z', jsonb_build_object('n', n) FROM generate_series(1, 20000) n
                """);
        assertThat(job.run()).isEqualTo(new Swept(20_000, 0, 0, 0));
        assertThat(job.run()).isEqualTo(Swept.NOTHING);
        DATABASE.execute(
                "DELETE FROM listed WHERE equipment_id > 10500; UPDATE listed SET facts = '{}' WHERE equipment_id <= 1500");
        assertThat(job.run()).isEqualTo(new Swept(0, 0, 1_500, 9_500));
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isEqualTo(29_500);
    }

    @Test
    void a_due_moment_that_passed_while_nobody_ran_is_found_at_the_next_look() throws SQLException {
        Rule overdue = RuleCatalogue.builtIn(StreamCatalogue.builtIn())
                .rule("maintenance-overdue")
                .orElseThrow();
        DATABASE.execute("""
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category)
                VALUES (1, 'MAINTENANCE', '2026-11-08', '2026-11-23', 'x', 'elevator')
                """);
        assertThat(new SweepJob(POOL, overdue).run()).isEqualTo(Swept.NOTHING);
        passes("9 days");
        assertThat(new SweepJob(POOL, overdue).run()).isEqualTo(new Swept(1, 0, 0, 0));
        assertThat(DATABASE.text("SELECT first_seen::text FROM alert")).isEqualTo("2026-11-23 16:00:00+00");
    }

    @Test
    void services_that_look_at_once_have_one_effect() throws Exception {
        for (int n = 1; n <= 3; n++) {
            list(n, "{}");
        }
        Callable<Swept> look = () -> new SweepJob(POOL, RULE).run();
        try (var threads = Executors.newFixedThreadPool(4)) {
            Swept all = Swept.NOTHING;
            for (Future<Swept> swept : threads.invokeAll(List.of(look, look, look, look, look, look, look, look))) {
                all = all.and(swept.get());
            }
            assertThat(all).isEqualTo(new Swept(3, 0, 0, 0));
        }
        assertThat(trail()).isEqualTo("alert.open, alert.open, alert.open");
        assertThat(DATABASE.number("SELECT max(findings) FROM alert")).isEqualTo(1);
    }

    @Test
    void while_another_service_looks_nothing_is_done() throws SQLException {
        list(1, "{}");
        try (Connection other = POOL.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(hashtextextended('tean sweep sweep-test', 0))");
            assertThat(job.run()).isEqualTo(Swept.NOTHING);
            other.rollback();
        }
        assertThat(job.run()).isEqualTo(new Swept(1, 0, 0, 0));
    }

    @Test
    void a_query_that_fails_half_way_changes_nothing() {
        DATABASE.execute("INSERT INTO listed (subject, equipment_id, facts) VALUES ('1', 1, '{}'), ('none', 2, '{}')");
        assertThatThrownBy(job::run).isInstanceOf(SQLException.class).hasMessageContaining("alert");
        assertThat(DATABASE.number("SELECT count(*) FROM alert")).isZero();
    }

    @Test
    void a_query_that_is_no_query_says_what_is_wrong_with_it() {
        assertThatThrownBy(() -> new SweepJob(POOL, rule("sweep-bad", "SELECT nonsense FROM listed;")).run())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("column \"nonsense\" does not exist");
    }

    private static void list(int equipment, String facts) {
        DATABASE.execute(
                "INSERT INTO listed (subject, equipment_id, since, facts) VALUES ('%d', %d, '2026-11-20 00:00Z', '%s')"
                        .formatted(equipment, equipment, facts));
    }

    private static void passes(String interval) {
        DATABASE.execute("UPDATE simulated_clock SET at = at + interval '" + interval + "'");
    }

    private static String alerts() {
        return DATABASE.text("""
                SELECT string_agg(format('%s %s %sx %s finding %s', subject, state, activations, findings, latest_with), ', ' ORDER BY alert_id)
                FROM alert
                """);
    }

    private static String trail() {
        return DATABASE.text("SELECT string_agg(action, ', ' ORDER BY audit_id) FROM audit_entry");
    }

    private static String told() {
        return DATABASE.text("SELECT string_agg(occasion, ', ' ORDER BY queued_at) FROM notice");
    }
}
