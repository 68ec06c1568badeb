package io.tean.dashboards.grafana;

import io.tean.core.store.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** A dashboard of Grafana as its file has it. */
record Board(Path file, JsonNode json) {
    static final Path GRAFANA = TestDatabase.repository().resolve("dashboards/grafana");

    /** {@code $name}, {@code ${name}} or {@code ${name:format}}. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)(?::\\w+)?}|(\\w+)(?![\\w(]))");

    static List<Board> all() {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("dashboards"))) {
            return files.sorted()
                    .map(file -> new Board(file, JsonMapper.shared().readTree(text(file))))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode yaml(Path file) {
        return YAMLMapper.shared().readTree(text(file));
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uid() {
        return json.path("uid").asString("");
    }

    /** What has a query: rows are headings. */
    List<Panel> panels() {
        return json.path("panels")
                .valueStream()
                .filter(panel -> !panel.path("type").asString("").equals("row"))
                .map(panel -> new Panel(this, panel))
                .toList();
    }

    Map<String, JsonNode> variables() {
        Map<String, JsonNode> variables = new TreeMap<>();
        json.path("templating")
                .path("list")
                .forEach(variable -> variables.put(variable.path("name").asString(""), variable));
        return variables;
    }

    /** The names of the variables in a text; those with {@code __} are Grafana's own. */
    static List<String> used(String text) {
        return VARIABLE.matcher(text)
                .results()
                .map(Board::name)
                .filter(name -> !name.startsWith("__"))
                .distinct()
                .toList();
    }

    private static String name(java.util.regex.MatchResult found) {
        return found.group(1) == null ? found.group(2) : found.group(1);
    }

    /** Puts values in the place of variables, as Grafana quotes them for SQL. */
    static String filled(String sql, Map<String, List<String>> values) {
        return VARIABLE.matcher(sql).replaceAll(found -> {
            List<String> chosen = values.get(name(found));
            return Matcher.quoteReplacement(
                    chosen == null
                            ? found.group()
                            : String.join(
                                    ",",
                                    chosen.stream()
                                            .map(value -> "'" + value.replace("'", "''") + "'")
                                            .toList()));
        });
    }

    /** One panel. */
    record Panel(Board board, JsonNode json) {
        String title() {
            return json.path("title").asString("");
        }

        String type() {
            return json.path("type").asString("");
        }

        List<JsonNode> targets() {
            return json.path("targets").valueStream().toList();
        }

        @Override
        public String toString() {
            return board.uid() + " / " + title();
        }
    }
}
