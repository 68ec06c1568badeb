package io.tean.register.landing;

import io.tean.register.intake.Landing;
import io.tean.register.intake.Taking;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Machines, and with them the history of their states. */
final class EquipmentLanding implements Landing {
    /** What stands in parameters; all that is not said stays there. */
    private static final String PARAMETERS = """
            jsonb_strip_nulls(jsonb_build_object('rated_load_kg', n.rated_load_kg, 'rated_speed_mps', n.rated_speed_mps,
                'floors', n.floors, 'rated_pressure_mpa', n.rated_pressure_mpa, 'rated_steam_tph', n.rated_steam_tph,
                'rated_heat_mw', n.rated_heat_mw, 'water_volume_litre', n.water_volume_litre,
                'max_safe_level_mm', n.max_safe_level_mm, 'min_safe_level_mm', n.min_safe_level_mm,
                'safety_grade', n.safety_grade, 'design_life_years', n.design_life_years,
                'insurer', n.insurer, 'policy_no', n.policy_no, 'insured_until', n.insured_until))
            """;

    @Override
    public Sheet sheet() {
        return Sheets.EQUIPMENT_LIST;
    }

    @Override
    public String registered() {
        return """
                SELECT e.equipment_id AS id, e.normal_code, e.code, e.category, e.name, e.type_code, e.catalogue,
                    e.use_registration_no, e.rescue_code, e.division_code, e.site_address, e.latitude, e.longitude,
                    e.crowded_place, e.place_kind, u.credit_code AS use_unit, b.credit_code AS inspection_body, e.factory_no, e.made_on,
                    e.in_use_since, e.supervised_on, e.state, e.state_since,
                    (e.parameters ->> 'rated_load_kg')::numeric AS rated_load_kg,
                    (e.parameters ->> 'rated_speed_mps')::numeric AS rated_speed_mps,
                    (e.parameters ->> 'floors')::integer AS floors,
                    (e.parameters ->> 'rated_pressure_mpa')::numeric AS rated_pressure_mpa,
                    (e.parameters ->> 'rated_steam_tph')::numeric AS rated_steam_tph,
                    (e.parameters ->> 'rated_heat_mw')::numeric AS rated_heat_mw,
                    (e.parameters ->> 'water_volume_litre')::numeric AS water_volume_litre,
                    (e.parameters ->> 'max_safe_level_mm')::integer AS max_safe_level_mm,
                    (e.parameters ->> 'min_safe_level_mm')::integer AS min_safe_level_mm,
                    (e.parameters ->> 'safety_grade')::integer AS safety_grade,
                    (e.parameters ->> 'design_life_years')::integer AS design_life_years,
                    e.parameters ->> 'insurer' AS insurer, e.parameters ->> 'policy_no' AS policy_no,
                    (e.parameters ->> 'insured_until')::date AS insured_until
                FROM equipment e LEFT JOIN organisation u ON u.organisation_id = e.use_unit_id
                LEFT JOIN organisation b ON b.organisation_id = e.inspection_body_id
                """;
    }

    @Override
    public String match() {
        return "r.normal_code = upper(s.code)";
    }

    @Override
    public List<String> key() {
        return List.of("upper(s.code)");
    }

    @Override
    public List<Check> checks() {
        String begun =
                "(SELECT max(h.from_on) FROM equipment_state h WHERE h.equipment_id = n.registered_id AND h.from_on < "
                        + "(SELECT max(l.from_on) FROM equipment_state l WHERE l.equipment_id = n.registered_id))";
        String last = "(SELECT max(h.from_on) FROM equipment_state h WHERE h.equipment_id = n.registered_id)";
        String floor = "CASE WHEN n.state = n.was_state THEN " + begun + " ELSE " + last + " END";
        return List.of(
                new Check(
                        "code",
                        "n.was_code <> n.code",
                        "'is registered already as ''' || n.was_code || ''', which is the same code in another form'"),
                new Check(
                        "state_since",
                        "n.differs AND n.state_since IS NOT NULL AND n.state_since IS DISTINCT FROM n.was_state_since"
                                + " AND n.state_since <= " + floor,
                        "'is not after ' || " + floor + " || ', when the state before began'"));
    }

    @Override
    public Optional<String> locked() {
        return Optional.of("equipment");
    }

    /** Whose machine it is now; of one that was taken from its use unit, whose it was. */
    @Override
    public Optional<Audited> audited() {
        return Optional.of(
                new Audited(
                        "equipment",
                        "n.code",
                        "coalesce(n.use_unit_id, (SELECT o.organisation_id FROM organisation o WHERE o.credit_code = n.was_use_unit))"));
    }

    @Override
    public void takeIn(Taking taking) throws SQLException {
        taking.run("""
                UPDATE equipment e SET category = n.category, name = n.name, type_code = n.type_code, catalogue = n.catalogue,
                    use_registration_no = n.use_registration_no, rescue_code = n.rescue_code,
                    division_code = n.division_code, site_address = n.site_address, latitude = n.latitude,
                    longitude = n.longitude, crowded_place = n.crowded_place, place_kind = n.place_kind, use_unit_id = n.use_unit_id,
                    inspection_body_id = n.inspection_body_id, factory_no = n.factory_no, made_on = n.made_on,
                    in_use_since = n.in_use_since, supervised_on = n.supervised_on, state = n.state,
                    state_since = CASE WHEN n.state = n.was_state THEN n.state_since
                        ELSE CASE WHEN n.state_since IS DISTINCT FROM n.was_state_since THEN n.state_since END END,
                    parameters = (e.parameters - ARRAY['rated_load_kg', 'rated_speed_mps', 'floors', 'rated_pressure_mpa',
                        'rated_steam_tph', 'rated_heat_mw', 'water_volume_litre', 'max_safe_level_mm', 'min_safe_level_mm',
                        'safety_grade', 'design_life_years', 'insurer', 'policy_no', 'insured_until']) || %s
                FROM intake_ready n WHERE e.equipment_id = n.registered_id AND n.differs
                """.formatted(PARAMETERS));
        taking.run("""
                INSERT INTO equipment (code, category, name, type_code, catalogue, use_registration_no, rescue_code,
                    division_code, site_address, latitude, longitude, crowded_place, place_kind, use_unit_id, inspection_body_id,
                    factory_no, made_on, in_use_since, supervised_on, state, state_since, parameters)
                SELECT code, category, name, type_code, catalogue, use_registration_no, rescue_code, division_code,
                    site_address, latitude, longitude, crowded_place, place_kind, use_unit_id, inspection_body_id, factory_no, made_on,
                    in_use_since, supervised_on, state, state_since, %s
                FROM intake_ready n WHERE n.registered_id IS NULL ORDER BY row_no
                """.formatted(PARAMETERS));
        firstStates(taking);
        changedStates(taking);
    }

    /** A machine that came into another state later was in use before. */
    private static void firstStates(Taking taking) throws SQLException {
        taking.run("""
                INSERT INTO equipment_state (equipment_id, state, from_on, until_on)
                SELECT e.equipment_id, 'IN_USE', n.in_use_since, n.state_since
                FROM intake_ready n JOIN equipment e ON e.code = n.code
                WHERE n.registered_id IS NULL AND n.state <> 'IN_USE' AND n.in_use_since < n.state_since
                UNION ALL
                SELECT e.equipment_id, n.state,
                    CASE WHEN n.state = 'IN_USE' THEN coalesce(n.in_use_since, n.state_since, ?)
                         ELSE coalesce(n.state_since, n.in_use_since, ?) END,
                    'infinity'
                FROM intake_ready n JOIN equipment e ON e.code = n.code
                WHERE n.registered_id IS NULL
                """, taking.today(), taking.today());
    }

    /** The open interval ends where the new state begins; without a day for it that is today. */
    private static void changedStates(Taking taking) throws SQLException {
        taking.run("""
                CREATE TEMPORARY TABLE intake_state ON COMMIT DROP AS
                SELECT n.registered_id AS equipment_id, n.state, n.state <> n.was_state AS other,
                    coalesce(CASE WHEN n.state = n.was_state OR n.state_since IS DISTINCT FROM n.was_state_since
                                  THEN n.state_since END, ?) AS since
                FROM intake_ready n
                WHERE n.differs AND (n.state <> n.was_state
                    OR n.state_since IS NOT NULL AND n.state_since IS DISTINCT FROM n.was_state_since)
                """, taking.today());
        // The same state, since another day: its interval moves, and with it the end of the one before.
        taking.run("""
                UPDATE equipment_state h SET until_on = c.since
                FROM intake_state c, equipment_state l
                WHERE NOT c.other AND l.equipment_id = c.equipment_id AND l.until_on = 'infinity'
                    AND h.equipment_id = c.equipment_id AND h.until_on = l.from_on
                """);
        taking.run("""
                UPDATE equipment_state h SET from_on = c.since
                FROM intake_state c WHERE NOT c.other AND h.equipment_id = c.equipment_id AND h.until_on = 'infinity'
                """);
        taking.run("""
                UPDATE equipment_state h SET until_on = c.since
                FROM intake_state c
                WHERE c.other AND h.equipment_id = c.equipment_id AND h.until_on = 'infinity' AND h.from_on < c.since
                """);
        taking.run("""
                INSERT INTO equipment_state (equipment_id, state, from_on)
                SELECT equipment_id, state, since FROM intake_state WHERE other
                ON CONFLICT (equipment_id, from_on) DO UPDATE SET state = excluded.state
                """);
        taking.run("""
                UPDATE equipment e SET state_since = c.since
                FROM intake_state c WHERE e.equipment_id = c.equipment_id AND e.state_since IS DISTINCT FROM c.since
                """);
    }
}
