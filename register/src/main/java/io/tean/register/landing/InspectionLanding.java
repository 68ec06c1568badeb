package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

final class InspectionLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.INSPECTIONS;
    }

    @Override
    public String registered() {
        return """
                SELECT i.inspection_id AS id, i.equipment_id AS of_equipment, i.report_no, e.normal_code AS equipment_code,
                    i.kind, i.inspected_on, i.conclusion, o.credit_code AS body, i.safety_grade::integer AS safety_grade,
                    i.valid_until, NULL::text AS correction_reason
                FROM inspection i JOIN equipment e USING (equipment_id)
                LEFT JOIN organisation o ON o.organisation_id = i.body_id
                """;
    }

    @Override
    public String exported() {
        return registered() + "WHERE NOT EXISTS (SELECT 1 FROM inspection y WHERE y.supersedes = i.inspection_id)";
    }

    @Override
    public String match() {
        return "r.of_equipment = e.equipment_id AND r.report_no = s.report_no";
    }

    @Override
    public boolean isLedger() {
        return true;
    }

    /** Told why, a row corrects the newest record of its report, which is kept. */
    @Override
    public Optional<Sequel> sequel() {
        return Optional.of(new Sequel(
                "n.correction_reason IS NOT NULL",
                "say why in correction_reason, and the row supersedes it",
                Audited.ofMachine("inspection", "n.report_no")));
    }

    @Override
    public Set<String> uncompared() {
        return Set.of("correction_reason");
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, safety_grade, valid_until,
                    body_id, added_by)
                SELECT equipment_id, report_no, kind, inspected_on, conclusion, safety_grade, valid_until, body_id, ?
                FROM intake_ready n WHERE n.registered_id IS NULL ORDER BY row_no
                """, taking.actor().name());
        taking.run("""
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, safety_grade, valid_until,
                    body_id, submission_id, added_by, supersedes, correction_reason)
                SELECT n.equipment_id, n.report_no, n.kind, n.inspected_on, n.conclusion, n.safety_grade, n.valid_until, n.body_id,
                    was.submission_id, ?, was.inspection_id, n.correction_reason
                FROM intake_ready n JOIN inspection was ON was.inspection_id = n.registered_id
                WHERE n.differs ORDER BY n.row_no
                """, taking.actor().name());
    }
}
