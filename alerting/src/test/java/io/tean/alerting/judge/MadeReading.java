package io.tean.alerting.judge;

import io.tean.core.reading.Reading;
import io.tean.core.settings.Durations;
import io.tean.core.stream.Field;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.TupleEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Readings as a test or an example writes them down. */
final class MadeReading {
    static final StreamCatalogue STREAMS = StreamCatalogue.builtIn();
    static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    private MadeReading() {}

    /** @param text at (a duration such as 30s after the start), stream, and fields */
    static Reading of(int machine, Map<String, Object> text) {
        Object stream = text.get("stream");
        StreamDeclaration declared = STREAMS.stream(String.valueOf(stream))
                .orElseThrow(() -> new IllegalArgumentException("no stream " + stream));
        TupleEncoder encoder = new TupleEncoder();
        encoder.clear();
        text.forEach((name, value) -> {
            if (!name.equals("at") && !name.equals("stream")) {
                set(encoder, declared, name, value);
            }
        });
        for (Field field : declared.fields()) {
            if (field.required() && !encoder.has(declared.indexOf(field.name()))) {
                throw new IllegalArgumentException(declared + " needs " + field.name() + ": " + text);
            }
        }
        Instant time = START.plus(Durations.read(String.valueOf(text.get("at"))));
        return new Reading(declared, encoder.finish(declared, machine, WindowRows.micros(time)));
    }

    private static void set(TupleEncoder encoder, StreamDeclaration stream, String name, Object value) {
        int index = stream.indexOf(name);
        Field field =
                stream.field(name).orElseThrow(() -> new IllegalArgumentException(stream + " has no field " + name));
        switch (field.type()) {
            case BOOL -> encoder.bool(index, (Boolean) value);
            case INT -> encoder.integer(index, ((Number) value).longValue());
            case REAL -> encoder.real(index, ((Number) value).doubleValue());
            case ENUM, TEXT -> {
                String word = String.valueOf(value);
                if (!field.values().isEmpty() && !field.values().containsKey(word)) {
                    throw new IllegalArgumentException(name + " has no value " + word);
                }
                encoder.text(index, word.getBytes(StandardCharsets.UTF_8));
            }
            case LIST ->
                encoder.list(
                        index, ((List<?>) value).stream().map(String::valueOf).toList());
        }
    }
}
