package io.tean.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.alerting.notice.Routes;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.TestRules;
import io.tean.core.store.Database;
import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two services are two pools and two schedulers on one database. */
class JobsIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Jobs.Pace FAST =
            new Jobs.Pace(Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(100));
    private static final RuleCatalogue RULES = TestRules.catalogue(
            TestRules.sweep("sweep-one", "WARNING", "10s", "SELECT * FROM listed"),
            TestRules.sweep("sweep-two", "NOTICE", "1d", "SELECT * FROM listed"));

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<AutoCloseable> open = new ArrayList<>();

    @BeforeAll
    static void listable() {
        DATABASE.execute("""
                CREATE TABLE listed AS
                    SELECT ''::text AS subject, 1 AS equipment_id, 1 AS organisation_id, ''::text AS division_code, now() AS since, '{}'::jsonb AS facts
                    LIMIT 0;
                GRANT SELECT ON listed TO public
                """);
    }

    @BeforeEach
    void empty() {
        DATABASE.execute("""
                TRUNCATE listed, alert, alert_finding, notice, silence, audit_entry, audit_unsealed, equipment, scheduled_tasks, service_beat CASCADE;
                INSERT INTO equipment (equipment_id, code, category, name) OVERRIDING SYSTEM VALUE
                SELECT n, 'E-' || n, 'elevator', 'x' FROM generate_series(1, 50) n;
                INSERT INTO listed SELECT n::text, n, NULL, '', now(), '{}' FROM generate_series(1, 50) n
                """);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void two_services_give_each_look_one_effect() throws Exception {
        start(pool(), RULES);
        start(pool(), RULES);
        until(() -> alerts() == 100);
        runAgain("sweep-one", "sweep-two");
        runAgain("sweep-one", "sweep-two");
        assertThat(alerts()).isEqualTo(100);
        assertThat(
                        DATABASE.number(
                                "SELECT count(*) FROM audit_entry WHERE action = 'alert.open' AND after->>'rule' LIKE 'sweep-%'"))
                .isEqualTo(100);
        assertThat(DATABASE.number("SELECT max(findings) FROM alert")).isEqualTo(1);
        assertThat(meters.counter("tean.alert.opened", "severity", "WARNING").count())
                .isEqualTo(50);
    }

    @Test
    void when_a_service_dies_in_the_middle_of_a_look_the_other_takes_it_over() throws Exception {
        HikariDataSource dying = pool();
        try (Connection obstacle = DATABASE.owner();
                Statement statement = obstacle.createStatement()) {
            obstacle.setAutoCommit(false);
            statement.execute("LOCK TABLE listed IN ACCESS EXCLUSIVE MODE");
            Jobs first = start(dying, RULES);
            until(() -> DATABASE.number(
                            "SELECT count(*) FROM scheduled_tasks WHERE task_name LIKE 'sweep-sweep-%' AND picked")
                    == 2);
            dying.close();
            first.close();
            obstacle.rollback();
        }
        assertThat(alerts()).isZero();
        start(pool(), RULES);
        until(() -> alerts() == 100);
        assertThat(DATABASE.number("SELECT max(findings) FROM alert")).isEqualTo(1);
    }

    @Test
    void the_other_service_goes_on_when_one_is_stopped() throws Exception {
        Jobs first = start(pool(), RULES);
        start(pool(), RULES);
        until(() -> alerts() == 100);
        first.close();
        DATABASE.execute("DELETE FROM listed");
        runAgain("sweep-one", "sweep-two");
        until(() -> DATABASE.number("SELECT count(*) FROM alert WHERE cleared_at IS NULL") == 0);
        runAgain("alert-expiry");
        assertThat(DATABASE.number("SELECT count(*) FROM alert WHERE state = 'closed'"))
                .isEqualTo(100);
    }

    @Test
    void a_rule_that_fails_is_named_and_the_others_go_on() throws Exception {
        Jobs jobs = start(
                pool(),
                TestRules.catalogue(
                        TestRules.sweep("sweep-bad", "WARNING", "10s", "SELECT nonsense"),
                        TestRules.sweep("sweep-one", "WARNING", "10s", "SELECT * FROM listed")));
        until(() -> alerts() == 50);
        until(() -> !jobs.health().well());
        assertThat(jobs.health().detail())
                .contains("rule sweep-bad failed")
                .contains("column \"nonsense\" does not exist")
                .doesNotContain("sweep-one");
        assertThat(meters.counter("tean.job.failed", "job", "sweep-sweep-bad").count())
                .isPositive();
    }

    @Test
    void a_job_that_does_not_run_for_three_times_its_interval_makes_it_unwell() throws Exception {
        Jobs jobs = start(pool(), RULES);
        until(() -> alerts() == 100);
        until(() -> jobs.health().detail().endsWith("jobs run in time"));
        DATABASE.execute(
                "UPDATE scheduled_tasks SET execution_time = clock_timestamp() - interval '2 days 1 minute', picked = true, "
                        + "last_heartbeat = clock_timestamp() + interval '1 day' WHERE task_name = 'sweep-sweep-two'");
        until(() -> !jobs.health().well());
        assertThat(jobs.health().detail())
                .matches("rule sweep-two did not run for 2592\\d\\d s, but should every 86400 s");
        assertThat(meters.get("tean.job.lag").gauge().value()).isGreaterThan(172_000);
    }

    @Test
    void the_job_of_a_rule_that_is_gone_is_forgotten() throws Exception {
        start(pool(), RULES).close();
        start(pool(), TestRules.catalogue(TestRules.sweep("sweep-one", "WARNING", "10s", "SELECT * FROM listed")));
        assertThat(
                        DATABASE.text(
                                "SELECT string_agg(task_name, ' ' ORDER BY task_name) FROM scheduled_tasks WHERE task_name ~ 'sweep-sweep|^a|^si'"))
                .isEqualTo("alert-expiry site-muting sweep-sweep-one");
    }

    @Test
    void a_rule_that_is_asked_more_often_than_before_does_not_wait_for_its_old_time() throws Exception {
        start(pool(), RULES).close();
        until(() -> DATABASE.number("SELECT count(*) FROM scheduled_tasks WHERE picked") == 0);
        DATABASE.execute("UPDATE scheduled_tasks SET execution_time = clock_timestamp() + interval '20 hours'");
        start(pool(), TestRules.catalogue(TestRules.sweep("sweep-two", "NOTICE", "10s", "SELECT * FROM listed")));
        assertThat(
                        DATABASE.number(
                                "SELECT count(*) FROM scheduled_tasks WHERE execution_time > clock_timestamp() + interval '1 hour' AND task_name = 'sweep-sweep-two'"))
                .isZero();
    }

    @Test
    void every_service_says_that_it_is_there_and_counts_the_silences() throws Exception {
        DATABASE.execute("""
                INSERT INTO silence (equipment_id, reason, from_at, until_at, added_by) VALUES
                    (1, 'x', now(), now() + interval '1 hour', 'li'), (2, 'x', now() - interval '2 hours', now() - interval '1 hour', 'li')
                """);
        start(pool(), RULES);
        until(() -> DATABASE.number("SELECT count(*) FROM service_beat WHERE last_at > up_since") == 1);
        until(() -> meters.get("tean.alert.silences").gauge().value() == 1);
    }

    @Test
    void once_runs_every_job_here_and_now() {
        Jobs.once(DATABASE.pool(), RULES, Routes.builtIn(), meters);
        assertThat(alerts()).isEqualTo(100);
        assertThat(DATABASE.number("SELECT count(*) FROM scheduled_tasks")).isZero();
    }

    private HikariDataSource pool() {
        HikariDataSource pool = new Database(DATABASE.settings().db()).pool("jobs", Jobs.CONNECTIONS);
        open.add(pool);
        return pool;
    }

    private Jobs start(HikariDataSource pool, RuleCatalogue rules) {
        Jobs jobs = Jobs.start(pool, rules, Routes.builtIn(), meters, FAST);
        open.add(jobs);
        return jobs;
    }

    private static long alerts() {
        return DATABASE.number("SELECT count(*) FROM alert WHERE rule IN ('sweep-one', 'sweep-two')");
    }

    /** Brings the jobs' next time forward and waits until somebody ran them. */
    private static void runAgain(String... names) throws Exception {
        for (String name : names) {
            String task = name.startsWith("sweep") ? "sweep-" + name : name;
            until(() -> DATABASE.number("SELECT count(*) FROM scheduled_tasks WHERE task_name = '" + task
                            + "' AND last_success IS NOT NULL AND NOT picked")
                    == 1);
            String before =
                    DATABASE.text("SELECT last_success::text FROM scheduled_tasks WHERE task_name = '" + task + "'");
            DATABASE.execute("UPDATE scheduled_tasks SET execution_time = clock_timestamp() WHERE task_name = '" + task
                    + "' AND NOT picked");
            until(() -> !DATABASE.text(
                            "SELECT last_success::text FROM scheduled_tasks WHERE task_name = '" + task + "'")
                    .equals(before));
        }
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
