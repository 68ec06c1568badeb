package io.tean.dashboards.register;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A row of the register by the names of its statement: texts, numbers, booleans, {@code LocalDate}, {@code Instant}, lists of texts and
 * JSON. The name {@value #KEY} is the number inside, which nobody outside is told.
 */
public record Row(Map<String, @Nullable Object> values) {
    static final String KEY = "key";
    public static final RowMapper<Row> MAPPER = (row, context) -> read(row);

    private static final JsonMapper JSON = new JsonMapper();

    public Row {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    Optional<Object> value(String name) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("the statement gives no " + name + ": " + values.keySet());
        }
        return Optional.ofNullable(values.get(name));
    }

    /** As text; empty when there is none. */
    public String text(String name) {
        return value(name).map(Object::toString).orElse("");
    }

    /** Whether the day of that name has passed. */
    public boolean isPast(String name, LocalDate today) {
        return value(name).orElse(null) instanceof LocalDate day && day.isBefore(today);
    }

    long key() {
        return ((Number) value(KEY).orElseThrow()).longValue();
    }

    /** The fields of a JSON object, in its order. */
    Map<String, String> fields(String name) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (value(name).orElse(null) instanceof JsonNode node) {
            node.propertyStream()
                    .forEach(field -> fields.put(
                            field.getKey(),
                            Objects.requireNonNull(
                                    field.getValue().isString()
                                            ? field.getValue().stringValue()
                                            : field.getValue().toString())));
        }
        return fields;
    }

    /** As the API says it. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(values);
        json.remove(KEY);
        return json;
    }

    private static Row read(ResultSet row) throws SQLException {
        ResultSetMetaData names = row.getMetaData();
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int column = 1; column <= names.getColumnCount(); column++) {
            values.put(names.getColumnLabel(column), value(row, column, names.getColumnTypeName(column)));
        }
        return new Row(values);
    }

    private static @Nullable Object value(ResultSet row, int column, String type) throws SQLException {
        return switch (type) {
            case "date" -> row.getObject(column, LocalDate.class);
            case "timestamptz" ->
                Optional.ofNullable(row.getObject(column, OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant)
                        .orElse(null);
            case "jsonb" ->
                Optional.ofNullable(row.getString(column)).map(JSON::readTree).orElse(null);
            case "_text" -> {
                List<String> texts = new ArrayList<>();
                if (row.getArray(column) != null) {
                    texts.addAll(List.of((String[]) row.getArray(column).getArray()));
                }
                yield texts;
            }
            default -> row.getObject(column);
        };
    }
}
