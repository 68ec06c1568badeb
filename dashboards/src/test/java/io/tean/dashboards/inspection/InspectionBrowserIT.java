package io.tean.dashboards.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.OpenHouse;
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

/** The inspection pages in a real browser. */
class InspectionBrowserIT {
    private static final String DAYS = "from=2026-03-01&day=2026-04-12";

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        InspectedCity.moveInto(house);
        InspectedCity.freeze(house.database(), "2026-02");
        InspectedCity.freeze(house.database(), "2026-03");
        house.database().execute("UPDATE submission SET reported_on = '2026-03-30' WHERE submission_no = 'BJ-2'");
        house.addAccount("chief", Role.ADMINISTRATOR, "", "");
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
            visitor.login(house, "chief");
            assertFlawless(visitor, "/inspection?" + DAYS, "rates", language);
            assertFlawless(visitor, "/inspection?from=2024-01-01&day=2024-01-31", "rates-none", language);
            assertFlawless(visitor, "/inspection/use-units?" + DAYS, "use-units", language);
            assertFlawless(visitor, "/inspection/machines?day=2026-04-12&division=371302", "machines", language);
            assertFlawless(visitor, "/inspection/machines?day=2026-04-12&in=excluded", "excluded", language);
            assertFlawless(visitor, "/inspection/gap?", "gap", language);
            assertFlawless(visitor, "/inspection/submissions?state=all", "submissions", language);
            assertFlawless(visitor, "/inspection/submissions/BJ-5?step=appointed", "submission", language);
            assertFlawless(visitor, "/inspection/submissions/new?", "submission-new", language);
            assertFlawless(visitor, "/inspection/months?", "months", language);
            assertFlawless(visitor, "/inspection/months/2026-03?", "month", language);
        }
    }

    @Test
    void numberOnTheRatesPage_opensItsList() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "chief");
            visitor.page().navigate(house.address("/inspection?lang=zh&" + DAYS).toString());
            String missing = visitor.page()
                    .locator("[aria-labelledby=rate-periodic] dd >> nth=2")
                    .textContent();
            visitor.page().click("[aria-labelledby=rate-periodic] dd a >> nth=2");
            visitor.page().waitForURL("**/inspection/machines?**");
            assertThat(visitor.page().locator("table.rows tbody tr").count()).isEqualTo(Integer.parseInt(missing));
        }
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Language language) {
        visitor.assertFlawless(house, path, "inspection-" + name, language);
    }
}
