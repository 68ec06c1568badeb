package io.tean.core.stream;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A stream's payload as JSON Schema (draft 2020-12), derived from its declaration. */
public final class JsonSchema {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonSchema() {}

    /** The schema of one reading or an array of them, as indented JSON. */
    public static String of(StreamDeclaration stream) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "time",
                ordered(
                        "description",
                        "RFC 3339 with an offset, or epoch milliseconds",
                        "type",
                        List.of("string", "integer")));
        List<String> required = new ArrayList<>(List.of("time"));
        for (Field field : stream.fields()) {
            properties.put(field.name(), property(field));
            boolean mapped =
                    stream.mapping().filter(m -> m.to().equals(field.name())).isPresent();
            if (field.required() && !mapped) {
                required.add(field.name());
            }
        }
        Map<String, Object> reading = new LinkedHashMap<>();
        reading.put("type", "object");
        reading.put("properties", properties);
        reading.put("required", required);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", stream.name());
        schema.put("description", stream.title().en() + " / " + stream.title().zh());
        schema.put("$defs", Map.of("reading", reading));
        Map<String, Object> one = Map.of("$ref", "#/$defs/reading");
        Map<String, Object> many = new LinkedHashMap<>();
        many.put("type", "array");
        many.put("items", one);
        many.put("minItems", 1);
        schema.put("oneOf", List.of(one, many));
        return json(schema);
    }

    /** A value as indented JSON. */
    public static String json(Object value) {
        return JSON.writeValueAsString(value).replace("\r\n", "\n");
    }

    private static Map<String, Object> property(Field field) {
        Map<String, Object> property = new LinkedHashMap<>();
        String unit = field.unit() == null ? "" : " (" + field.unit() + ")";
        property.put("description", field.label().en() + " / " + field.label().zh() + unit);
        switch (field.type()) {
            case BOOL -> property.put("type", types(field, "boolean"));
            case INT, REAL -> {
                property.put("type", types(field, field.type() == FieldType.INT ? "integer" : "number"));
                property.put("minimum", field.lowest());
                property.put("maximum", field.highest());
            }
            case ENUM ->
                property.put(
                        "enum", withNull(field, new ArrayList<>(field.values().keySet())));
            case TEXT -> {
                property.put("type", types(field, "string"));
                property.put("maxLength", field.maxLength());
            }
            case LIST -> {
                property.put("type", types(field, "array"));
                property.put(
                        "items", ordered("type", "string", "maxLength", Objects.requireNonNull(field.maxLength())));
                property.put("maxItems", field.maxItems());
            }
        }
        if (!field.codes().isEmpty() && field.type() != FieldType.LIST) {
            List<Object> codes = new ArrayList<>();
            field.codes()
                    .keySet()
                    .forEach(code -> codes.add(field.type() == FieldType.INT ? Long.valueOf(code) : code));
            property.put("enum", withNull(field, codes));
        }
        return property;
    }

    /** Two entries in this order; Map.of would have another one in each run. */
    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(first, one);
        map.put(second, two);
        return map;
    }

    private static Object types(Field field, String type) {
        return field.required() ? type : List.of(type, "null");
    }

    private static List<@Nullable Object> withNull(Field field, List<?> words) {
        List<@Nullable Object> values = new ArrayList<>(words);
        if (!field.required()) {
            values.add(null);
        }
        return values;
    }
}
