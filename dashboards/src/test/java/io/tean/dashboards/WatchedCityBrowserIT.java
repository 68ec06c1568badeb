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

/** The screen of the city, what became of its rates, and its calendar of maintenance in a real browser. */
class WatchedCityBrowserIT {
    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        WatchedCity.moveInto(house);
        InspectedCity.freeze(house.database(), "2026-02");
        InspectedCity.freeze(house.database(), "2026-03");
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
    void pages_fitTheScreen_andAreAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "wall");
            visitor.assertFlawless(house, "/inspection/trend?day=2026-04-12", "inspection-trend", language);
            visitor.assertFlawless(
                    house, "/inspection/firms?from=2026-03-01&day=2026-04-12", "inspection-firms", language);
            visitor.assertFlawless(house, "/inspection/comparison?then=2026-03", "inspection-comparison", language);
            visitor.assertFlawless(house, "/maintenance/calendar", "maintenance-calendar", language);
            visitor.assertFlawless(house, "/overview", "overview", language);
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

    @Test
    void dayOfTheCalendar_opensItsList() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "wall");
            visitor.page()
                    .navigate(house.address("/maintenance/calendar?lang=zh").toString());
            String overdue = visitor.page().locator("td.today li.bad strong").textContent();
            visitor.page().click("td.today li.bad a");
            visitor.page().waitForURL("**/maintenance?**state=overdue**");
            assertThat(visitor.page().locator("#due-list tbody tr").count()).isEqualTo(Integer.parseInt(overdue));
            assertThat(visitor.complaints()).isEmpty();
        }
    }
}
