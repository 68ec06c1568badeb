package io.tean.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.health.HealthCheck.Health;
import io.tean.core.store.Schema;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.figures.Counted;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Every query of every dashboard, asked by Grafana's role of a city that has something to say to each. */
class PanelSqlIT {
    private static final OpenHouse HOUSE = OpenHouse.open();

    @BeforeAll
    static void fill() {
        TestDatabase database = HOUSE.database();
        new Schema(database.settingsWithReader().db(), StreamCatalogue.builtIn()).migrate();
        GrafanaCity.moveInto(HOUSE);
    }

    @AfterAll
    static void close() {
        HOUSE.close();
    }

    static Stream<Board.Panel> panels() {
        return Board.all().stream()
                .flatMap(board -> board.panels().stream())
                .filter(panel -> !sql(panel).isEmpty());
    }

    static Stream<JsonNode> variables() {
        return Board.all().stream().flatMap(board -> board.variables().values().stream());
    }

    @ParameterizedTest
    @MethodSource("panels")
    void a_panel_has_an_answer(Board.Panel panel) throws SQLException {
        for (JsonNode target : sql(panel)) {
            List<Answer> answers = new ArrayList<>();
            for (Map<String, List<String>> values : choices(panel.board())) {
                answers.add(ask(Board.filled(target.path("rawSql").asString(), values)));
            }
            assertThat(answers).anySatisfy(answer -> {
                assertThat(answer.rows()).isNotEmpty();
                assertThat(answer.rows()).noneMatch(row -> row.values().stream().allMatch(value -> value == null));
            });
            if (target.path("format").asString("").equals("time_series")) {
                answers.forEach(PanelSqlIT::requireTimeSeries);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("variables")
    void a_variable_has_values(JsonNode variable) throws SQLException {
        assertThat(values(variable)).isNotEmpty().doesNotContain("null").doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource(
            value = Counted.class,
            names = {"ENTRAPMENT", "ARRIVAL_DUE", "ARRIVED_IN_30", "ANSWER_DUE", "ANSWERED_IN_3", "ACCIDENT"})
    void cases_are_counted_as_on_the_page_of_figures(Counted counted) {
        TestDatabase database = HOUSE.database();
        String column = counted.name().toLowerCase(java.util.Locale.ROOT);
        assertThat(database.text(
                        "SELECT string_agg(case_id::text, ',' ORDER BY case_id) FROM grafana.rescue_case WHERE "
                                + column))
                .isEqualTo(database.text("""
                        SELECT string_agg(k.case_id::text, ',' ORDER BY k.case_id)
                        FROM rescue_case k LEFT JOIN equipment e ON e.equipment_id = k.equipment_id WHERE
                        """ + counted.condition("k", "tean_now()")));
    }

    @Test
    void rates_are_those_of_the_page() {
        TestDatabase database = HOUSE.database();
        assertThat(database.text("""
                SELECT string_agg(rate || ' ' || base || ' ' || fulfilled, ', ' ORDER BY rate)
                FROM (SELECT rate, sum(base) AS base, sum(fulfilled) AS fulfilled
                      FROM grafana.inspection('2026-03-01T00:00:00+08', '2026-04-20T23:00:00+08') GROUP BY 1) r""")).isEqualTo(database.text("""
                        SELECT 'periodic ' || (SELECT sum(base) || ' ' || sum(fulfilled) FROM periodic_inspection_counts('2026-04-20'))
                            || ', submitted ' || (SELECT sum(base) || ' ' || sum(fulfilled)
                                                  FROM submitted_inspection_counts('2026-03-01', '2026-04-20'))"""));
    }

    @Test
    void a_trend_over_years_has_at_most_sixty_one_days() {
        assertThat(HOUSE.database().number("SELECT count(*) FROM grafana.days('2000-01-01', now())"))
                .isBetween(55L, 61L);
        assertThat(
                        HOUSE.database()
                                .number(
                                        "SELECT count(*) FROM grafana.days(now() - interval '6 days', now() + interval '9 days')"))
                .isEqualTo(7);
    }

    /** The command of compose.yaml, at this house's port: of a service that is well, and of one that is not. */
    @Test
    void the_health_check_of_compose_tells_a_service_that_is_well() throws Exception {
        JsonNode test =
                Board.yaml(TestDatabase.repository().resolve("compose.yaml")).at("/services/tean/healthcheck/test");
        String command = test.path(3)
                .asString()
                .replace("/8080", "/" + HOUSE.address("/").getPort());
        assertThat(new ProcessBuilder("bash", "-c", command).start().waitFor()).isZero();
        HOUSE.health(new Health("database", false, "away"));
        try {
            assertThat(new ProcessBuilder("bash", "-c", command).start().waitFor())
                    .isNotZero();
        } finally {
            HOUSE.health(new Health("database", true, "answers"));
        }
    }

    private record Answer(List<String> columns, List<Map<String, Object>> rows) {}

    private static void requireTimeSeries(Answer answer) {
        assertThat(answer.columns()).contains("time");
        List<Instant> times = answer.rows().stream()
                .map(row -> (OffsetDateTime) Objects.requireNonNull(row.get("time")))
                .map(OffsetDateTime::toInstant)
                .toList();
        assertThat(times).isSorted();
        assertThat(answer.rows())
                .allMatch(row -> row.values().stream().anyMatch(Number.class::isInstance) || row.containsValue(null));
    }

    private static List<JsonNode> sql(Board.Panel panel) {
        return panel.targets().stream()
                .filter(target ->
                        target.path("datasource").path("type").asString("").equals("postgres"))
                .toList();
    }

    /** All values where several may be chosen, and each value for itself where one is. */
    private static List<Map<String, List<String>>> choices(Board board) throws SQLException {
        List<Map<String, List<String>>> choices = new ArrayList<>(List.of(Map.of()));
        for (Map.Entry<String, JsonNode> variable : board.variables().entrySet()) {
            List<String> values = values(variable.getValue());
            List<List<String>> picks = variable.getValue().path("multi").asBoolean(false)
                    ? List.of(values)
                    : values.stream().map(List::of).toList();
            List<Map<String, List<String>>> more = new ArrayList<>();
            for (Map<String, List<String>> chosen : choices) {
                for (List<String> pick : picks) {
                    Map<String, List<String>> with = new HashMap<>(chosen);
                    with.put(variable.getKey(), pick);
                    more.add(with);
                }
            }
            choices = more;
        }
        return choices;
    }

    private static List<String> values(JsonNode variable) throws SQLException {
        Answer answer = ask(variable.path("query").asString());
        String column = answer.columns().contains("__value")
                ? "__value"
                : answer.columns().getFirst();
        return answer.rows().stream()
                .map(row -> String.valueOf(row.get(column)))
                .toList();
    }

    private static Macros macros() {
        return new Macros(Instant.parse("2025-01-01T00:00:00Z"), Instant.now().plus(Duration.ofHours(1)), "1d");
    }

    private static Answer ask(String sql) throws SQLException {
        try (Connection connection = HOUSE.database().readerConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(macros().expand(sql))) {
            List<String> columns = new ArrayList<>();
            for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                columns.add(row.getMetaData().getColumnLabel(i));
            }
            List<Map<String, Object>> rows = new ArrayList<>();
            while (row.next()) {
                Map<String, Object> values = new HashMap<>();
                for (String column : columns) {
                    boolean moment = row.getMetaData()
                            .getColumnTypeName(columns.indexOf(column) + 1)
                            .equals("timestamptz");
                    values.put(column, moment ? row.getObject(column, OffsetDateTime.class) : row.getObject(column));
                }
                rows.add(values);
            }
            return new Answer(columns, rows);
        }
    }
}
