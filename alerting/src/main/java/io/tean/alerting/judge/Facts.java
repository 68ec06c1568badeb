package io.tean.alerting.judge;

import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the register knows of the machines of readings, and of the cylinders and people that fills name. */
final class Facts {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");
    private static final String FILL = "cylinder-fill";

    private Facts() {}

    /** By reading; names as in {@link io.tean.alerting.rule.Vocabulary}. */
    static Map<Reading, Map<String, Object>> of(Connection connection, Collection<Reading> readings)
            throws SQLException {
        Map<Reading, Map<String, Object>> facts = new HashMap<>();
        if (readings.isEmpty()) {
            return facts;
        }
        Map<Integer, Map<String, Object>> machines = machines(connection, readings);
        readings.forEach(r -> facts.put(r, new HashMap<>(machines.getOrDefault(r.equipmentId(), Map.of()))));
        List<Reading> fills =
                readings.stream().filter(r -> r.stream().name().equals(FILL)).toList();
        if (!fills.isEmpty()) {
            cylinders(connection, fills, facts);
            fillers(connection, fills, facts);
        }
        return facts;
    }

    private static Map<Integer, Map<String, Object>> machines(Connection connection, Collection<Reading> readings)
            throws SQLException {
        Map<Integer, Map<String, Object>> machines = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT equipment_id, type_code, state, crowded_place,
                    CASE catalogue WHEN '2014' THEN type_code IN ('3310', '3320') WHEN 'old' THEN type_code ~ '^3[56]' END AS escalator,
                    (parameters ->> 'rated_pressure_mpa')::double precision AS rated_pressure_mpa,
                    (parameters ->> 'rated_steam_tph')::double precision AS rated_steam_tph,
                    (parameters ->> 'rated_heat_mw')::double precision AS rated_heat_mw,
                    (parameters ->> 'rated_load_kg')::double precision AS rated_load_kg,
                    (parameters ->> 'rated_speed_mps')::double precision AS rated_speed_mps,
                    (parameters ->> 'max_safe_level_mm')::double precision AS max_safe_level_mm,
                    (parameters ->> 'min_safe_level_mm')::double precision AS min_safe_level_mm
                FROM equipment WHERE equipment_id = ANY (?)
                """)) {
            select.setArray(
                    1,
                    connection.createArrayOf(
                            "integer",
                            readings.stream()
                                    .map(Reading::equipmentId)
                                    .distinct()
                                    .toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    machines.put(row.getInt(1), named(row, "equipment.", 2));
                }
            }
        }
        return machines;
    }

    private static void cylinders(Connection connection, List<Reading> fills, Map<Reading, Map<String, Object>> facts)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT f.no, c.cylinder_id IS NOT NULL AS registered, c.state, m.word AS medium,
                    c.station_id = coalesce(s.organisation_id, e.use_unit_id) AS of_station,
                    c.scrap_on < f.day AS scrap_passed, c.inspection_due_on < f.day AS inspection_passed,
                    coalesce(c.rated_fill_kg, c.volume_litre * f.factor)::double precision AS max_fill_kg
                FROM unnest(?::integer[], ?::text[], ?::text[], ?::integer[], ?::date[], ?::double precision[])
                    AS f (no, code, station, equipment_id, day, factor)
                JOIN equipment e ON e.equipment_id = f.equipment_id
                LEFT JOIN organisation s ON s.credit_code = f.station
                LEFT JOIN cylinder c ON c.code = f.code
                LEFT JOIN unnest(?::text[], ?::text[]) AS m (name, word) ON m.name = lower(c.medium)
                """)) {
            select.setArray(1, numbers(connection, fills));
            select.setArray(2, texts(connection, fills, "cylinder_code"));
            select.setArray(3, texts(connection, fills, "station_code"));
            select.setArray(
                    4,
                    connection.createArrayOf(
                            "integer", fills.stream().map(Reading::equipmentId).toArray()));
            select.setArray(5, days(connection, fills));
            select.setArray(
                    6,
                    connection.createArrayOf(
                            "double precision",
                            fills.stream()
                                    .map(f -> f.knows("medium")
                                            ? FillFactor.of(f.text("medium")).orElse(null)
                                            : null)
                                    .toArray()));
            Map<String, String> words = mediumWords(fills.getFirst().stream());
            select.setArray(7, connection.createArrayOf("text", words.keySet().toArray()));
            select.setArray(8, connection.createArrayOf("text", words.values().toArray()));
            add(select, fills, facts, "cylinder.");
        }
    }

    /** The stream's word for a medium, by that word and by its names: registers write it in Chinese. */
    private static Map<String, String> mediumWords(StreamDeclaration fill) {
        Map<String, String> words = new LinkedHashMap<>();
        fill.field("medium").orElseThrow().values().forEach((word, label) -> {
            words.put(word, word);
            words.put(label.zh().toLowerCase(Locale.ROOT), word);
            words.put(label.en().toLowerCase(Locale.ROOT), word);
        });
        return words;
    }

    private static void fillers(Connection connection, List<Reading> fills, Map<Reading, Map<String, Object>> facts)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT f.no, EXISTS (
                    SELECT FROM operator o JOIN operator_certificate c USING (operator_id)
                    WHERE o.certificate_no = f.certificate AND c.item = 'P' AND c.from_on <= f.day AND c.until_on > f.day) AS certified
                FROM unnest(?::integer[], ?::text[], ?::date[]) AS f (no, certificate, day)
                WHERE f.certificate IS NOT NULL
                """)) {
            select.setArray(1, numbers(connection, fills));
            select.setArray(2, texts(connection, fills, "filler_certificate_no"));
            select.setArray(3, days(connection, fills));
            add(select, fills, facts, "filler.");
        }
    }

    private static void add(
            PreparedStatement select, List<Reading> fills, Map<Reading, Map<String, Object>> facts, String prefix)
            throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                facts.computeIfAbsent(fills.get(row.getInt(1)), f -> new HashMap<>())
                        .putAll(named(row, prefix, 2));
            }
        }
    }

    /** The columns from the given one on that are not null, by their names. */
    private static Map<String, Object> named(ResultSet row, String prefix, int from) throws SQLException {
        Map<String, Object> values = new HashMap<>();
        for (int i = from; i <= row.getMetaData().getColumnCount(); i++) {
            Object value = row.getObject(i);
            if (value != null) {
                values.put(prefix + row.getMetaData().getColumnLabel(i), value);
            }
        }
        return values;
    }

    private static java.sql.Array numbers(Connection connection, List<Reading> fills) throws SQLException {
        Integer[] numbers = new Integer[fills.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        return connection.createArrayOf("integer", numbers);
    }

    private static java.sql.Array texts(Connection connection, List<Reading> fills, String field) throws SQLException {
        @Nullable Object[] texts =
                fills.stream().map(f -> f.knows(field) ? f.text(field) : null).toArray();
        return connection.createArrayOf("text", texts);
    }

    /** China days, on which certificates and dates count. */
    private static java.sql.Array days(Connection connection, List<Reading> fills) throws SQLException {
        return connection.createArrayOf(
                "date",
                fills.stream()
                        .map(f -> f.time().atZone(CHINA).toLocalDate().toString())
                        .toArray());
    }
}
