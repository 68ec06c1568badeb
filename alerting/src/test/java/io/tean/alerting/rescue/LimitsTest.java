package io.tean.alerting.rescue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LimitsTest {
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static final String GOOD = """
            division: "%s"
            version: 2
            effective: %s
            answer: {level_1: 60s, level_2: 61s, level_3: 62s, source: x, mark: seen}
            arrival: {within: %s, warn_before: 5m, source: x, mark: seen}
            accident: {after: 2h, warn_before: 30m, source: x, mark: seen}
            busy_metres: 0
            fire_brigade: {name: 119, telephone: "119"}
            """;

    @TempDir
    private Path folder;

    @Test
    void the_city_has_limits_by_which_all_levels_are_started_within_five_minutes() {
        Limits.Limit city = Limits.builtIn().of("371302", DAY);
        assertThat(city.answer(1).plus(city.answer(2))).isLessThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(city.arrival()).isEqualTo(Duration.ofMinutes(30));
        assertThat(city.accident()).isEqualTo(Duration.ofHours(2));
        assertThat(city.fireTelephone()).isEqualTo("119");
    }

    @ParameterizedTest
    @CsvSource({
        "371302, 2026-11-22, 60",
        "371302, 2026-11-21, 45",
        "371399, 2026-11-22, 45",
        "990000, 2026-11-22, 30",
        "'', 2026-11-22, 30"
    })
    void the_longest_prefix_that_is_in_force_counts(String division, LocalDate day, long minutes) throws IOException {
        write("city.yaml", GOOD.formatted("3713", "2020-01-01", "45m"));
        write("district.yaml", GOOD.formatted("371302", "2026-11-22", "60m"));
        assertThat(Limits.load(List.of(folder)).of(division, day).arrival()).isEqualTo(Duration.ofMinutes(minutes));
    }

    @Test
    void limits_of_the_site_count_before_those_of_the_same_day_that_tean_brings_along() throws IOException {
        write("city.yaml", GOOD.formatted("", "2026-11-22", "45m"));
        assertThat(Limits.load(List.of(folder)).of("990000", DAY).arrival()).isEqualTo(Duration.ofMinutes(45));
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            'level_2: 61s',     'level_2: soon',    ':4:'
            'level_2: 61s',     'level_2: 1s',      'is not from 10s to 1d'
            'level_2: 61s, ',   '',                 ':4:9: answer/level_2 is missing'
            '45m',              '4m',               'less than 4m'
            'busy_metres: 0',   'busy_metres: -1',  ':7:14: busy_metres is -1'
            'version: 2',       'versoin: 2',       'unknown key versoin'
            '"3713"',           '"Linyi"',          'not the first digits'
            'mark: seen',       'mark: heard',      ':4:'
            """)
    void what_is_wrong_is_told_with_its_file_and_line(String good, String bad, String told) throws IOException {
        Path file =
                write("bad.yaml", GOOD.formatted("3713", "2026-11-22", "45m").replace(good, bad));
        assertThatThrownBy(() -> Limits.load(List.of(folder)))
                .isInstanceOf(LimitsException.class)
                .hasMessageStartingWith(file.toString() + ":")
                .hasMessageContaining(told);
    }

    @Test
    void two_files_of_one_division_and_day_are_refused() throws IOException {
        write("a.yaml", GOOD.formatted("3713", "2026-11-22", "45m"));
        write("b.yaml", GOOD.formatted("3713", "2026-11-22", "50m"));
        assertThatThrownBy(() -> Limits.load(List.of(folder))).hasMessageContaining("keep one of the two");
    }

    @Test
    void a_folder_that_is_not_there_is_refused() {
        assertThatThrownBy(() -> Limits.load(List.of(folder.resolve("none"))))
                .hasMessageContaining("cannot read the folder of rescue limits");
    }

    private Path write(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml);
    }
}
