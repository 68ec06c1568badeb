package io.tean.app.alerts;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What the register has to know of the machines and cylinders of the day. Written as the owner: it is not what is measured. */
final class Register {
    static final String STATION = "91371300MA0DAY0001";
    static final String FILLER = "DAY-P-0001";
    /** A machine's cylinders are the numbers from its index times this on. */
    static final int CYLINDERS = 100;
    /** The first so many are filled again and again. */
    static final int ROUND = 60;

    static final int SOUND_AND_USED_ONCE = 90;
    static final int PAST_ITS_INSPECTION = 91;

    private Register() {}

    /**
     * @param codes of all machines of the house
     * @param machines how many of them belong to the day
     */
    static void fill(Connection owner, List<String> codes, int machines) throws SQLException {
        inspected(owner);
        try (Statement statement = owner.createStatement()) {
            statement.execute("INSERT INTO organisation (credit_code, kind, name) VALUES ('" + STATION
                    + "', 'FILLING_STATION', 'Station of the day')");
            statement.execute("""
                    WITH filler AS (INSERT INTO operator (name, certificate_no) VALUES ('Filler of the day', '%s') RETURNING operator_id)
                    INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                    SELECT operator_id, 'P', '2020-01-01', '2040-01-01' FROM filler
                    """.formatted(FILLER));
        }
        for (int i = 0; i < machines; i++) {
            switch (Kind.of(i)) {
                case ELEVATOR -> {}
                case STRONG_BOILER -> boiler(owner, codes.get(i), "1.25");
                case WEAK_BOILER -> boiler(owner, codes.get(i), "1.00");
                case FILLING_MACHINE -> cylinders(owner, i);
            }
        }
    }

    /** Nobody knows when they were: that alone would be an alert for each. */
    private static void inspected(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("UPDATE equipment SET supervised_on = (now() - interval '2 days')::date");
            statement.execute("UPDATE duty SET due_on = due_on + 360");
        }
    }

    private static void boiler(Connection owner, String code, String pressure) throws SQLException {
        try (PreparedStatement update = owner.prepareStatement("""
                UPDATE equipment SET parameters = jsonb_build_object('rated_pressure_mpa', ?::numeric, 'rated_steam_tph', 6.0,
                    'min_safe_level_mm', -75, 'max_safe_level_mm', 75)
                WHERE code = ?
                """)) {
            update.setString(1, pressure);
            update.setString(2, code);
            update.executeUpdate();
        }
    }

    private static void cylinders(Connection owner, int machine) throws SQLException {
        try (PreparedStatement insert = owner.prepareStatement("""
                INSERT INTO cylinder (code, type, medium, volume_litre, rated_fill_kg, made_on, inspection_due_on, scrap_on, station_id)
                SELECT 'DAY-' || lpad((?::integer + n)::text, 9, '0'), 'LPG', 'lpg', 35.5, 14.9, '2024-01-01',
                    CASE WHEN n = ? THEN date '2025-01-01' ELSE date '2039-01-01' END, '2039-12-31', s.organisation_id
                FROM generate_series(0, ?) AS n, organisation s WHERE s.credit_code = ?
                """)) {
            insert.setInt(1, machine * CYLINDERS);
            insert.setInt(2, PAST_ITS_INSPECTION);
            insert.setInt(3, CYLINDERS - 1);
            insert.setString(4, STATION);
            insert.executeUpdate();
        }
    }
}
