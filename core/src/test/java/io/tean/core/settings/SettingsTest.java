package io.tean.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final String URL = "jdbc:postgresql://127.0.0.1:5432/tean";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>(Map.of("TEAN_DB_URL", URL));

    @Test
    void the_address_of_the_database_is_all_that_is_needed() {
        TeanSettings settings = read();
        assertThat(settings.db().url()).isEqualTo(URL);
        assertThat(settings.db().user()).isEqualTo("tean_app");
        assertThat(settings.mqtt().port()).isEqualTo(1883);
        assertThat(settings.ingest().maxAge()).isEqualTo(Duration.ofDays(8));
        assertThat(settings.streams().folders()).isEmpty();
    }

    @Test
    void a_missing_setting_is_named_with_the_ways_to_set_it() {
        environment.clear();
        assertThat(problems())
                .containsExactly("TEAN_DB_URL is missing: set it in the environment or as tean.db.url"
                        + " in the file that TEAN_CONFIG names");
    }

    @Test
    void values_out_of_range_are_reported_all_at_once() {
        environment.put("TEAN_MQTT_PORT", "65536");
        environment.put("TEAN_INGEST_LANES", "0");
        environment.put("TEAN_PUBLIC_URL", "ftp://example.org");
        environment.put("TEAN_DB_URL", "jdbc:mysql://127.0.0.1/tean");
        assertThat(problems())
                .containsExactlyInAnyOrder(
                        "TEAN_MQTT_PORT is 65536: it must lie between 0 and 65535",
                        "TEAN_INGEST_LANES is 0: it must lie between 1 and 64",
                        "TEAN_PUBLIC_URL is 'ftp://example.org': it must begin with http:// or https://",
                        "TEAN_DB_URL must begin with jdbc:postgresql:");
    }

    @Test
    void values_of_the_wrong_kind_are_reported_all_at_once() {
        environment.put("TEAN_MQTT_PORT", "many");
        environment.put("TEAN_INGEST_BATCH_AGE", "soon");
        environment.remove("TEAN_DB_URL");
        assertThat(problems())
                .hasSize(3)
                .anySatisfy(p -> assertThat(p).contains("many"))
                .anySatisfy(p -> assertThat(p).contains("'soon' is not a duration"))
                .anySatisfy(p -> assertThat(p).startsWith("TEAN_DB_URL is missing"));
    }

    @Test
    void what_is_missing_what_is_unreadable_and_what_is_out_of_range_stand_side_by_side() {
        environment.remove("TEAN_DB_URL");
        environment.put("TEAN_INGEST_BATCH_AGE", "5x");
        environment.put("TEAN_MQTT_MAX_KEEP_ALIVE", "100h");
        assertThat(problems())
                .hasSize(3)
                .anyMatch(p -> p.startsWith("TEAN_DB_URL is missing"))
                .contains("TEAN_INGEST_BATCH_AGE is '5x': '5x' is not a duration such as 20ms, 10s, 5m, 8h or 8d")
                .contains("TEAN_MQTT_MAX_KEEP_ALIVE is 100h: it must lie between 1 and 43000 seconds");
    }

    @Test
    void a_misspelt_variable_is_not_passed_over() {
        environment.put("TEAN_MQTT_PROT", "1884");
        environment.put("TEAN_LOG_LEVEL", "DEBUG");
        assertThat(problems())
                .containsExactly("there is no setting TEAN_MQTT_PROT; docs/settings.md lists all of them");
    }

    @Test
    void the_environment_goes_before_the_file() throws IOException {
        file("tean.mqtt.port=2883\ntean.mqtt.receive-maximum=7\n");
        environment.put("TEAN_MQTT_PORT", "3883");
        assertThat(read().mqtt().port()).isEqualTo(3883);
        assertThat(read().mqtt().receiveMaximum()).isEqualTo(7);
    }

    @Test
    void an_unknown_key_in_the_file_is_reported_together_with_the_other_problems() throws IOException {
        file("tean.mqtt.prot=2883\ntean.ingest.lanes=99\n");
        assertThat(problems())
                .hasSize(2)
                .anySatisfy(p -> assertThat(p).contains("there is no setting tean.mqtt.prot"))
                .anySatisfy(p -> assertThat(p).startsWith("TEAN_INGEST_LANES is 99"));
    }

    @Test
    void a_file_that_cannot_be_read_is_named() {
        environment.put("TEAN_CONFIG", folder.resolve("nowhere.properties").toString());
        assertThat(problems()).singleElement().asString().contains("nowhere.properties");
    }

    @Test
    void folders_of_streams_are_separated_by_commas() {
        environment.put("TEAN_STREAMS_FOLDERS", "/a,/b");
        assertThat(read().streams().folders()).contains(List.of(Path.of("/a"), Path.of("/b")));
    }

    @Test
    void the_reference_lists_every_setting_with_its_variable_and_meaning() {
        assertThat(SettingsReference.all())
                .anySatisfy(e -> {
                    assertThat(e.variable()).isEqualTo("TEAN_INGEST_LANES");
                    assertThat(e.path()).isEqualTo("tean.ingest.lanes");
                    assertThat(e.kind()).isEqualTo("whole number");
                    assertThat(e.fallback()).isEqualTo("2");
                    assertThat(e.range()).isEqualTo("1 to 64");
                })
                .allSatisfy(e -> assertThat(e.meaning()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({"20ms,PT0.02S", "10s,PT10S", "5m,PT5M", "8h,PT8H", "8d,PT192H", "' 1s ',PT1S"})
    void a_duration_is_read_as_people_write_it(String text, Duration duration) {
        assertThat(new Durations().convert(text)).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "10", "s", "-1s", "1.5s", "10 s", "PT10S", "1w", "9999999999s", "１s"})
    void what_is_not_a_duration_is_refused(String text) {
        assertThatThrownBy(() -> new Durations().convert(text)).hasMessageContaining("is not a duration");
    }

    private TeanSettings read() {
        return Settings.read(environment);
    }

    private List<String> problems() {
        SettingsException e = catchThrowableOfType(SettingsException.class, () -> Settings.read(environment));
        return e == null ? List.of() : e.problems();
    }

    private void file(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("tean.properties"), text);
        environment.put("TEAN_CONFIG", file.toString());
    }
}
