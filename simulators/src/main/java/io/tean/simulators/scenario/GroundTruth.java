package io.tean.simulators.scenario;

import io.tean.simulators.machine.Sign;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The file that says what really happened: one JSON line for each fault, written when it ends or when the run does (then
 * {@code ended} is null). {@code expected} lists by what it showed itself, each with the time of the first reading.
 */
public final class GroundTruth implements Closeable {
    private static final JsonFactory JSON = new JsonFactory();
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXXX");

    private final @Nullable BufferedWriter file;

    private GroundTruth(@Nullable BufferedWriter file) {
        this.file = file;
    }

    /** Truth that nobody asked for. */
    public static GroundTruth untold() {
        return new GroundTruth(null);
    }

    /** A new file; one that is there already is replaced. */
    public static GroundTruth in(Path path) throws IOException {
        return new GroundTruth(Files.newBufferedWriter(path));
    }

    public void tell(ScheduledFault fault, Optional<Instant> ended, List<Sign> signs) {
        if (file == null) {
            return;
        }
        try {
            file.write(line(fault, ended, signs));
            file.newLine();
            file.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the ground truth", e);
        }
    }

    static String line(ScheduledFault fault, Optional<Instant> ended, List<Sign> signs) {
        var text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
            out.writeStartObject();
            out.writeStringProperty("fault", fault.fault().word());
            out.writeStringProperty("equipment_code", fault.equipmentCode());
            out.writeStringProperty("began", time(fault.begins()));
            out.writeName("ended");
            if (ended.isPresent()) {
                out.writeString(time(ended.get()));
            } else {
                out.writeNull();
            }
            out.writeName("expected");
            out.writeStartArray();
            for (Sign sign : signs) {
                out.writeStartObject();
                out.writeStringProperty("stream", sign.stream());
                out.writeStringProperty("field", sign.field());
                out.writeName("value");
                switch (sign.value()) {
                    case Boolean truth -> out.writeBoolean(truth);
                    case Integer number -> out.writeNumber(number);
                    default -> out.writeString(sign.value().toString());
                }
                out.writeStringProperty("first", time(sign.first()));
                out.writeEndObject();
            }
            out.writeEndArray();
            out.writeEndObject();
        }
        return text.toString();
    }

    private static String time(Instant instant) {
        return TIME.format(OffsetDateTime.ofInstant(instant, ZoneOffset.ofHours(8)));
    }

    @Override
    public void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
