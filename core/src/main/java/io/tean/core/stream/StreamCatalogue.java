package io.tean.core.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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

/** All declared streams by name: those that Tean brings along, and those of a folder that a site adds. */
public final class StreamCatalogue {
    private static final String FOLDER = "io/tean/core/stream/streams/";

    private static final YAMLMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, StreamDeclaration> streams;

    private StreamCatalogue(Map<String, StreamDeclaration> streams) {
        this.streams = Collections.unmodifiableMap(streams);
    }

    /** The streams that Tean brings along. */
    public static StreamCatalogue builtIn() {
        return load(List.of());
    }

    /**
     * The streams that Tean brings along and those in the YAML files of the given folders.
     *
     * @throws IllegalArgumentException naming every problem of every file, one a line, with file, line and column
     */
    public static StreamCatalogue load(Collection<Path> folders) {
        Map<String, StreamDeclaration> streams = new TreeMap<>();
        List<String> problems = new ArrayList<>();
        ResourceFolder.files(FOLDER, ".yaml").forEach((name, yaml) -> read(name, yaml, streams, problems));
        for (Path folder : folders) {
            try (var files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    read(file.toString(), Files.readString(file), streams, problems);
                }
            } catch (IOException e) {
                problems.add(folder + ": cannot read the folder of stream declarations: " + e);
            }
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
        return new StreamCatalogue(streams);
    }

    private static void read(String file, String yaml, Map<String, StreamDeclaration> streams, List<String> problems) {
        try {
            StreamDeclaration stream = new StreamDeclaration(YAML.readValue(yaml, StreamDeclaration.Text.class));
            if (streams.putIfAbsent(stream.name(), stream) != null) {
                problems.add(file + ": stream " + stream.name() + " is declared already; give this one another name");
            }
        } catch (JacksonException e) {
            TokenStreamLocation at = place(yaml, e);
            String place = at == null ? file : file + ":" + at.getLineNr() + ":" + at.getColumnNr();
            String problem = e instanceof UnrecognizedPropertyException unknown
                    ? "unknown key " + unknown.getPropertyName() + ", known are " + unknown.getKnownPropertyIds()
                    : e.getOriginalMessage().replaceAll("\\s+", " ");
            problems.add(place + ": " + problem);
        } catch (IllegalArgumentException e) {
            problems.add(file + ": " + e.getMessage());
        }
    }

    /** Jackson complains of an unknown key only when it has read on and does not know the place any more: the path leads there. */
    private static @Nullable TokenStreamLocation place(String yaml, JacksonException e) {
        TokenStreamLocation at = e.getLocation();
        if (at != null && at.getLineNr() > 0) {
            return at;
        }
        String path = e.getPath().stream()
                .map(step -> "/" + (step.getPropertyName() == null ? step.getIndex() : step.getPropertyName()))
                .collect(Collectors.joining());
        try (JsonParser keys = YAML.createParser(yaml)) {
            while (keys.nextToken() != null) {
                if (keys.streamReadContext().pathAsPointer().toString().equals(path)) {
                    return keys.currentTokenLocation();
                }
            }
        }
        return null;
    }

    public Optional<StreamDeclaration> stream(String name) {
        return Optional.ofNullable(streams.get(name));
    }

    /** In the order of their names. */
    public Collection<StreamDeclaration> all() {
        return streams.values();
    }
}
