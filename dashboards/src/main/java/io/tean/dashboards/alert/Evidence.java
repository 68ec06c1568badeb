package io.tean.dashboards.alert;

import io.tean.core.stream.Field;
import io.tean.core.stream.FieldType;
import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.screen.Tongue;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Readings of one stream around an alert, in the order of time.
 *
 * @param fields declared ones that have a value in some row
 */
public record Evidence(StreamDeclaration stream, List<Field> fields, List<Row> rows) {
    public Evidence {
        fields = List.copyOf(fields);
        rows = List.copyOf(rows);
    }

    /**
     * A reading.
     *
     * @param values by the name of the field; those that are known
     * @param finding whether it fulfilled the rule
     */
    public record Row(Instant time, Map<String, Value> values, boolean finding) {
        public Row {
            values = Map.copyOf(values);
        }

        /** Of a row with the columns of the stream. */
        public static Row of(ResultSet row, StreamDeclaration stream, boolean finding) throws SQLException {
            Map<String, Value> values = new LinkedHashMap<>();
            for (Field field : stream.fields()) {
                @Nullable Object value = row.getObject(field.name());
                if (value != null) {
                    Object shown = field.type() == FieldType.LIST
                            ? Arrays.asList((Object[]) ((Array) value).getArray())
                            : value;
                    values.put(field.name(), new Value(field.name(), Optional.of(field), shown));
                }
            }
            return new Row(row.getObject("time", OffsetDateTime.class).toInstant(), values, finding);
        }

        public Optional<Value> value(Field field) {
            return Optional.ofNullable(values.get(field.name()));
        }
    }

    /** What a column is called, with its unit. */
    public String label(Field field, Tongue t) {
        return Value.label(field, t);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stream", stream.name());
        json.put("readings", rows.stream().map(this::json).toList());
        return json;
    }

    private Map<String, Object> json(Row row) {
        Map<String, Object> values = new LinkedHashMap<>();
        fields.forEach(field -> row.value(field).ifPresent(value -> values.put(field.name(), value.value())));
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("time", row.time());
        json.put("finding", row.finding());
        json.put("values", values);
        return json;
    }
}
