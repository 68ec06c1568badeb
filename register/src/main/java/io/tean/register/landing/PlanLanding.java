package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.Optional;

final class PlanLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.PLANS;
    }

    @Override
    public String registered() {
        return """
                SELECT p.plan_id AS id, p.equipment_id AS of_equipment, e.normal_code AS equipment_code, p.interval_days,
                    p.approval_no, p.from_on AS valid_from, p.until_on - 1 AS valid_to
                FROM maintenance_plan p JOIN equipment e USING (equipment_id)
                """;
    }

    @Override
    public String match() {
        return "r.of_equipment = e.equipment_id AND r.valid_from = s.valid_from";
    }

    @Override
    public Optional<Audited> audited() {
        return Optional.of(Audited.ofMachine(
                "maintenance-plan", "(SELECT e.code FROM equipment e WHERE e.equipment_id = n.equipment_id)"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                UPDATE maintenance_plan p SET interval_days = n.interval_days, approval_no = n.approval_no,
                    until_on = n.valid_to + 1
                FROM intake_ready n WHERE p.plan_id = n.registered_id AND n.differs
                """);
        taking.run("""
                INSERT INTO maintenance_plan (equipment_id, interval_days, approval_no, from_on, until_on)
                SELECT equipment_id, interval_days, approval_no, valid_from, valid_to + 1
                FROM intake_ready n WHERE n.registered_id IS NULL ORDER BY row_no
                """);
    }
}
