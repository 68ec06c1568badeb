package io.tean.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Whether the files of the dashboards are whole and fit what Grafana is provisioned with. */
class BoardsTest {
    /** Of Grafana's list of units (valueFormats/categories.ts), those that we use. */
    private static final Set<String> UNITS = Set.of(
            "none",
            "short",
            "percent",
            "percentunit",
            "bytes",
            "cps",
            "s",
            "m",
            "d",
            "masskg",
            "lengthmm",
            "celsius",
            "velocityms",
            "dateTimeAsIso",
            "suffix: MPa");

    private static final Pattern CHINESE = Pattern.compile("\\p{IsHan}");
    private static final Pattern ENGLISH = Pattern.compile("[A-Za-z]{2,}");
    private static final Pattern METER = Pattern.compile("\\b(?:tean|jvm|process)_\\w+");

    static List<Board> boards() {
        return Board.all();
    }

    static Stream<Board.Panel> panels() {
        return boards().stream().flatMap(board -> board.panels().stream());
    }

    /** People keep links to them: a uid may be added, never changed. */
    @Test
    void uids_stay_what_they_are() {
        assertThat(boards().stream().map(Board::uid))
                .containsExactly(
                        "tean-city",
                        "tean-health",
                        "tean-inspection",
                        "tean-machine",
                        "tean-maintenance",
                        "tean-rescue");
        assertThat(boards()).allMatch(board -> board.file().endsWith(board.uid() + ".json"));
    }

    @Test
    void titles_are_each_another() {
        assertThat(boards().stream().map(board -> board.json().path("title").asString("")))
                .doesNotHaveDuplicates()
                .allMatch(BoardsTest::isInBothLanguages);
    }

    @ParameterizedTest
    @MethodSource("boards")
    void a_board_says_what_it_is_and_which_schema_it_has(Board board) {
        assertThat(board.json().path("description").asString("")).matches(BoardsTest::isInBothLanguages);
        assertThat(board.json().path("schemaVersion").asInt(0)).isBetween(36, 42);
        assertThat(board.json().path("timezone").asString("")).isEqualTo("Asia/Shanghai");
        assertThat(board.json().path("id").isNull()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("boards")
    void ids_are_unique_and_no_panel_covers_another(Board board) {
        List<JsonNode> all = board.json().path("panels").valueStream().toList();
        assertThat(all.stream().map(panel -> panel.path("id").asInt(0)))
                .doesNotHaveDuplicates()
                .allMatch(id -> id > 0);
        Set<String> cells = new HashSet<>();
        for (JsonNode panel : all) {
            JsonNode at = panel.path("gridPos");
            assertThat(at.path("x").asInt() + at.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = at.path("x").asInt();
                    x < at.path("x").asInt() + at.path("w").asInt();
                    x++) {
                for (int y = at.path("y").asInt();
                        y < at.path("y").asInt() + at.path("h").asInt();
                        y++) {
                    assertThat(cells.add(x + "/" + y))
                            .as(panel.path("title").asString())
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("panels")
    void a_panel_has_a_title_a_description_and_a_unit(Board.Panel panel) {
        assertThat(panel.title()).matches(BoardsTest::isInBothLanguages);
        assertThat(panel.json().path("description").asString("")).matches(BoardsTest::isInBothLanguages);
        assertThat(UNITS)
                .contains(panel.json()
                        .path("fieldConfig")
                        .path("defaults")
                        .path("unit")
                        .asString(""));
    }

    @ParameterizedTest
    @MethodSource("panels")
    void a_unit_of_one_column_is_of_a_column_that_the_query_gives(Board.Panel panel) {
        String queries = panel.targets().toString().replace("\\\"", "\"");
        for (JsonNode override : panel.json().path("fieldConfig").path("overrides")) {
            assertThat(queries)
                    .contains("AS \"" + override.path("matcher").path("options").asString() + "\"");
            override.path("properties")
                    .forEach(property ->
                            assertThat(UNITS).contains(property.path("value").asString("")));
        }
    }

    @ParameterizedTest
    @MethodSource("panels")
    void a_panel_asks_a_source_that_is_provisioned(Board.Panel panel) {
        Map<String, String> sources = sources();
        assertThat(panel.targets()).isNotEmpty();
        assertThat(panel.targets().stream().map(target -> target.path("refId").asString("")))
                .doesNotHaveDuplicates()
                .doesNotContain("");
        List<JsonNode> asked = new ArrayList<>(panel.targets());
        asked.add(panel.json());
        for (JsonNode one : asked) {
            JsonNode source = one.path("datasource");
            assertThat(sources)
                    .containsEntry(
                            source.path("uid").asString(""), source.path("type").asString(""));
        }
    }

    @ParameterizedTest
    @MethodSource("boards")
    void each_variable_is_defined_and_used(Board board) {
        Map<String, JsonNode> defined = board.variables();
        Set<String> used = new HashSet<>(Board.used(board.json().path("panels").toString()));
        defined.values()
                .forEach(variable ->
                        used.addAll(Board.used(variable.path("query").asString(""))));
        assertThat(used).isEqualTo(defined.keySet());
        for (JsonNode variable : defined.values()) {
            assertThat(variable.path("label").asString("")).matches(BoardsTest::isInBothLanguages);
            assertThat(sources())
                    .containsKey(variable.path("datasource").path("uid").asString(""));
        }
    }

    @ParameterizedTest
    @MethodSource("panels")
    void only_meters_that_exist_are_asked_for(Board.Panel panel) {
        Set<String> meters = meters();
        assertThat(meters).contains("tean_ingest_stored_total", "tean_ingest_commit_seconds_max", "tean_audit_lag");
        for (JsonNode target : panel.targets()) {
            String expression = target.path("expr").asString("");
            if (target.path("datasource").path("type").asString("").equals("prometheus")) {
                List<String> named = METER.matcher(expression)
                        .results()
                        .map(java.util.regex.MatchResult::group)
                        .toList();
                assertThat(named).as(expression).isNotEmpty();
                assertThat(meters).containsAll(named);
            }
        }
    }

    private static boolean isInBothLanguages(String text) {
        return CHINESE.matcher(text).find() && ENGLISH.matcher(text).find();
    }

    /** Type by uid. */
    private static Map<String, String> sources() {
        Map<String, String> sources = new HashMap<>();
        Board.yaml(Board.GRAFANA.resolve("provisioning/datasources/tean.yaml"))
                .path("datasources")
                .forEach(source -> sources.put(
                        source.path("uid").asString(), source.path("type").asString()));
        return sources;
    }

    /** As Prometheus reads them, from the page that is derived from their declarations. */
    private static Set<String> meters() {
        String page = Board.text(TestDatabase.repository().resolve("docs/meters.md"));
        return Pattern.compile("(?m)^\\| `([a-z.]+)` \\| (\\w+) \\|")
                .matcher(page)
                .results()
                .flatMap(row -> {
                    String name = row.group(1).replace('.', '_');
                    return switch (row.group(2)) {
                        case "counter" -> Stream.of(name + "_total");
                        case "timer" ->
                            Stream.of(name + "_seconds_sum", name + "_seconds_count", name + "_seconds_max");
                        case "summary" -> Stream.of(name + "_sum", name + "_count", name + "_max");
                        default -> Stream.of(name);
                    };
                })
                .collect(Collectors.toSet());
    }
}
