package io.tean.dashboards.register;

import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;

/** What the register knows of the machines of {@link Fleet}, and beside them. */
final class RegisterRows {
    private RegisterRows() {}

    static void moveInto(OpenHouse house) {
        house.database().execute("""
                UPDATE equipment SET rescue_code = '512345', use_registration_no = '苏E00001', site_address = '苏州大道东 1 号', crowded_place = true,
                    parameters = '{"rated_load_kg": "1000", "floors": "68"}', made_on = '2015-05-01' WHERE code = 'ELV-1001';
                UPDATE equipment SET state = 'SUSPENDED' WHERE code = 'ELV-2002';
                INSERT INTO equipment (code, category, name) VALUES ('3110320500201601AB', 'crane', '桥式起重机');
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on)
                SELECT 'HT-1', equipment_id, (SELECT organisation_id FROM organisation WHERE credit_code = '%2$s'), '2024-01-01', '2025-01-01'
                FROM equipment WHERE code = 'ELV-1001';
                INSERT INTO equipment_state (equipment_id, state, from_on)
                SELECT equipment_id, 'IN_USE', '2016-01-01' FROM equipment WHERE code = 'ELV-1001';
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, added_by)
                SELECT equipment_id, 'BG-1', 'PERIODIC_INSPECTION', '2025-02-03', 'PASS', 'test' FROM equipment WHERE code = 'ELV-1001';
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_code, level, check_out_at, workers, source, added_by)
                SELECT equipment_id, 'WB-1', 'F', 'HALF_MONTH', '2026-03-01T02:00:00Z', ARRAY['有效员'], 'api', 'test'
                FROM equipment WHERE code = 'ELV-1001';
                INSERT INTO visit_verdict (record_id, suspect) SELECT record_id, true FROM maintenance_record;
                INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject, reason)
                VALUES ('account', 'boss', 'equipment.change', 'equipment', 'ELV-1001', '搬迁');
                INSERT INTO operator (certificate_no, name, organisation_id)
                SELECT c.no, c.name, organisation_id FROM organisation, (VALUES ('Z-1', '有效员'), ('Z-2', '过期员')) AS c (no, name)
                WHERE credit_code = '%1$s';
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                SELECT operator_id, 'T', '2020-01-01', CASE name WHEN '过期员' THEN DATE '2024-01-01' ELSE DATE '2090-01-01' END FROM operator;
                INSERT INTO cylinder (code, type, medium, volume_litre, inspection_due_on)
                VALUES ('GP-1', 'LPG', '液化石油气', 35.5, '2026-05-01'), ('GP-2', 'LPG', '液化石油气', 35.5, '2028-05-01')
                """.formatted(Fleet.FIRM_A, Fleet.FIRM_B));
    }
}
