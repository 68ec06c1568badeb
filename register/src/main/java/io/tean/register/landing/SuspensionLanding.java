package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.Optional;

final class SuspensionLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.SUSPENSIONS;
    }

    @Override
    public String registered() {
        return """
                SELECT p.suspension_id AS id, e.normal_code AS equipment_code, p.division_code, p.from_on AS valid_from,
                    p.until_on - 1 AS valid_to, p.reason
                FROM overdue_suspension p LEFT JOIN equipment e USING (equipment_id)
                """;
    }

    @Override
    public String match() {
        return """
                coalesce(r.equipment_code, '') = coalesce(s.equipment_code, '')
                AND coalesce(r.division_code, '') = coalesce(s.division_code, '')
                AND r.valid_from = s.valid_from AND r.valid_to = s.valid_to AND r.reason = s.reason
                """;
    }

    @Override
    public Optional<Audited> audited() {
        return Optional.of(Audited.ofMachine(
                "overdue-suspension",
                "coalesce((SELECT e.code FROM equipment e WHERE e.equipment_id = n.equipment_id), n.division_code)"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                INSERT INTO overdue_suspension (equipment_id, division_code, from_on, until_on, reason, added_by)
                SELECT equipment_id, division_code, valid_from, valid_to + 1, reason, ?
                FROM intake_ready n WHERE n.registered_id IS NULL ORDER BY row_no
                """, taking.actor().name());
    }
}
