package io.tean.core.stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One field of a stream as declared. An int or real has a range in its unit, a text or list a longest length (characters), an
 * enum its words; a list also a largest number of items. A field that is not required may be missing: then it is unknown (NULL).
 */
public record Field(
        String name,
        FieldType type,
        @Nullable String unit,
        @Nullable Double min,
        @Nullable Double max,
        @JsonProperty("max_length") @Nullable Integer maxLength,
        @JsonProperty("max_items") @Nullable Integer maxItems,
        boolean required,
        Map<String, Label> values,
        Map<String, CodeLabel> codes,
        Label label,
        @Nullable String note) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,57}");

    @SuppressWarnings(
            "NullAway") // Jackson hands null for what the file leaves out; that is turned into a clear error here
    public Field {
        values = values == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
        codes = codes == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(codes));
        check(
                name != null && NAME.matcher(name).matches(),
                name,
                "needs a name in snake_case of at most 58 characters");
        check(
                !name.equals("time") && !name.equals("equipment_id") && !name.equals("equipment_code"),
                name,
                "has a name that every stream has already");
        check(!ReservedWords.contains(name), name, "has a name that SQL reserves; choose another word");
        check(type != null, name, "needs a type: bool, int, real, text, enum or list");
        check(label != null, name, "needs a label with zh and en");
        boolean number = type == FieldType.INT || type == FieldType.REAL;
        check(!number || (min != null && max != null), name, "is a number and needs min and max");
        check(number || (min == null && max == null), name, "is no number and has no min or max");
        check(min == null || max == null || min <= max, name, "has a min above its max");
        boolean text = type == FieldType.TEXT || type == FieldType.LIST;
        check(!text || (maxLength != null && maxLength > 0), name, "is a text and needs max_length");
        check(text || maxLength == null, name, "is no text and has no max_length");
        check((type == FieldType.LIST) == (maxItems != null), name, "needs max_items if and only if it is a list");
        check((type == FieldType.ENUM) == !values.isEmpty(), name, "needs values if and only if it is an enum");
        check(
                codes.isEmpty() || type == FieldType.INT || type == FieldType.TEXT || type == FieldType.LIST,
                name,
                "may have codes only as int, text or list");
    }

    private static void check(boolean holds, @Nullable String name, String problem) {
        if (!holds) {
            throw new IllegalArgumentException("field " + name + " " + problem);
        }
    }

    /** The lower limit of an int or real. */
    public double lowest() {
        return min == null ? Double.NEGATIVE_INFINITY : min;
    }

    /** The upper limit of an int or real. */
    public double highest() {
        return max == null ? Double.POSITIVE_INFINITY : max;
    }
}
