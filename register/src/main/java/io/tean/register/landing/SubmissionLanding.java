package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Submissions for inspection, with the steps that their days tell and the inspection that came of them. */
final class SubmissionLanding implements Landing {
    /** How far its days take a submission. */
    private static final String STATE = """
            CASE WHEN n.refused_on IS NOT NULL THEN 'REFUSED'
                 WHEN n.returned_on IS NOT NULL THEN 'RETURNED'
                 WHEN n.reported_on IS NOT NULL THEN 'REPORT_ISSUED'
                 WHEN n.inspected_on IS NOT NULL THEN 'INSPECTED'
                 WHEN n.agreed_on IS NOT NULL THEN 'APPOINTED'
                 WHEN n.accepted_on IS NOT NULL THEN 'ACCEPTED'
                 ELSE 'SUBMITTED' END""";

    private static final String NEWEST =
            "(SELECT max(on_day) FROM submission_step newest WHERE newest.submission_id = n.registered_id)";

    @Override
    public Sheet sheet() {
        return Sheets.SUBMISSIONS;
    }

    @Override
    public String registered() {
        return """
                SELECT p.submission_id AS id, p.submission_no, e.normal_code AS equipment_code, o.credit_code AS body, p.kind,
                    p.submitted_on, p.accepted_on, p.agreed_on, p.inspected_on, p.reported_on, p.conclusion, p.report_no,
                    CASE WHEN p.state = 'REFUSED' THEN p.ended_on END AS refused_on,
                    CASE WHEN p.state = 'RETURNED' THEN p.ended_on END AS returned_on, p.reason
                FROM submission p JOIN equipment e USING (equipment_id)
                LEFT JOIN organisation o ON o.organisation_id = p.body_id
                """;
    }

    @Override
    public String match() {
        return "r.submission_no = s.submission_no";
    }

    @Override
    public boolean isLedger() {
        return true;
    }

    /** A file says more and more of a submission; what it said of a step stays. What was reported, refused or returned is over. */
    @Override
    public Optional<Sequel> sequel() {
        String kept = sheet().headings().stream()
                .map(heading -> "(n.was_%1$s IS NULL OR n.%1$s = n.was_%1$s)".formatted(heading.name()))
                .collect(Collectors.joining(" AND "));
        return Optional.of(new Sequel(
                kept + """

                        AND coalesce(n.was_reported_on, n.was_refused_on, n.was_returned_on) IS NULL
                        AND (n.refused_on IS NULL OR n.accepted_on IS NULL) AND (n.returned_on IS NULL OR n.inspected_on IS NULL)
                        """,
                "a file can add steps and change none; go on at its page",
                Audited.ofMachine("submission", "n.submission_no")));
    }

    /** Somebody at a page might take the same step meanwhile. */
    @Override
    public Optional<String> locked() {
        return Optional.of("submission");
    }

    /** A step that is added comes after those that are there. */
    @Override
    public List<Check> checks() {
        return Stream.of("accepted_on", "inspected_on", "reported_on", "refused_on", "returned_on")
                .map(day -> new Check(
                        day,
                        "n.registered_id IS NOT NULL AND n.was_%1$s IS NULL AND n.%1$s < %2$s".formatted(day, NEWEST),
                        "'is before the submission''s newest step, of ' || " + NEWEST))
                .toList();
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                CREATE TEMPORARY TABLE taken_submission (submission_id bigint, submission_no text) ON COMMIT DROP
                """);
        taking.run("""
                WITH added AS (
                    INSERT INTO submission (submission_no, equipment_id, body_id, kind, state, division_code, category,
                        use_unit_id, submitted_on, accepted_on, agreed_on, inspected_on, reported_on, ended_on, conclusion,
                        report_no, reason)
                    SELECT n.submission_no, n.equipment_id, n.body_id, n.kind, %s,
                        coalesce(e.division_code, ''), e.category, e.use_unit_id, n.submitted_on, n.accepted_on, n.agreed_on,
                        n.inspected_on, n.reported_on, coalesce(n.refused_on, n.returned_on), n.conclusion, n.report_no,
                        n.reason
                    FROM intake_ready n JOIN equipment e USING (equipment_id)
                    WHERE n.registered_id IS NULL ORDER BY n.row_no
                    RETURNING submission_id, submission_no)
                INSERT INTO taken_submission SELECT submission_id, submission_no FROM added
                """.formatted(STATE));
        // Until when its next step must be done is computed after the file.
        taking.run("""
                WITH furthered AS (
                    UPDATE submission p SET state = %s, body_id = n.body_id, accepted_on = n.accepted_on, agreed_on = n.agreed_on,
                        inspected_on = n.inspected_on, reported_on = n.reported_on, ended_on = coalesce(n.refused_on, n.returned_on),
                        conclusion = n.conclusion, report_no = n.report_no, reason = n.reason, next_due_on = NULL, next_rule = NULL
                    FROM intake_ready n WHERE n.differs AND p.submission_id = n.registered_id
                    RETURNING p.submission_id, p.submission_no)
                INSERT INTO taken_submission SELECT submission_id, submission_no FROM furthered
                """.formatted(STATE));
        // The day on which the appointment was made is not in the file: the earliest on which it can have been.
        taking.run("""
                INSERT INTO submission_step (submission_id, step, on_day, agreed_on, conclusion, report_no, reason, added_by)
                SELECT t.submission_id, step.step, step.on_day, step.agreed_on, step.conclusion, step.report_no, step.reason, ?
                FROM taken_submission t JOIN intake_ready n USING (submission_no)
                CROSS JOIN LATERAL (VALUES
                    (1, 'SUBMITTED', n.submitted_on, n.was_submitted_on, NULL::date, NULL, NULL, NULL),
                    (2, 'REFUSED', n.refused_on, n.was_refused_on, NULL, NULL, NULL, n.reason),
                    (3, 'ACCEPTED', n.accepted_on, n.was_accepted_on, NULL, NULL, NULL, NULL),
                    (4, 'APPOINTED', CASE WHEN n.agreed_on IS NOT NULL
                                         THEN greatest(coalesce(n.accepted_on, n.submitted_on), %s) END,
                        n.was_agreed_on, n.agreed_on, NULL, NULL, NULL),
                    (5, 'INSPECTED', n.inspected_on, n.was_inspected_on, NULL, NULL, NULL, NULL),
                    (6, 'RETURNED', n.returned_on, n.was_returned_on, NULL, NULL, NULL, n.reason),
                    (7, 'REPORT_ISSUED', n.reported_on, n.was_reported_on, NULL, n.conclusion, n.report_no, NULL))
                    AS step (place, step, on_day, was, agreed_on, conclusion, report_no, reason)
                WHERE step.on_day IS NOT NULL AND step.was IS NULL ORDER BY t.submission_id, step.place
                """.formatted(NEWEST), taking.actor().name());
        taking.run("""
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, body_id, submission_id, added_by)
                SELECT n.equipment_id, coalesce(n.report_no, n.submission_no), n.kind, coalesce(n.inspected_on, n.reported_on),
                    n.conclusion, n.body_id, t.submission_id, ?
                FROM taken_submission t JOIN intake_ready n USING (submission_no)
                WHERE n.reported_on IS NOT NULL AND n.was_reported_on IS NULL AND n.conclusion IS NOT NULL ORDER BY n.row_no
                ON CONFLICT DO NOTHING
                """, taking.actor().name());
    }
}
