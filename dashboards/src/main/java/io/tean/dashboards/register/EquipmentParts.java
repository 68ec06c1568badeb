package io.tean.dashboards.register;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Word;
import java.util.List;

/** What is linked to a machine, newest first and never endless. */
public final class EquipmentParts {
    private static final Part STATES = Part.of(
            "states",
            Word.EQUIPMENT_STATES,
            """
            SELECT state, from_on, nullif(until_on, 'infinity') - 1 AS valid_to, reason
            FROM equipment_state WHERE equipment_id = :key ORDER BY from_on DESC LIMIT 50
            """,
            Column.of("state").in("EQUIPMENT_STATE"),
            Column.of("from_on"),
            Column.of("valid_to"),
            Column.of("reason"));

    private static final Part CONTRACTS = Part.of(
            "contracts",
            Word.EQUIPMENT_CONTRACTS,
            """
            SELECT c.contract_no, f.credit_code AS firm, f.name AS firm_name, c.from_on, nullif(c.until_on, 'infinity') - 1 AS valid_to
            FROM contract c JOIN organisation f ON f.organisation_id = c.firm_id
            WHERE c.equipment_id = :key ORDER BY c.from_on DESC, c.contract_id DESC LIMIT 20
            """,
            Column.of("contract_no"),
            Column.of("firm_name"),
            Column.of("from_on"),
            Column.of("valid_to"));

    private static final Part INSPECTIONS = Part.of(
            "inspections",
            Word.EQUIPMENT_INSPECTIONS,
            """
            SELECT i.inspected_on, i.kind, i.conclusion, i.report_no, i.valid_until, i.safety_grade, b.name AS inspection_body_name,
                i.correction_reason
            FROM inspection i LEFT JOIN organisation b ON b.organisation_id = i.body_id
            WHERE i.equipment_id = :key AND NOT EXISTS (SELECT FROM inspection later WHERE later.supersedes = i.inspection_id)
            ORDER BY i.inspected_on DESC, i.inspection_id DESC LIMIT 20
            """,
            Column.of("inspected_on"),
            Column.of("kind").in("INSPECTION_KIND"),
            Column.of("conclusion").in("CONCLUSION"),
            Column.of("report_no"),
            Column.of("valid_until"),
            Column.of("safety_grade"),
            Column.of("inspection_body_name"),
            Column.of("correction_reason"));

    private static final Part SUBMISSIONS = Part.of(
            "submissions",
            Word.EQUIPMENT_SUBMISSIONS,
            """
            SELECT s.submission_no, s.kind, s.state, s.submitted_on, s.agreed_on, s.reported_on, b.name AS inspection_body_name
            FROM submission s LEFT JOIN organisation b ON b.organisation_id = s.body_id
            WHERE s.equipment_id = :key ORDER BY s.submitted_on DESC, s.submission_id DESC LIMIT 20
            """,
            Column.of("submission_no"),
            Column.of("kind").in("INSPECTION_KIND"),
            Column.of("state").in("SUBMISSION_STATE"),
            Column.of("submitted_on"),
            Column.of("agreed_on"),
            Column.of("reported_on"),
            Column.of("inspection_body_name"));

    public static final Part VISITS = Part.of(
            "maintenance",
            Word.EQUIPMENT_VISITS,
            """
            SELECT r.check_out_at, r.level, coalesce(f.name, nullif(r.firm_code, '')) AS firm_name, r.workers, r.visit_no,
                CASE WHEN d.accepted THEN 'accepted' WHEN NOT d.accepted THEN 'rejected'
                     WHEN v.suspect THEN 'suspect' WHEN NOT v.suspect THEN 'plausible' ELSE 'waits' END AS verdict
            FROM maintenance_record r
            LEFT JOIN organisation f ON f.organisation_id = r.firm_id
            LEFT JOIN LATERAL (SELECT suspect FROM visit_verdict WHERE record_id = r.record_id ORDER BY verdict_id DESC LIMIT 1) v ON TRUE
            LEFT JOIN LATERAL (SELECT accepted FROM visit_decision WHERE record_id = r.record_id ORDER BY decision_id DESC LIMIT 1) d ON TRUE
            WHERE r.equipment_id = :key AND NOT EXISTS (SELECT FROM maintenance_record later WHERE later.supersedes = r.record_id)
            ORDER BY r.check_out_at DESC, r.record_id DESC LIMIT 10
            """,
            Column.of("check_out_at"),
            Column.of("level").in("MAINTENANCE_LEVEL"),
            Column.of("firm_name"),
            Column.of("workers"),
            Column.of("visit_no"),
            Column.of("verdict").in("VISIT"));

    /** Of audit entries: what a statement must give, with {@code audit_id}. */
    static final List<Column> CHANGE_COLUMNS = List.of(
            Column.of("at").to(Route.AUDIT_ENTRY, "audit_id"),
            Column.of("action").in("ACTION"),
            Column.of("actor"),
            Column.of("reason"));

    private EquipmentParts() {}

    static List<Part> within(Scope scope) {
        return List.of(CONTRACTS, INSPECTIONS, SUBMISSIONS, VISITS, STATES, devices(scope), changes(scope));
    }

    private static Part devices(Scope scope) {
        Reach reach = Reach.devices(scope, "d");
        return new Part(
                "devices",
                Word.EQUIPMENT_DEVICES,
                """
                SELECT d.device_id, b.bound_from, c.last_contact
                FROM equipment e JOIN device_binding b ON b.equipment_code = e.code AND b.bound_to IS NULL
                JOIN device d ON d.device_id = b.device_id
                LEFT JOIN device_contact c ON c.device_id = d.device_id
                WHERE e.equipment_id = :key AND (%s) ORDER BY d.device_id LIMIT 20
                """.formatted(reach.condition()),
                reach,
                List.of(
                        Column.of("device_id").to(Route.DEVICE, "device_id"),
                        Column.of("bound_from"),
                        Column.of("last_contact")));
    }

    private static Part changes(Scope scope) {
        Reach reach = Reach.auditEntries(scope, "a");
        return new Part("changes", Word.EQUIPMENT_CHANGES, """
                SELECT a.audit_id, a.at, a.actor, a.action, a.reason
                FROM equipment e JOIN audit_entry a ON a.subject_kind = 'equipment' AND a.subject = e.code
                WHERE e.equipment_id = :key AND (%s) ORDER BY a.audit_id DESC LIMIT 20
                """.formatted(reach.condition()), reach, CHANGE_COLUMNS);
    }
}
