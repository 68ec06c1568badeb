package io.tean.register.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.core.inspection.InspectionDecisions.Outcome;
import io.tean.core.inspection.InspectionDecisions.Problem;
import io.tean.core.inspection.InspectionDecisions.Step;
import io.tean.core.inspection.InspectionDecisions.Submission;
import io.tean.core.inspection.SubmissionStep;
import io.tean.core.store.TestDatabase;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InspectionLedgerIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final Actor OFFICER = Actor.account("officer", "127.0.0.1");
    private static final String LIFT = "31103713002020120001";
    /** A Monday. */
    private static final LocalDate MONDAY = LocalDate.of(2026, 10, 12);

    private final InspectionLedger ledger = new InspectionLedger(
            DATABASE.pool(),
            new Deadlines(
                    new Deadlines.Limit("agree-date", 5),
                    new Deadlines.Limit("site-visit", 10),
                    new Deadlines.Limit("report", 10)),
            () -> Instant.parse("2026-11-22T04:00:00Z"));

    @BeforeEach
    void build() {
        DATABASE.execute("""
                TRUNCATE audit_entry, audit_unsealed, duty_stale, duty, duty_count, inspection, frozen_month, frozen_count, frozen_missing;
                TRUNCATE organisation, equipment, submission CASCADE;
                INSERT INTO organisation (organisation_id, credit_code, kind, name) OVERRIDING SYSTEM VALUE
                VALUES (1, '91371300MA00000001', 'USE_UNIT', '小区'), (2, '91371300MA00000002', 'INSPECTION_BODY', '特检院');
                INSERT INTO equipment (equipment_id, code, category, name, division_code, use_unit_id, inspection_body_id)
                OVERRIDING SYSTEM VALUE VALUES (1, '31103713002020120001', 'elevator', '1号梯', '371302', 1, 2)
                """);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void a_submission_goes_through_its_steps_to_an_inspection() {
        submit("S-1", MONDAY);
        assertThat(next()).isEqualTo("SUBMITTED 2026-10-19 agree-date");
        step("S-1", SubmissionStep.ACCEPTED, MONDAY.plusDays(1));
        appoint("S-1", MONDAY.plusDays(2), MONDAY.plusDays(7));
        assertThat(next()).isEqualTo("APPOINTED 2026-10-27 site-visit");
        step("S-1", SubmissionStep.INSPECTED, MONDAY.plusDays(7));
        assertThat(next()).isEqualTo("INSPECTED 2026-11-02 report");
        report("S-1", MONDAY.plusDays(9), "PASS", "R-1");
        assertThat(DATABASE.text(
                        "SELECT kind || ' ' || inspected_on || ' ' || conclusion || ' ' || body_id FROM inspection"))
                .isEqualTo("PERIODIC_INSPECTION 2026-10-19 PASS 2");
        assertThat(DATABASE.number("SELECT count(*) FROM submission_step")).isEqualTo(5);
        assertThat(DATABASE.number("SELECT count(*) FROM audit_entry WHERE organisation_id = 1"))
                .isEqualTo(5);
        assertThat(DATABASE.number("SELECT count(*) FROM duty_stale WHERE equipment_id = 1"))
                .isPositive();
    }

    @Test
    void an_agreed_day_after_the_limit_of_the_visit_is_the_deadline() {
        submit("S-1", MONDAY);
        step("S-1", SubmissionStep.ACCEPTED, MONDAY);
        appoint("S-1", MONDAY, MONDAY.plusDays(30));
        assertThat(next()).isEqualTo("APPOINTED 2026-11-11 site-visit");
    }

    @Test
    void a_step_that_cannot_follow_changes_nothing() {
        submit("S-1", MONDAY);
        assertThat(ledger.step("S-1", plain(SubmissionStep.INSPECTED, MONDAY), OFFICER))
                .isEqualTo(refused(Problem.NOT_NOW));
        assertThat(ledger.step("S-1", plain(SubmissionStep.ACCEPTED, MONDAY.minusDays(1)), OFFICER))
                .isEqualTo(refused(Problem.WRONG_DAY));
        assertThat(ledger.step("S-1", plain(SubmissionStep.ACCEPTED, LocalDate.of(2026, 11, 23)), OFFICER))
                .isEqualTo(refused(Problem.WRONG_DAY));
        assertThat(ledger.step("S-1", plain(SubmissionStep.REFUSED, MONDAY), OFFICER))
                .isEqualTo(refused(Problem.INCOMPLETE));
        assertThat(ledger.step("S-9", plain(SubmissionStep.ACCEPTED, MONDAY), OFFICER))
                .isEqualTo(refused(Problem.UNKNOWN));
        assertThat(DATABASE.number("SELECT count(*) FROM submission_step")).isEqualTo(1);
    }

    @Test
    void a_number_is_given_once_and_the_machine_must_be_known() {
        submit("S-1", MONDAY);
        assertThat(ledger.submit(submission("S-1", LIFT, MONDAY), OFFICER))
                .isEqualTo(refused(Problem.SUBMITTED_ALREADY));
        assertThat(ledger.submit(submission("S-2", "nowhere", MONDAY), OFFICER)).isEqualTo(refused(Problem.UNKNOWN));
    }

    @Test
    void a_failed_inspection_is_corrected_and_inspected_again() {
        inspected("S-1");
        report("S-1", MONDAY.plusDays(4), "FAIL", "R-1");
        step("S-1", SubmissionStep.CORRECTION, MONDAY.plusDays(10));
        step("S-1", SubmissionStep.REINSPECTION, MONDAY.plusDays(12));
        report("S-1", MONDAY.plusDays(14), "PASS_ON_REINSPECTION", "R-2");
        assertThat(
                        DATABASE.text(
                                "SELECT string_agg(conclusion || ' ' || inspected_on, ', ' ORDER BY inspection_id) FROM inspection"))
                .isEqualTo("FAIL 2026-10-15, PASS_ON_REINSPECTION 2026-10-24");
        assertThat(DATABASE.text("SELECT reported_on FROM submission")).isEqualTo("2026-10-16");
        assertThat(ledger.step("S-1", plain(SubmissionStep.REINSPECTION, MONDAY.plusDays(20)), OFFICER))
                .isEqualTo(refused(Problem.NOT_NOW));
    }

    @Test
    void a_returned_submission_is_submitted_once_more_and_counts_from_then() {
        submit("S-1", MONDAY);
        assertThat(ledger.step("S-1", because(SubmissionStep.RETURNED, MONDAY.plusDays(1), "no photo"), OFFICER))
                .isEqualTo(new Outcome.Done());
        assertThat(DATABASE.text("SELECT ended_on || ' ' || reason FROM submission"))
                .isEqualTo("2026-10-13 no photo");
        step("S-1", SubmissionStep.SUBMITTED, MONDAY.plusDays(7));
        assertThat(next()).isEqualTo("SUBMITTED 2026-10-26 agree-date");
        assertThat(DATABASE.text("SELECT (ended_on IS NULL)::text FROM submission"))
                .isEqualTo("true");
    }

    @Test
    void the_rate_of_submitted_equipment_counts_agreed_days_that_have_passed() {
        inspected("S-1");
        assertThat(counts()).isEqualTo("1 of which 0");
        report("S-1", MONDAY.plusDays(4), "FAIL", "R-1");
        assertThat(counts()).isEqualTo("1 of which 1");
        submit("S-2", MONDAY);
        assertThat(counts()).isEqualTo("1 of which 1");
        step("S-2", SubmissionStep.ACCEPTED, MONDAY);
        appoint("S-2", MONDAY, LocalDate.of(2026, 11, 1));
        assertThat(counts()).isEqualTo("1 of which 1");
    }

    @Test
    void a_frozen_month_keeps_its_rates_whatever_is_corrected_later() {
        inspected("S-1");
        assertThat(ledger.freeze(YearMonth.of(2026, 10), OFFICER)).isEqualTo(new Outcome.Done());
        report("S-1", MONDAY.plusDays(4), "PASS", "R-1");
        assertThat(DATABASE.text("SELECT base || ' of which ' || fulfilled FROM frozen_count WHERE rate = 'SUBMITTED'"))
                .isEqualTo("1 of which 0");
        assertThat(DATABASE.number("SELECT equipment_id FROM frozen_missing WHERE rate = 'SUBMITTED'"))
                .isEqualTo(1);
        assertThat(counts()).isEqualTo("1 of which 1");
        assertThat(ledger.freeze(YearMonth.of(2026, 10), OFFICER)).isEqualTo(refused(Problem.NOT_TO_BE_FROZEN));
        assertThat(ledger.freeze(YearMonth.of(2026, 11), OFFICER)).isEqualTo(refused(Problem.NOT_TO_BE_FROZEN));
    }

    private void inspected(String no) {
        submit(no, MONDAY);
        step(no, SubmissionStep.ACCEPTED, MONDAY);
        appoint(no, MONDAY.plusDays(1), MONDAY.plusDays(3));
        step(no, SubmissionStep.INSPECTED, MONDAY.plusDays(3));
    }

    private void submit(String no, LocalDate on) {
        assertThat(ledger.submit(submission(no, LIFT, on), OFFICER)).isEqualTo(new Outcome.Done());
    }

    private void step(String no, SubmissionStep step, LocalDate on) {
        assertThat(ledger.step(no, plain(step, on), OFFICER)).isEqualTo(new Outcome.Done());
    }

    private void appoint(String no, LocalDate on, LocalDate agreed) {
        Step step = new Step(
                SubmissionStep.APPOINTED,
                on,
                Optional.of(agreed),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        assertThat(ledger.step(no, step, OFFICER)).isEqualTo(new Outcome.Done());
    }

    private void report(String no, LocalDate on, String conclusion, String reportNo) {
        Step step = new Step(
                SubmissionStep.REPORT_ISSUED,
                on,
                Optional.empty(),
                Optional.of(conclusion),
                Optional.of(reportNo),
                Optional.empty());
        assertThat(ledger.step(no, step, OFFICER)).isEqualTo(new Outcome.Done());
    }

    private static Submission submission(String no, String equipment, LocalDate on) {
        return new Submission(no, equipment, Optional.empty(), "PERIODIC_INSPECTION", on);
    }

    private static Step plain(SubmissionStep step, LocalDate on) {
        return new Step(step, on, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Step because(SubmissionStep step, LocalDate on, String reason) {
        return new Step(step, on, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(reason));
    }

    private static Outcome refused(Problem problem) {
        return new Outcome.Refused(problem);
    }

    private static String next() {
        return DATABASE.text("SELECT state || ' ' || next_due_on || ' ' || next_rule FROM submission");
    }

    private static String counts() {
        return DATABASE.text("""
                SELECT sum(base) || ' of which ' || sum(fulfilled) FROM submitted_inspection_counts('2026-10-01', '2026-10-31')
                """);
    }
}
