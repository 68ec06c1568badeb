package io.tean.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What can be held of {@code compose.yaml} without a Docker engine. */
class ComposeTest {
    private static final Path TOP = TestDatabase.repository();
    private static final String TEXT = Board.text(TOP.resolve("compose.yaml"));
    private static final JsonNode COMPOSE = Board.yaml(TOP.resolve("compose.yaml"));
    /** Runs once and ends. */
    private static final String ONCE = "migrate";

    private static Set<Map.Entry<String, JsonNode>> services() {
        return COMPOSE.path("services").properties();
    }

    @Test
    void it_brings_up_what_belongs_together() {
        assertThat(services().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("timescaledb", ONCE, "tean", "prometheus", "grafana");
    }

    @Test
    void whatever_stays_up_has_a_health_check_and_comes_back() {
        for (Map.Entry<String, JsonNode> service : services()) {
            boolean stays = !service.getKey().equals(ONCE);
            JsonNode check = service.getValue().path("healthcheck");
            assertThat(check.path("test").isArray()).as(service.getKey()).isEqualTo(stays);
            assertThat(service.getValue().path("restart").asString(""))
                    .as(service.getKey())
                    .isEqualTo(stays ? "unless-stopped" : "on-failure:3");
        }
    }

    @Test
    void images_are_pinned() {
        for (Map.Entry<String, JsonNode> service : services()) {
            assertThat(service.getValue().path("image").asString(""))
                    .as(service.getKey())
                    .matches("[a-z]+(/[a-z]+)?:.+")
                    .doesNotContain("latest");
        }
        assertThat(COMPOSE.at("/services/timescaledb/image").asString(""))
                .isEqualTo("timescale/timescaledb:2.19.3-pg17");
    }

    @Test
    void ports_are_open_to_this_machine_alone() {
        List<String> ports = services().stream()
                .flatMap(service -> service.getValue().path("ports").valueStream())
                .map(port -> port.asString(""))
                .toList();
        assertThat(ports).isNotEmpty().allMatch(port -> port.startsWith("127.0.0.1:"));
    }

    @Test
    void no_password_stands_in_it_or_has_a_default() {
        for (Map.Entry<String, JsonNode> service : services()) {
            for (Map.Entry<String, JsonNode> variable :
                    service.getValue().path("environment").properties()) {
                if (variable.getKey().endsWith("PASSWORD")) {
                    assertThat(variable.getValue().asString(""))
                            .as(service.getKey() + " " + variable.getKey())
                            .matches("\\$\\{[A-Z_]+:\\?set it in \\.env}");
                }
            }
        }
    }

    @Test
    void only_migrate_and_the_database_know_the_password_of_the_owner() {
        Set<String> knowing = services().stream()
                .filter(service -> service.getValue().toString().contains("TEAN_DB_OWNER_PASSWORD"))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        assertThat(knowing).containsExactlyInAnyOrder("timescaledb", ONCE);
    }

    @Test
    void its_settings_exist() {
        String settings = Board.text(TOP.resolve("docs/settings.md"));
        Set<String> named = found("\\b(TEAN_[A-Z_]+)\\b", TEXT);
        assertThat(named).contains("TEAN_DB_READER", "TEAN_HTTP_HOST");
        assertThat(named).allMatch(name -> settings.contains("`" + name + "`"));
    }

    @Test
    void the_example_has_what_must_be_set_and_nothing_else() {
        Set<String> wanted = found("\\$\\{([A-Z_]+)", TEXT);
        String example = Board.text(TOP.resolve(".env.example"));
        assertThat(found("(?m)^#?([A-Z_]+)=", example)).isEqualTo(wanted);
        assertThat(found("(?m)^([A-Z_]+)=$", example)).isEqualTo(found("\\$\\{([A-Z_]+):\\?", TEXT));
    }

    @Test
    void what_is_mounted_is_there_and_each_volume_is_declared() {
        Set<String> named = new HashSet<>();
        for (Map.Entry<String, JsonNode> service : services()) {
            for (JsonNode volume : service.getValue().path("volumes")) {
                String source = volume.asString("").split(":", -1)[0];
                if (source.startsWith("./")) {
                    assertThat(Files.exists(TOP.resolve(source))).as(source).isTrue();
                } else {
                    named.add(source);
                }
            }
        }
        assertThat(named).isEqualTo(Set.copyOf(COMPOSE.path("volumes").propertyNames()));
    }

    @Test
    void grafana_is_given_what_its_provisioning_asks_for() {
        String sources = Board.text(Board.GRAFANA.resolve("provisioning/datasources/tean.yaml"));
        Set<String> asked = found("\\$([A-Z_]+)", sources);
        assertThat(asked).hasSizeGreaterThan(4);
        assertThat(COMPOSE.at("/services/grafana/environment").propertyNames()).containsAll(asked);
        JsonNode provider = Board.yaml(Board.GRAFANA.resolve("provisioning/dashboards/tean.yaml"))
                .at("/providers/0/options/path");
        assertThat(COMPOSE.at("/services/grafana/volumes").toString()).contains(":" + provider.asString() + ":ro");
    }

    @Test
    void the_image_of_tean_takes_what_the_build_context_lets_through() {
        Set<String> copied = found("(?m)^COPY (\\S+)", Board.text(TOP.resolve("Dockerfile")));
        Set<String> through = found("(?m)^!(\\S+)", Board.text(TOP.resolve(".dockerignore")));
        assertThat(copied).isNotEmpty().allMatch(path -> through.stream().anyMatch(path::startsWith));
        assertThat(copied.stream().filter(path -> path.startsWith("bin/")))
                .allMatch(path -> Files.exists(TOP.resolve(path)));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
