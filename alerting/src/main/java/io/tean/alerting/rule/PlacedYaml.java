package io.tean.alerting.rule;

import io.tean.core.settings.Durations;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** One YAML file that people write; every problem of it is told with file, line and column. */
public final class PlacedYaml {
    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final String file;
    private final String yaml;
    private final List<String> problems;
    private final int before;
    private final Map<String, TokenStreamLocation> places = new HashMap<>();

    /** @param problems that are told, of this file and of others */
    public PlacedYaml(String file, String yaml, List<String> problems) {
        this.file = file;
        this.yaml = yaml;
        this.problems = problems;
        this.before = problems.size();
    }

    /** Whether no problem of this file was told so far. */
    public boolean isGood() {
        return problems.size() == before;
    }

    /** The content, unless the form is wrong; then that is told. */
    public <T> Optional<T> read(Class<T> type) {
        try {
            findPlaces();
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

    /** Where the value begins that a JSON pointer leads to. */
    Optional<TokenStreamLocation> place(String path) {
        return Optional.ofNullable(places.get(path));
    }

    public Duration duration(String path, @Nullable String text, Duration otherwise) {
        if (text == null) {
            return otherwise;
        }
        try {
            return Durations.read(text);
        } catch (IllegalArgumentException e) {
            problem(path, String.valueOf(e.getMessage()));
            return otherwise;
        }
    }

    /** A word for one of the values, in letters of any case; another one is told. */
    public <E extends Enum<E>> @Nullable E word(String path, @Nullable String word, Class<E> type) {
        for (E value : type.getEnumConstants()) {
            if (word != null && value.name().equals(word.toUpperCase(Locale.ROOT))) {
                return value;
            }
        }
        problem(
                path,
                path.substring(path.lastIndexOf('/') + 1) + " is " + word + ", known are "
                        + Arrays.toString(type.getEnumConstants()));
        return null;
    }

    public void present(String path, @Nullable Object value) {
        if (value == null) {
            problem(path, path.substring(path.lastIndexOf('/') + 1) + " is missing");
        }
    }

    /** @param path a JSON pointer; of what is missing there its nearest parent is named */
    public void problem(String path, String message) {
        String there = path;
        while (!there.isEmpty() && !places.containsKey(there)) {
            there = there.substring(0, there.lastIndexOf('/'));
        }
        TokenStreamLocation at = there.isEmpty() ? null : places.get(there);
        problem(at == null ? 1 : at.getLineNr(), at == null ? 1 : at.getColumnNr(), message);
    }

    void problem(int line, int column, String message) {
        problems.add(file + ":" + line + ":" + column + ": " + message);
    }

    /** Where the value of every key and item begins, by its JSON pointer. */
    private void findPlaces() {
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
