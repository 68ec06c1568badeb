package io.tean.dashboards.lookup;

import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;

/**
 * The machines of {@link Fleet} with all that the public may and may not see of them: ELV-1001 is fit, ELV-2002 is overdue. Two machines
 * share a rescue code.
 */
final class LabelledCity {
    static final String HOSTILE = "<img src=x onerror=\"window.__xss=1\">";

    private LabelledCity() {}

    static void moveInto(OpenHouse house) {
        Fleet.moveInto(house);
        int body = house.addOrganisation("12320500MABODYB000", "INSPECTION_BODY", "苏州市特种设备检验研究院", "320500");
        house.database().execute("""
                UPDATE equipment SET rescue_code = '512345', use_registration_no = '梯11苏E00001(19)', site_address = '苏州大道东 1 号 %3$s',
                    inspection_body_id = %1$d WHERE code = 'ELV-1001';
                UPDATE equipment SET site_address = '科技园 2 栋' WHERE code = 'ELV-2002';
                INSERT INTO equipment (code, category, name, division_code, rescue_code, state)
                VALUES ('CRN-1', 'crane', '桥式起重机', '320505', '599999', 'SUSPENDED'), ('CRN-2', 'crane', '门式起重机', '320505', '599999', 'IN_USE');
                UPDATE organisation SET contact = '张经理', telephone = '0512-1111111';
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on)
                SELECT 'HT-1', equipment_id, (SELECT organisation_id FROM organisation WHERE credit_code = '%2$s'), '2024-01-01'
                FROM equipment WHERE code = 'ELV-1001';
                INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code)
                SELECT equipment_id, 'INSPECTION', DATE '2020-01-01', CASE code WHEN 'ELV-1001' THEN DATE '2098-12-31' ELSE DATE '2021-06-30' END,
                    'r', category, division_code FROM equipment WHERE category = 'elevator'
                UNION ALL
                SELECT equipment_id, 'MAINTENANCE', DATE '2020-01-01', DATE '2098-11-30', 'r', category, division_code FROM equipment
                WHERE code = 'ELV-1001';
                INSERT INTO inspection (equipment_id, report_no, kind, inspected_on, conclusion, body_id, added_by)
                SELECT equipment_id, 'BG-1', 'PERIODIC_INSPECTION', '2026-02-03', 'PASS', %1$d, 'test' FROM equipment WHERE code = 'ELV-1001';
                INSERT INTO maintenance_record (equipment_id, visit_no, firm_id, level, check_out_at, workers, source, added_by)
                SELECT equipment_id, v.no, (SELECT organisation_id FROM organisation WHERE credit_code = '%2$s'), 'HALF_MONTH', v.at::timestamptz,
                    ARRAY['李师傅'], 'api', 'test'
                FROM equipment, (VALUES ('WB-1', '2026-03-01T17:00:00Z'), ('WB-2', '2026-03-09T02:00:00Z')) AS v (no, at) WHERE code = 'ELV-1001';
                INSERT INTO visit_verdict (record_id, suspect) SELECT record_id, visit_no = 'WB-2' FROM maintenance_record;
                INSERT INTO operator (certificate_no, name, organisation_id, telephone)
                SELECT c.no, c.name, organisation_id, '13900000000'
                FROM organisation, (VALUES ('T-320500-01', '欧阳修'), ('T-320500-02', '王安石')) AS c (no, name) WHERE credit_code = '%2$s';
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                SELECT operator_id, 'T', '2020-01-01', CASE name WHEN '王安石' THEN DATE '2024-01-01' ELSE DATE '2090-01-01' END FROM operator;
                INSERT INTO alert_rule (rule, version, effective, subject_kind, severity, dispatch_class, title_zh, title_en, advice_zh,
                    advice_en, source, clause, mark, conditions)
                VALUES ('door-fault', 1, '2026-01-01', 'MACHINE', 'WARNING', 'repair', '门系统故障', 'Door fault', '修', 'Repair', 'S', '1', 'seen',
                    '[]');
                INSERT INTO alert (subject_kind, subject, equipment_id, division_code, dispatch_class, rule, severity, first_seen, last_seen)
                SELECT 'MACHINE', equipment_id::text, equipment_id, division_code, 'repair', 'door-fault', 'WARNING', now(), now()
                FROM equipment WHERE code IN ('ELV-1001', 'ELV-2002');
                """.formatted(body, Fleet.FIRM_A, HOSTILE.replace("'", "''")));
    }
}
