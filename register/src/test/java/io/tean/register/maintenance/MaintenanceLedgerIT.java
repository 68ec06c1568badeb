package io.tean.register.maintenance;

import static io.tean.register.maintenance.Site.DONE;
import static io.tean.register.maintenance.Site.LIFT;
import static io.tean.register.maintenance.Site.OTHER_LIFT;
import static io.tean.register.maintenance.Site.visit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.audit.Actor;
import io.tean.core.maintenance.MaintenanceDecisions.Outcome;
import io.tean.core.maintenance.MaintenanceDecisions.Problem;
import io.tean.core.maintenance.VisitRecord;
import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class MaintenanceLedgerIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();
    private static final Actor FIRM = Actor.token("firm-office", "127.0.0.1");
    private static final Actor OFFICER = Actor.account("officer", "127.0.0.1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MaintenanceLedger ledger = new MaintenanceLedger(
            POOL, new VisitJudge(new EvidenceLimits(Duration.ofMinutes(30), 2, 500), meters), () -> DONE);

    @BeforeEach
    void build() {
        Site.build(DATABASE);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_sound_visit_is_recorded_and_nothing_is_doubtful_about_it() {
        long record = add(LIFT, visit("V-1"));
        assertThat(doubts(record)).isEmpty();
        assertThat(DATABASE.text("SELECT suspect::text FROM visit_verdict")).isEqualTo("false");
        assertThat(DATABASE.text("SELECT action || ' ' || actor || ' ' || organisation_id FROM audit_entry"))
                .isEqualTo("maintenance-record.add firm-office 1");
    }

    static Stream<Arguments> doubtful() {
        VisitRecord sound = visit("V-1");
        return Stream.of(
                arguments("too-short", Site.at(sound, Optional.of(DONE.minusSeconds(29 * 60)), DONE)),
                arguments("no-check-in", Site.at(sound, Optional.empty(), DONE)),
                arguments("too-few-workers", Site.by(sound, "T-1")),
                arguments("too-few-workers", Site.by(sound, "T-1", "T-1")),
                arguments("uncertified-worker", Site.by(sound, "T-1", "T-3")),
                arguments("uncertified-worker", Site.by(sound, "T-1", "nobody")),
                arguments("too-far", Site.from(sound, 35.11)),
                arguments("items-missing", Site.with(sound, Site.HALF_MONTH_ITEMS.subList(0, 30))),
                arguments("no-contract", Site.of(sound, "91371300MA00000009")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("doubtful")
    void what_the_evidence_does_not_bear_out_is_named(String check, VisitRecord visit) {
        assertThat(doubts(add(LIFT, visit))).containsExactly(check);
        assertThat(meters.counter("tean.maintenance.suspect", "check", check).count())
                .isEqualTo(1);
    }

    @Test
    void a_check_in_after_the_check_out_is_too_short() {
        assertThat(doubts(add(LIFT, Site.at(visit("V-1"), Optional.of(DONE.plusSeconds(60)), DONE))))
                .containsExactly("too-short");
    }

    @Test
    void one_worker_at_two_machines_at_once_makes_both_visits_suspect() {
        long first = add(LIFT, visit("V-1"));
        long second = add(OTHER_LIFT, Site.from(visit("V-2"), 35.2));
        assertThat(doubts(second)).containsExactly("worker-elsewhere");
        assertThat(doubts(first)).containsExactly("worker-elsewhere");
    }

    @Test
    void one_worker_at_two_machines_after_one_another_is_nothing_to_doubt() {
        long first = add(LIFT, visit("V-1"));
        long second =
                add(OTHER_LIFT, Site.from(Site.at(visit("V-2"), Optional.of(DONE), DONE.plusSeconds(40 * 60)), 35.2));
        assertThat(doubts(first)).isEmpty();
        assertThat(doubts(second)).isEmpty();
    }

    @Test
    void a_machine_that_published_must_have_been_in_inspection_operation() {
        status("normal");
        assertThat(doubts(add(LIFT, visit("V-1")))).containsExactly("no-inspection-mode");
    }

    @Test
    void a_machine_that_was_in_inspection_operation_bears_the_visit_out() {
        status("normal");
        status("inspection_operation");
        assertThat(doubts(add(LIFT, visit("V-1")))).isEmpty();
    }

    @Test
    void the_same_number_of_the_same_firm_is_refused() {
        add(LIFT, visit("V-1"));
        assertThat(ledger.add(LIFT, visit("V-1"), FIRM)).isEqualTo(new Outcome.Refused(Problem.RECORDED_ALREADY));
        assertThat(ledger.add("nowhere", visit("V-1"), FIRM)).isEqualTo(new Outcome.Refused(Problem.UNKNOWN));
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry")).isEqualTo(1);
    }

    @Test
    void a_correction_supersedes_once_and_both_records_stay() {
        long first = add(LIFT, Site.by(visit("V-1"), "T-1"));
        Outcome corrected = ledger.supersede(first, visit("V-1"), "a worker was forgotten", FIRM);
        assertThat(corrected).isInstanceOf(Outcome.Done.class);
        assertThat(doubts(((Outcome.Done) corrected).id())).isEmpty();
        assertThat(doubts(first)).containsExactly("too-few-workers");
        assertThat(ledger.supersede(first, visit("V-1"), "again", FIRM))
                .isEqualTo(new Outcome.Refused(Problem.SUPERSEDED_ALREADY));
        assertThat(ledger.decide(first, true, "late", OFFICER))
                .isEqualTo(new Outcome.Refused(Problem.SUPERSEDED_ALREADY));
    }

    @Test
    void a_suspect_visit_is_decided_on_with_a_reason_and_the_last_decision_counts() {
        long record = add(LIFT, Site.by(visit("V-1"), "T-1"));
        assertThat(ledger.decide(record, true, "the second worker's phone was broken", OFFICER))
                .isEqualTo(new Outcome.Done(record));
        assertThat(ledger.decide(record, false, "he was elsewhere after all", OFFICER))
                .isEqualTo(new Outcome.Done(record));
        assertThat(
                        DATABASE.text(
                                "SELECT before || ' ' || after || ' ' || reason FROM audit_entry WHERE action = 'maintenance-record.reject'"))
                .isEqualTo("{\"accepted\":true} {\"accepted\":false} he was elsewhere after all");
        assertThat(ledger.decide(add(LIFT, visit("V-2")), true, "", OFFICER))
                .isEqualTo(new Outcome.Refused(Problem.NOT_SUSPECT));
    }

    @Test
    void a_visit_is_confirmed_once() {
        long record = add(LIFT, visit("V-1"));
        Actor unit = Actor.account("unit", "127.0.0.1");
        assertThat(ledger.confirm(record, unit)).isEqualTo(new Outcome.Done(record));
        assertThat(ledger.confirm(record, unit)).isEqualTo(new Outcome.Refused(Problem.CONFIRMED_ALREADY));
    }

    @Test
    void the_service_cannot_change_a_record() throws Exception {
        add(LIFT, visit("V-1"));
        try (Connection connection = POOL.getConnection();
                var statement = connection.createStatement()) {
            for (String sql : List.of(
                    "UPDATE maintenance_record SET check_in_at = check_out_at - interval '2 h'",
                    "DELETE FROM maintenance_record",
                    "DELETE FROM visit_verdict",
                    "UPDATE visit_decision SET accepted = true")) {
                assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void a_suspension_is_ended_early_but_not_before_it_began() {
        LocalDate first = LocalDate.of(2026, 7, 1);
        Outcome added = ledger.suspendDivision("371302", first, first.plusDays(9), "flood", OFFICER);
        long id = ((Outcome.Done) added).id();
        assertThat(DATABASE.number("SELECT count(*) FROM duty_stale WHERE equipment_id IN (1, 2)"))
                .isPositive();
        assertThat(ledger.endSuspension(id, first.minusDays(1), Optional.empty(), OFFICER))
                .isEqualTo(new Outcome.Refused(Problem.NO_DAYS));
        assertThat(ledger.endSuspension(id, first.plusDays(4), Optional.of("over"), OFFICER))
                .isEqualTo(new Outcome.Done(id));
        assertThat(DATABASE.text("SELECT until_on FROM overdue_suspension")).isEqualTo("2026-07-06");
        assertThat(ledger.suspendMachine(LIFT, first, first.minusDays(1), "x", OFFICER))
                .isEqualTo(new Outcome.Refused(Problem.NO_DAYS));
    }

    private long add(String equipment, VisitRecord visit) {
        Outcome outcome = ledger.add(equipment, visit, FIRM);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).id();
    }

    private static List<String> doubts(long record) {
        String found = DATABASE.text("""
                SELECT coalesce(string_agg(reason ->> 'check', ','), '')
                FROM (SELECT reasons FROM visit_verdict WHERE record_id = %d ORDER BY verdict_id DESC LIMIT 1) AS last,
                     jsonb_array_elements(reasons) AS reason
                """.formatted(record));
        return found.isEmpty() ? List.of() : List.of(found.split(","));
    }

    private static void status(String mode) {
        DATABASE.execute("""
                INSERT INTO elevator_status (equipment_id, time, service_mode, car_running)
                VALUES (1, '%s'::timestamptz + random() * interval '1 min', '%s', false)
                """.formatted(DONE.minusSeconds(600), mode));
    }
}
