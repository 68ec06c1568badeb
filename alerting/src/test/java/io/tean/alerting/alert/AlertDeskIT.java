package io.tean.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.alert.AlertDecisions.Done;
import io.tean.core.alert.AlertDecisions.Gone;
import io.tean.core.alert.AlertDecisions.NotAllowed;
import io.tean.core.alert.AlertDecisions.Outcome;
import io.tean.core.alert.AlertLifecycle.Reason;
import io.tean.core.alert.AlertState;
import io.tean.core.alert.CauseClass;
import io.tean.core.audit.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertDeskIT {
    private static final AlertBook BOOK = new AlertBook();
    private static final Actor LI = Actor.account("li", "10.0.0.1");
    private static final Actor WANG = Actor.account("wang", "10.0.0.2");
    private static final int ROUNDS = 200;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AlertDesk desk = new AlertDesk(BOOK.pool, AlertBook.RULES, new AlertCounts(meters));

    private final ExecutorService threads = Executors.newFixedThreadPool(2);

    @AfterEach
    void stop() {
        threads.close();
    }

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void whoever_acknowledges_stands_in_the_alert_and_in_the_trail() throws SQLException {
        long alert = BOOK.open(1, "t-warning");
        assertThat(desk.acknowledge(alert, "on my way", LI)).isEqualTo(new Done(AlertState.ACKNOWLEDGED));
        assertThat(BOOK.database.text("SELECT (state, acknowledged_by, acknowledged_at IS NOT NULL)::text FROM alert"))
                .isEqualTo("(acknowledged,li,t)");
        assertThat(lastEntry())
                .isEqualTo(
                        "alert.acknowledge 1 li 10.0.0.1 1 {\"state\":\"open\"} {\"rule\":\"t-warning\",\"state\":\"acknowledged\"} on my way");
    }

    @Test
    void the_second_who_acknowledges_learns_that_somebody_was_first() throws SQLException {
        long alert = BOOK.open(1, "t-warning");
        desk.acknowledge(alert, "", LI);
        assertThat(desk.acknowledge(alert, "", WANG))
                .isEqualTo(new NotAllowed(Reason.ACKNOWLEDGED_ALREADY, AlertState.ACKNOWLEDGED));
        assertThat(BOOK.trail()).isEqualTo("alert.open 1 alerting, alert.acknowledge 1 li");
    }

    @Test
    void closing_keeps_who_why_and_the_note_and_is_told() throws SQLException {
        long alert = BOOK.open(1, "t-critical");
        assertThat(desk.close(alert, CauseClass.HUMAN, "rubbish in the door", LI))
                .isEqualTo(new Done(AlertState.CLOSED));
        assertThat(BOOK.database.text("SELECT (state, closed_by, cause, note, closed_at IS NOT NULL)::text FROM alert"))
                .isEqualTo("(closed,li,HUMAN,\"rubbish in the door\",t)");
        assertThat(lastEntry())
                .isEqualTo("alert.close 1 li 10.0.0.1 1 {\"state\":\"open\"} "
                        + "{\"cause\":\"HUMAN\",\"rule\":\"t-critical\",\"state\":\"closed\"} rubbish in the door");
        assertThat(BOOK.database.text("SELECT string_agg(occasion, ' ' ORDER BY queued_at) FROM notice"))
                .isEqualTo("OPENED CLOSED");
        assertThat(meters.counter("tean.alert.closed", "severity", "CRITICAL").count())
                .isEqualTo(1);
    }

    @Test
    void an_emergency_ends_by_end_of_alarm_and_nothing_else_does() throws SQLException {
        long emergency = BOOK.open(1, "t-emergency");
        long warning = BOOK.open(1, "t-warning");
        assertThat(desk.close(emergency, CauseClass.GENUINE, "", LI))
                .isEqualTo(new NotAllowed(Reason.END_OF_ALARM_NEEDED, AlertState.OPEN));
        assertThat(desk.endAlarm(warning, CauseClass.GENUINE, "", LI))
                .isEqualTo(new NotAllowed(Reason.NO_EMERGENCY, AlertState.OPEN));
        assertThat(desk.endAlarm(emergency, CauseClass.GENUINE, "", LI)).isEqualTo(new Done(AlertState.CLOSED));
        assertThat(lastEntry()).startsWith("alert.end-alarm 1 li");
    }

    @Test
    void an_alert_notes_the_firm_that_maintained_the_elevator_when_it_opened() throws SQLException {
        BOOK.database.execute("""
                INSERT INTO organisation (organisation_id, credit_code, kind, name) OVERRIDING SYSTEM VALUE
                VALUES (11, '91330100000000011A', 'MAINTENANCE_FIRM', '旧维保'), (12, '91330100000000012A', 'MAINTENANCE_FIRM', '新维保');
                UPDATE equipment SET category = 'boiler' WHERE equipment_id = 3;
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                SELECT 'K-' || k.firm || k.machine, k.machine, k.firm, today.day + k.since, today.day + k.ends
                FROM (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) AS today,
                    (VALUES (1, 11, -9, 0), (1, 12, 0, 9), (2, 11, -9, 0), (3, 12, -9, 9)) AS k (machine, firm, since, ends)
                """);
        for (int machine = 1; machine <= 3; machine++) {
            BOOK.open(machine, "t-warning");
        }
        BOOK.database.execute("UPDATE contract SET firm_id = 11");
        BOOK.open(1, "t-warning");
        assertThat(BOOK.database.text(
                        "SELECT string_agg(coalesce(firm_id, 0)::text, ' ' ORDER BY equipment_id) FROM alert"))
                .isEqualTo("12 0 0");
    }

    @Test
    void nobody_decides_on_an_alert_that_is_not_there() {
        assertThat(desk.acknowledge(7, "", LI)).isEqualTo(new Gone());
    }

    @Test
    void closing_forgets_the_fired_windows_of_the_machine_and_rule_only() throws SQLException {
        BOOK.database.execute("""
                INSERT INTO rule_window (equipment_id, rule, condition_no, since, due_at, fired)
                VALUES (1, 't-warning', 0, now(), now(), true), (1, 't-warning', 1, now(), now(), false),
                       (1, 't-notice', 0, now(), now(), true), (2, 't-warning', 0, now(), now(), true)
                """);
        desk.close(BOOK.open(1, "t-warning"), CauseClass.WORK, "", LI);
        assertThat(
                        BOOK.database.text(
                                "SELECT string_agg(concat_ws(' ', equipment_id, rule, condition_no), ', ' ORDER BY 1) FROM (SELECT * FROM rule_window ORDER BY equipment_id, rule) w"))
                .contains("1 t-notice 0", "1 t-warning 1", "2 t-warning 0")
                .doesNotContain("1 t-warning 0");
    }

    @Test
    void of_two_who_acknowledge_or_close_at_once_exactly_one_does() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long alert = BOOK.open(1, "t-warning");
            boolean closing = round % 2 == 1;
            assertThat(atOnce(decision(alert, closing, LI), decision(alert, closing, WANG)))
                    .as("round %d", round)
                    .containsExactlyInAnyOrder(
                            new Done(closing ? AlertState.CLOSED : AlertState.ACKNOWLEDGED),
                            closing
                                    ? new NotAllowed(Reason.CLOSED_ALREADY, AlertState.CLOSED)
                                    : new NotAllowed(Reason.ACKNOWLEDGED_ALREADY, AlertState.ACKNOWLEDGED));
        }
        assertThat(brokenChains()).isZero();
        assertThat(BOOK.database.number("SELECT count(*) FROM audit_entry WHERE actor_kind = 'account'"))
                .isEqualTo(ROUNDS);
    }

    @Test
    void an_acknowledgement_and_a_closing_at_once_leave_one_order_of_events() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            long alert = BOOK.open(1, "t-warning");
            List<Outcome> both = atOnce(decision(alert, false, LI), decision(alert, true, WANG));
            assertThat(both.getLast()).isEqualTo(new Done(AlertState.CLOSED));
            assertThat(both.getFirst())
                    .isIn(new Done(AlertState.ACKNOWLEDGED), new NotAllowed(Reason.CLOSED_ALREADY, AlertState.CLOSED));
        }
        assertThat(brokenChains()).isZero();
        assertThat(BOOK.database.number("SELECT count(*) FROM notice WHERE occasion = 'CLOSED'"))
                .isEqualTo(ROUNDS);
    }

    @Test
    void closing_waits_for_the_window_before_it_takes_the_alert() throws Exception {
        long alert = BOOK.open(1, "t-warning");
        BOOK.database.execute(
                "INSERT INTO rule_window (equipment_id, rule, condition_no, since, due_at, fired) VALUES (1, 't-warning', 0, now(), now(), true)");
        try (Connection lane = BOOK.pool.getConnection();
                Statement statement = lane.createStatement()) {
            lane.setAutoCommit(false);
            statement.execute("UPDATE rule_window SET fired = true");
            Future<Outcome> closing = threads.submit(() -> desk.close(alert, CauseClass.GENUINE, "", LI));
            await().until(() -> BOOK.database.number(
                            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")
                    == 1);
            // The other way round, each would wait for the other.
            statement.execute("SELECT FROM alert FOR UPDATE NOWAIT");
            lane.commit();
            assertThat(closing.get()).isEqualTo(new Done(AlertState.CLOSED));
        }
    }

    private List<Outcome> atOnce(Callable<Outcome> one, Callable<Outcome> other) throws Exception {
        CyclicBarrier together = new CyclicBarrier(2);
        List<Future<Outcome>> both = threads.invokeAll(List.of(
                () -> {
                    together.await();
                    return one.call();
                },
                () -> {
                    together.await();
                    return other.call();
                }));
        return List.of(both.get(0).get(), both.get(1).get());
    }

    private Callable<Outcome> decision(long alert, boolean closing, Actor actor) {
        return () -> closing ? desk.close(alert, CauseClass.GENUINE, "", actor) : desk.acknowledge(alert, "", actor);
    }

    /** Entries that do not begin where the one before them on the same alert ended. */
    private static long brokenChains() {
        return BOOK.database.number("""
                SELECT count(*) FROM (
                    SELECT before->>'state' AS began, lag(coalesce(after->>'state', 'open')) OVER (PARTITION BY subject ORDER BY audit_id) AS ended
                    FROM audit_entry) e
                WHERE began IS DISTINCT FROM ended
                """);
    }

    private static String lastEntry() {
        return BOOK.database.text("""
                SELECT concat_ws(' ', action, subject, actor, source, organisation_id, before, after, reason)
                FROM audit_entry ORDER BY audit_id DESC LIMIT 1
                """);
    }
}
