package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.Optional;

/** The history of machines' states; the newest stands beside the machine. */
final class StateLanding implements Landing {
    @Override
    public Sheet sheet() {
        return Sheets.STATES;
    }

    @Override
    public String registered() {
        return """
                SELECT h.equipment_id AS id, h.equipment_id AS of_equipment, e.normal_code AS equipment_code, h.state,
                    h.from_on AS since, h.reason
                FROM equipment_state h JOIN equipment e USING (equipment_id)
                """;
    }

    @Override
    public String match() {
        return "r.of_equipment = e.equipment_id AND r.since = s.since";
    }

    @Override
    public Optional<String> locked() {
        return Optional.of("equipment");
    }

    @Override
    public Optional<Audited> audited() {
        return Optional.of(Audited.ofMachine(
                "equipment-state", "(SELECT e.code FROM equipment e WHERE e.equipment_id = n.equipment_id)"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                CREATE TEMPORARY TABLE intake_state ON COMMIT DROP AS
                SELECT DISTINCT equipment_id FROM intake_ready n WHERE n.registered_id IS NULL OR n.differs
                """);
        taking.run("""
                INSERT INTO equipment_state (equipment_id, state, from_on, reason)
                SELECT equipment_id, state, since, reason FROM intake_ready n WHERE n.registered_id IS NULL OR n.differs
                ON CONFLICT (equipment_id, from_on) DO UPDATE SET state = excluded.state, reason = excluded.reason
                """);
        taking.run("""
                UPDATE equipment_state h SET until_on = l.until_on
                FROM (SELECT equipment_id, from_on,
                          lead(from_on, 1, 'infinity') OVER (PARTITION BY equipment_id ORDER BY from_on) AS until_on
                      FROM equipment_state JOIN intake_state USING (equipment_id)) l
                WHERE h.equipment_id = l.equipment_id AND h.from_on = l.from_on AND h.until_on <> l.until_on
                """);
        taking.run("""
                UPDATE equipment e SET state = h.state, state_since = h.from_on
                FROM equipment_state h JOIN intake_state USING (equipment_id)
                WHERE e.equipment_id = h.equipment_id AND h.until_on = 'infinity'
                    AND (e.state, e.state_since) IS DISTINCT FROM (h.state, h.from_on)
                """);
    }
}
