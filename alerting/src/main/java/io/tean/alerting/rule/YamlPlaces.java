package io.tean.alerting.rule;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads one YAML file that people write; every problem gets its place. */
public final class YamlPlaces {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final List<String> problems;
    private final int before;
    private final Map<String, TokenStreamLocation> places = new HashMap<>();

    /** @param problems gets one line for each, as file:line:column: message */
    public YamlPlaces(String file, List<String> problems) {
        this.file = file;
        this.problems = problems;
        this.before = problems.size();
    }

    /** Whether no problem of this file was told so far. */
    public boolean isGood() {
        return problems.size() == before;
    }

    /** The text as a record; none when it is no YAML or has other keys. */
    public <T> Optional<T> read(String yaml, Class<T> type) {
        try {
            findPlaces(yaml);
            return Optional.of(YAML.readValue(yaml, type));
        } catch (JacksonException e) {
            String path = e.getPath().stream()
                    .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                    .collect(Collectors.joining());
            // What is no YAML at all has no path.
            TokenStreamLocation at = path.isEmpty() ? e.getLocation() : places.getOrDefault(path, e.getLocation());
            problem(
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr(),
                    e instanceof UnrecognizedPropertyException unknown
                            ? "unknown key " + unknown.getPropertyName() + ", known are "
                                    + unknown.getKnownPropertyIds()
                            : e.getOriginalMessage().replaceAll("\\s+", " "));
            return Optional.empty();
        }
    }

    /** Where a value begins. */
    Optional<TokenStreamLocation> of(String path) {
        return Optional.ofNullable(places.get(path));
    }

    /** @param path of the value, as a JSON pointer such as /mark; what is missing is told at what it is missing in */
    public void problem(String path, String message) {
        String known = path;
        while (!known.isEmpty() && !places.containsKey(known)) {
            known = known.substring(0, Math.max(0, known.lastIndexOf('/')));
        }
        TokenStreamLocation at = places.get(known);
        problem(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), message);
    }

    void problem(int line, int column, String message) {
        problems.add(file + ":" + line + ":" + column + ": " + message);
    }

    /** Where the value of every key and item begins, by its JSON pointer. */
    private void findPlaces(String yaml) {
        try (JsonParser tokens = YAML.createParser(yaml)) {
            while (tokens.nextToken() != null) {
                // Of a key the value comes last, and its place counts.
                if (!tokens.currentToken().isStructEnd()) {
                    places.put(tokens.streamReadContext().pathAsPointer().toString(), tokens.currentTokenLocation());
                }
            }
        }
    }
}
