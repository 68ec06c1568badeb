package io.tean.simulators.city;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What was planted, one JSON object a line, each fact once. */
final class Truth implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();

    private final BufferedWriter out;

    Truth(Path file) throws IOException {
        this.out = Files.newBufferedWriter(file);
    }

    /** @param facts names and values by turns; a value is a number or written as its text */
    void tell(String kind, Object... facts) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            json.writeStartObject();
            json.writeStringProperty("kind", kind);
            for (int i = 0; i < facts.length; i += 2) {
                json.writeName(facts[i].toString());
                switch (facts[i + 1]) {
                    case Integer number -> json.writeNumber(number);
                    case Long number -> json.writeNumber(number);
                    default -> json.writeString(facts[i + 1].toString());
                }
            }
            json.writeEndObject();
        }
        try {
            out.append(text.getBuffer()).append('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the truth about the city", e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
