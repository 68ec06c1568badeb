package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages of rules, regulations and jobs in a real browser. */
class CatalogueBrowserIT {
    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        AlarmedCity.moveInto(house);
        house.database().execute("""
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, last_success, last_failure,
                    consecutive_failures, version)
                VALUES ('tean-sweep-certificate-expiring', 'recurring', now() + interval '1 minute', FALSE, now(), NULL, 0, 1),
                       ('tean-digest', 'recurring', now() + interval '1 minute', FALSE, now() - interval '1 day', now(), 3, 1)
                """);
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void pages_fitTheScreen_andAreAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "boss");
            assertFlawless(visitor, "/rules", "rules", screen, language);
            assertFlawless(visitor, "/rules/" + HandMadeBooks.RULE, "rule", screen, language);
            assertFlawless(visitor, "/rules/certificate-expiring", "rule-query", screen, language);
            assertFlawless(visitor, "/regulations", "regulations", screen, language);
            assertFlawless(visitor, "/jobs", "jobs", screen, language);
        }
    }

    @Test
    void ruleIsFound_andLeadsToItsAlerts_byKeyboard() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "boss");
            page.navigate(house.address("/rules?lang=en").toString());
            page.fill("#q", "trapped");
            page.keyboard().press("Enter");
            page.waitForURL("**/rules?q=trapped");
            page.focus("#rule-list tbody th a");
            page.keyboard().press("Enter");
            page.waitForURL("**/rules/" + HandMadeBooks.RULE);
            page.focus("dl a");
            page.keyboard().press("Enter");
            page.waitForURL("**/alerts?rule=" + HandMadeBooks.RULE);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Screen screen, Language language) {
        visitor.page().navigate(house.address(path + "?lang=" + language.word()).toString());
        visitor.screenshot(
                String.join("-", name, screen.name(), language.name()).toLowerCase(Locale.ROOT));
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(visitor.overhang())
                    .as(path + ": pixels wider than the window")
                    .isZero();
            softly.assertThat(visitor.cutOff()).as(path + ": text cut off").isEmpty();
            // Once per language at a desk, and once on a telephone.
            if (screen == Screen.DESK || (screen == Screen.PHONE && language == Language.ZH)) {
                softly.assertThat(visitor.axe()).as(path + ": axe").isEmpty();
            }
            softly.assertThat(visitor.complaints()).as(path + ": complaints").isEmpty();
        });
    }
}
