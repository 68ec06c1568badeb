package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.Set;

/** Maintenance visits; the new records' numbers stay in taken_record for whoever judges them. */
final class VisitLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.VISITS;
    }

    @Override
    public String registered() {
        return """
                SELECT v.record_id AS id, v.equipment_id AS of_equipment, v.firm_code, v.visit_no,
                    e.normal_code AS equipment_code, f.credit_code AS firm, v.level, v.kind, v.workers, v.check_in_at,
                    v.check_out_at, v.scanned, v.latitude, v.longitude, v.photo_count, v.photos_sha256, v.items,
                    v.failed_items, c.confirmed_at AS use_unit_confirmed_at, v.note
                FROM maintenance_record v JOIN equipment e USING (equipment_id)
                LEFT JOIN organisation f ON f.organisation_id = v.firm_id
                LEFT JOIN visit_confirmation c ON c.record_id = v.record_id
                """;
    }

    @Override
    public String exported() {
        return registered() + "WHERE NOT EXISTS (SELECT 1 FROM maintenance_record y WHERE y.supersedes = v.record_id)";
    }

    @Override
    public String match() {
        return "r.of_equipment = e.equipment_id AND r.firm_code = coalesce(s.firm, '') AND r.visit_no = s.visit_no";
    }

    @Override
    public boolean isLedger() {
        return true;
    }

    /** The confirmation may come later, by another way. */
    @Override
    public Set<String> uncompared() {
        return Set.of("use_unit_confirmed_at");
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("CREATE TEMPORARY TABLE taken_record (record_id bigint) ON COMMIT DROP");
        taking.run("""
                WITH added AS (
                    INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, firm_code, level, kind, check_in_at,
                        check_out_at, workers, latitude, longitude, scanned, photo_count, photos_sha256, items, failed_items,
                        note, source, added_by)
                    SELECT equipment_id, visit_no, firm_id, coalesce(firm, ''), level, kind, check_in_at, check_out_at,
                        workers, latitude, longitude, scanned, photo_count, photos_sha256, items, failed_items, note, 'import', ?
                    FROM intake_ready n WHERE n.registered_id IS NULL ORDER BY row_no
                    RETURNING record_id)
                INSERT INTO taken_record SELECT record_id FROM added
                """, taking.actor().name());
        taking.run("""
                INSERT INTO visit_confirmation (record_id, confirmed_at, confirmed_by)
                SELECT v.record_id, n.use_unit_confirmed_at, ?
                FROM intake_ready n JOIN maintenance_record v ON v.equipment_id = n.equipment_id
                    AND v.firm_code = coalesce(n.firm, '') AND v.visit_no = n.visit_no
                WHERE n.use_unit_confirmed_at IS NOT NULL AND v.record_id = coalesce(n.registered_id, v.record_id)
                ON CONFLICT (record_id) DO NOTHING
                """, taking.actor().name());
    }
}
