package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The screen of the city in a real browser. */
class OverviewBrowserIT {
    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        WatchedCity.moveInto(house);
        house.addAccount("wall", Role.READ_ONLY, "", "");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void page_fitsTheScreen_andIsAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "wall");
            assertThat(visitor.flawsAt(house.address("/overview"), language, "overview"))
                    .isEmpty();
            if (screen == Screen.WALL) {
                assertThat(visitor.page().evaluate("() => document.documentElement.scrollHeight - window.innerHeight"))
                        .as("pixels below the wall's edge")
                        .isEqualTo(0);
                visitor.screenshot("overview-wall-" + language.word());
            }
        }
    }

    @Test
    void newCase_standsOnTheWall_withoutAReload() {
        try (Visitor visitor = chromium.visitor(Screen.WALL, "zh-CN")) {
            visitor.login(house, "wall");
            visitor.page().navigate(house.address("/overview?lang=zh").toString());
            visitor.page().evaluate("() => { window.untouched = true; }");
            house.database().execute("""
                    INSERT INTO rescue_case (division_code, place, origin, state, occurred_at, next_due_at, next_due)
                    VALUES ('320505', '人民路 1 号', 'CALL', 'TAKEN_IN', now(), now() + interval '1 second', 'DISPATCH');
                    SELECT pg_notify('tean_change', 'case')
                    """);
            visitor.page().waitForSelector("#overview-emergency :text('人民路 1 号')");
            visitor.page().waitForSelector("#overview-figures tbody tr:first-child td:nth-child(3) a:text-is('3')");
            assertThat(visitor.page().evaluate("() => window.untouched")).isEqualTo(true);
            assertThat(visitor.complaints()).isEmpty();
        }
    }
}
