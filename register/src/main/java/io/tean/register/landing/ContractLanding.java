package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.Optional;

final class ContractLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.CONTRACTS;
    }

    @Override
    public String registered() {
        return """
                SELECT c.contract_id AS id, c.contract_no, c.equipment_id AS of_equipment, e.normal_code AS equipment_code,
                    f.credit_code AS firm, u.credit_code AS use_unit, c.from_on AS valid_from,
                    nullif(c.until_on, 'infinity') - 1 AS valid_to
                FROM contract c JOIN equipment e USING (equipment_id)
                JOIN organisation f ON f.organisation_id = c.firm_id
                LEFT JOIN organisation u ON u.organisation_id = c.use_unit_id
                """;
    }

    @Override
    public String match() {
        return "r.of_equipment = e.equipment_id AND r.contract_no = s.contract_no";
    }

    @Override
    public Optional<Audited> audited() {
        return Optional.of(new Audited("contract", "n.contract_no", "n.firm_id"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                UPDATE contract c SET firm_id = n.firm_id, use_unit_id = n.use_unit_id, from_on = n.valid_from,
                    until_on = coalesce(n.valid_to + 1, 'infinity')
                FROM intake_ready n WHERE c.contract_id = n.registered_id AND n.differs
                """);
        taking.run("""
                INSERT INTO contract (contract_no, equipment_id, firm_id, use_unit_id, from_on, until_on)
                SELECT contract_no, equipment_id, firm_id, use_unit_id, valid_from, coalesce(valid_to + 1, 'infinity')
                FROM intake_ready n WHERE n.registered_id IS NULL ORDER BY row_no
                """);
    }
}
