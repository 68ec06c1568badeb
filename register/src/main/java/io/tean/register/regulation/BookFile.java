package io.tean.register.regulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One file of the book: a list of entries. An entry that cannot be read does not hide what is wrong with the next. */
final class BookFile {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private BookFile() {}

    /** @param place file and line, for what only shows beside other entries */
    record Entry(Regulation regulation, String place) {}

    static void read(String file, String yaml, List<Entry> entries, List<String> problems) {
        JsonNode list;
        Map<String, Integer> lines;
        try {
            list = YAML.readTree(yaml);
            lines = lines(yaml);
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            problems.add(file + ":" + line + ": " + oneLine(e));
            return;
        }
        if (!list.isArray()) {
            problems.add(file + ":1: a list of entries is needed, each beginning with - code:");
            return;
        }
        for (int i = 0; i < list.size(); i++) {
            String entry = "/" + i;
            try {
                List<String> found = new ArrayList<>();
                EntryText text = YAML.treeToValue(list.get(i), EntryText.class);
                String place = file + ":" + lines.getOrDefault(entry, 1);
                text.toRegulation(found).ifPresent(r -> entries.add(new Entry(r, place)));
                for (String problem : found) {
                    // The key that the problem begins with, where the entry has it.
                    String key = entry + "/" + problem.substring(0, Math.max(0, problem.indexOf(':')));
                    problems.add(file + ":" + lines.getOrDefault(key, lines.getOrDefault(entry, 1)) + ": "
                            + list.get(i).path("code").asString("entry " + (i + 1)) + ": " + problem);
                }
            } catch (JacksonException e) {
                String path = entry
                        + e.getPath().stream()
                                .map(step -> "/"
                                        + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                                .collect(Collectors.joining());
                problems.add(file + ":" + lines.getOrDefault(path, lines.getOrDefault(entry, 1)) + ": " + oneLine(e));
            }
        }
    }

    /** The line of every key and item, by its JSON pointer: a tree does not remember. */
    private static Map<String, Integer> lines(String yaml) {
        Map<String, Integer> lines = new HashMap<>();
        try (JsonParser keys = YAML.createParser(yaml)) {
            while (keys.nextToken() != null) {
                lines.putIfAbsent(
                        keys.streamReadContext().pathAsPointer().toString(),
                        keys.currentTokenLocation().getLineNr());
            }
        }
        return lines;
    }

    private static String oneLine(JacksonException e) {
        return e instanceof UnrecognizedPropertyException unknown
                ? "unknown key " + unknown.getPropertyName() + ", known are " + unknown.getKnownPropertyIds()
                : e.getOriginalMessage().replaceAll("\\s+", " ");
    }
}
