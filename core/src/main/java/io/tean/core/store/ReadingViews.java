package io.tean.core.store;

import io.tean.core.stream.Field;
import io.tean.core.stream.FieldType;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What Grafana sees of readings, derived from the declarations: a view of each stream with the code of its machine, one of all numbers
 * of all streams, and one of the fields themselves. Texts, lists and places stay out, for they tell of people and cylinders.
 */
final class ReadingViews {
    /** Of latitudes and longitudes, which say where somebody was. */
    private static final String DEGREES = "°";

    private static final String DERIVED = "Derived from the declarations of the streams";

    private final StreamCatalogue catalogue;

    ReadingViews(StreamCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Makes all of them anew: a field that was added may stand anywhere. */
    void derive(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String old : present(statement)) {
                statement.execute("DROP VIEW grafana." + statement.enquoteIdentifier(old, true));
            }
            for (StreamDeclaration stream : catalogue.all()) {
                create(statement, "reading_" + stream.table(), wide(stream));
            }
            create(statement, "reading", numbers());
            create(statement, "stream_field", fields(statement));
        }
    }

    private static List<String> present(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("""
                SELECT relname FROM pg_class
                WHERE relnamespace = 'grafana'::regnamespace AND relkind = 'v' AND obj_description(oid, 'pg_class') = '%s'
                """.formatted(DERIVED))) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private static void create(Statement statement, String view, String query) throws SQLException {
        statement.execute("CREATE VIEW grafana." + view + " AS " + query);
        statement.execute("COMMENT ON VIEW grafana." + view + " IS '" + DERIVED + "'");
    }

    private static String wide(StreamDeclaration stream) {
        String columns = stream.fields().stream()
                .filter(field -> field.type() == FieldType.ENUM || isNumber(field))
                .map(field -> ", r." + field.name())
                .collect(Collectors.joining());
        return "SELECT r.time, e.code AS equipment_code" + columns + from(stream);
    }

    private String numbers() {
        List<String> streams = new ArrayList<>();
        for (StreamDeclaration stream : catalogue.all()) {
            String values = stream.fields().stream()
                    .filter(ReadingViews::isNumber)
                    .map(field -> "('" + field.name() + "', " + number(field) + ")")
                    .collect(Collectors.joining(", "));
            if (!values.isEmpty()) {
                streams.add("SELECT r.time, e.code AS equipment_code, '" + stream.name()
                        + "' AS stream, v.field, v.value" + from(stream) + " CROSS JOIN LATERAL (VALUES " + values
                        + ") AS v (field, value) WHERE v.value IS NOT NULL");
            }
        }
        streams.add("SELECT NULL::timestamptz, NULL::text, NULL::text, NULL::text, NULL::double precision WHERE FALSE");
        return String.join(" UNION ALL ", streams);
    }

    private String fields(Statement statement) throws SQLException {
        List<String> rows = new ArrayList<>();
        for (StreamDeclaration stream : catalogue.all()) {
            for (Field field : stream.fields()) {
                if (isNumber(field)) {
                    String unit = field.unit();
                    rows.add("SELECT '%s' AS stream, '%s' AS field, %s AS title_zh, %s AS title_en, %s AS unit"
                            .formatted(
                                    stream.name(),
                                    field.name(),
                                    statement.enquoteLiteral(field.label().zh()),
                                    statement.enquoteLiteral(field.label().en()),
                                    statement.enquoteLiteral(unit == null ? "" : unit)));
                }
            }
        }
        rows.add("SELECT NULL, NULL, NULL, NULL, NULL WHERE FALSE");
        return String.join(" UNION ALL ", rows);
    }

    private static String from(StreamDeclaration stream) {
        return " FROM public." + stream.table() + " r JOIN public.equipment e ON e.equipment_id = r.equipment_id";
    }

    private static boolean isNumber(Field field) {
        return switch (field.type()) {
            case BOOL, INT -> true;
            case REAL -> !DEGREES.equals(field.unit());
            case TEXT, ENUM, LIST -> false;
        };
    }

    private static String number(Field field) {
        return "r." + field.name() + (field.type() == FieldType.BOOL ? "::integer" : "") + "::double precision";
    }
}
