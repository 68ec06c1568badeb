package io.tean.app.command;

import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.ingest.arrival.Arrival;
import io.tean.ingest.arrival.Row;
import io.tean.ingest.decode.PayloadDecoder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Readings from a file, one JSON object a line, decoded as if a device had sent them.
 *
 * @param codes the equipment codes by the numbers that stand for them in the readings
 * @param facts registered facts, of those lines that bring some
 */
record ReadingsFile(List<Reading> readings, Map<Integer, String> codes, Map<Reading, Map<String, Object>> facts) {
    private static final JsonMapper JSON = new JsonMapper();
    /** Any time will do: nothing is stored. */
    private static final long CENTURY_MICROS = Duration.ofDays(36_500).toMillis() * 1_000;

    private static final PayloadDecoder.DecodeCounts NO_COUNTS = new PayloadDecoder.DecodeCounts() {
        @Override
        public void unknownField() {}

        @Override
        public void late() {}
    };

    /** @throws CommandException naming file, line and what is wrong with it */
    static ReadingsFile read(Path file, StreamCatalogue streams) throws IOException {
        ReadingsFile all = new ReadingsFile(new ArrayList<>(), new HashMap<>(), new HashMap<>());
        Map<String, Integer> numbers = new HashMap<>();
        PayloadDecoder decoder =
                new PayloadDecoder(new PayloadDecoder.TimeWindow(CENTURY_MICROS, CENTURY_MICROS), 1, NO_COUNTS);
        try (BufferedReader lines = file.toString().equals("-")
                ? new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
                : Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                if (!line.isBlank()) {
                    all.add(line, file + ":" + number, streams, decoder, numbers);
                }
            }
        }
        if (all.readings.isEmpty()) {
            throw new CommandException(file + ": no reading in it");
        }
        return all;
    }

    private void add(
            String line, String place, StreamCatalogue streams, PayloadDecoder decoder, Map<String, Integer> numbers) {
        ObjectNode payload;
        try {
            JsonNode node = JSON.readTree(line);
            if (!(node instanceof ObjectNode object)) {
                throw new CommandException(place + ": not a JSON object");
            }
            payload = object;
        } catch (JacksonException e) {
            throw new CommandException(place + ": not JSON: " + e.getOriginalMessage());
        }
        String code = text(payload.remove("equipment"), "1");
        String name = text(payload.remove("stream"), "");
        JsonNode known = payload.remove("facts");
        StreamDeclaration stream = streams.stream(name)
                .orElseThrow(() -> new CommandException(place + ": stream '" + name + "' is not declared, known are "
                        + streams.all().stream().map(StreamDeclaration::name).toList()));
        int id = numbers.computeIfAbsent(code, c -> numbers.size() + 1);
        codes.put(id, code);
        Arrival arrival = new Arrival(
                settled -> {
                    // Nobody waits for it.
                },
                "file",
                code,
                name,
                payload.toString().getBytes(StandardCharsets.UTF_8),
                0,
                Arrival.micros(Instant.now()),
                0);
        decoder.decode(arrival, stream, id);
        if (!arrival.deadLetters().isEmpty()) {
            throw new CommandException(
                    place + ": " + arrival.deadLetters().getFirst().detail());
        }
        for (Row row : arrival.rows()) {
            readings.add(row.reading());
            if (known != null) {
                Map<String, Object> values = new HashMap<>();
                known.properties().forEach(e -> values.put(e.getKey(), value(e.getValue())));
                facts.put(row.reading(), values);
            }
        }
    }

    private static String text(@org.jspecify.annotations.Nullable JsonNode node, String otherwise) {
        return node == null || !node.isString() ? otherwise : node.asString();
    }

    private static Object value(JsonNode node) {
        return node.isBoolean() ? node.asBoolean() : node.isNumber() ? node.asDouble() : node.asString();
    }

    Map<String, Object> facts(Reading reading) {
        return facts.getOrDefault(reading, Map.of());
    }

    Instant last() {
        return readings.stream().map(Reading::time).max(Instant::compareTo).orElseThrow();
    }
}
