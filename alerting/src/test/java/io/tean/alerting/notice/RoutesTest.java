package io.tean.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.RuleException;
import io.tean.core.alert.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoutesTest {
    private static final String GOOD = """
            route: firm
            version: 2
            effective: 2026-12-01
            source: the site
            mark: derived
            dispatch: firm
            steps:
              - on: [OPENED]
                tell: [OFFICER]
                deadline: 1h
            """;

    @TempDir
    Path folder;

    @Test
    void every_class_and_severity_tells_somebody_at_its_opening() {
        for (String dispatch : RuleCatalogue.DISPATCH_CLASSES) {
            for (Severity severity : Severity.values()) {
                assertThat(Routes.builtIn().steps(dispatch, "OPENED", severity, "x", Duration.ZERO))
                        .describedAs("%s %s", dispatch, severity)
                        .isNotEmpty();
            }
        }
    }

    @Test
    void every_occasion_of_a_case_tells_somebody() {
        for (String occasion : Routes.occasions(true)) {
            assertThat(Routes.builtIn().steps("case", occasion, Severity.EMERGENCY, "", Duration.ZERO))
                    .describedAs(occasion)
                    .hasSize(1);
        }
    }

    @Test
    void a_step_that_stays_is_found_by_its_time_and_another_one_when_that_is_gone() {
        Routes routes = Routes.builtIn();
        assertThat(routes.steps("maintenance", "STAYED", Severity.WARNING, "x", Duration.ofDays(7)))
                .singleElement()
                .satisfies(step -> assertThat(step.tell().toString()).isEqualTo("[[OFFICER]]"));
        assertThat(routes.steps("maintenance", "STAYED", Severity.WARNING, "x", Duration.ofDays(99)))
                .hasSize(2);
    }

    @Test
    void a_route_of_the_site_takes_the_place_of_the_one_of_its_name() throws IOException {
        Files.writeString(folder.resolve("firm.yaml"), GOOD);
        Routes routes = Routes.load(List.of(folder));
        assertThat(routes.all())
                .filteredOn(route -> route.name().equals("firm"))
                .singleElement()
                .satisfies(route -> assertThat(route.version()).isEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dispatch: firm      | dispatch: pigeons   | 6: | dispatch is pigeons, known are case and
            on: [OPENED]        | on: [CALLED]        | 8: | on is [CALLED], known are
            tell: [OFFICER]     | tell: [firm.BOSS]   | 9: | firm.BOSS is nobody
            tell: [OFFICER]     | tell: [firm.OFFICER]| 9: | firm.OFFICER is nobody
            tell: [OFFICER]     | tell: []            | 9: | a step needs tell
            deadline: 1h        | deadline: soon      | 10:| 'soon' is not a duration
            deadline: 1h        | after: 1h           | 10:| only STAYED and UNANSWERED have after
            version: 2          | version: 0          | 2: | version needs a whole number
            route: firm         | route: other        | 1: | call it other.yaml
            mark: derived       | color: red          | 5: | unknown key color
            """)
    void a_wrong_file_is_refused_with_its_place(String good, String bad, String line, String problem)
            throws IOException {
        Files.writeString(folder.resolve("firm.yaml"), GOOD.replace(good, bad));
        assertThatThrownBy(() -> Routes.load(List.of(folder)))
                .isInstanceOf(RuleException.class)
                .hasMessageContaining("firm.yaml:" + line)
                .hasMessageContaining(problem);
    }
}
