package io.tean.simulators.signal;

import io.tean.core.stream.Field;
import io.tean.core.stream.FieldType;
import io.tean.core.stream.StreamDeclaration;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.json.JsonFactory;

/**
 * One reading by its stream's declaration: only declared fields, numbers clamped to their range, texts cut to their length. A
 * payload that lacks a required field is a fault of the machine's own code and is refused when it is written.
 */
public final class Payload {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX").withZone(ZoneOffset.ofHours(8));

    private final StreamDeclaration stream;
    private final @Nullable Object[] values;

    public Payload(StreamDeclaration stream) {
        this.stream = stream;
        this.values = new Object[stream.fields().size()];
    }

    public StreamDeclaration stream() {
        return stream;
    }

    public Payload set(String name, boolean value) {
        values[index(name, FieldType.BOOL)] = value;
        return this;
    }

    public Payload set(String name, long value) {
        int index = index(name, FieldType.INT);
        Field field = stream.fields().get(index);
        values[index] = Math.clamp(value, (long) field.lowest(), (long) field.highest());
        return this;
    }

    /** Sets a real, rounded to the decimals that the instrument shows. */
    public Payload set(String name, double value, int decimals) {
        int index = index(name, FieldType.REAL);
        Field field = stream.fields().get(index);
        if (!Double.isFinite(value)) {
            throw new IllegalStateException(stream + "." + name + " is not a number: " + value);
        }
        double scale = Math.pow(10, decimals);
        // Adding zero turns -0.0 into 0.0, which no instrument shows.
        values[index] = Math.clamp(Math.rint(value * scale) / scale, field.lowest(), field.highest()) + 0.0;
        return this;
    }

    /** Sets a text or an enum's word. */
    public Payload set(String name, String value) {
        int index = stream.indexOf(name);
        if (index >= 0 && stream.fields().get(index).type() == FieldType.ENUM) {
            if (!stream.fields().get(index).values().containsKey(value)) {
                throw new IllegalStateException(stream + "." + name + " has no word '" + value + "'");
            }
            values[index] = value;
        } else {
            index = index(name, FieldType.TEXT);
            values[index] = cut(value, stream.fields().get(index));
        }
        return this;
    }

    public Payload set(String name, List<String> items) {
        int index = index(name, FieldType.LIST);
        Field field = stream.fields().get(index);
        int most = field.maxItems() == null ? items.size() : field.maxItems();
        values[index] = items.stream().limit(most).map(item -> cut(item, field)).toList();
        return this;
    }

    private static String cut(String text, Field field) {
        Integer longest = field.maxLength();
        if (longest == null || text.codePointCount(0, text.length()) <= longest) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, longest));
    }

    private int index(String name, FieldType type) {
        int index = stream.indexOf(name);
        if (index < 0 || stream.fields().get(index).type() != type) {
            throw new IllegalStateException(stream + " has no field " + name + " of type " + type.word());
        }
        return index;
    }

    /** The message as JSON, with the given time first and then the fields in declared order. */
    public byte[] json(Instant time) {
        var bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = JSON.createGenerator(tools.jackson.core.ObjectWriteContext.empty(), bytes)) {
            out.writeStartObject();
            out.writeStringProperty("time", RFC_3339.format(time));
            for (int i = 0; i < values.length; i++) {
                Field field = stream.fields().get(i);
                Object value = values[i];
                if (value != null) {
                    out.writeName(field.name());
                    write(out, value);
                } else if (field.required()) {
                    throw new IllegalStateException(stream + " lacks its required field " + field.name());
                }
            }
            out.writeEndObject();
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, Object value) {
        switch (value) {
            case Boolean truth -> out.writeBoolean(truth);
            case Long number -> out.writeNumber(number);
            case Double number -> out.writeNumber(number);
            case List<?> items -> {
                out.writeStartArray();
                items.forEach(item -> out.writeString(String.valueOf(item)));
                out.writeEndArray();
            }
            default -> out.writeString(value.toString());
        }
    }
}
