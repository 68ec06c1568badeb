package io.tean.dashboards.filling;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tean.dashboards.OpenHouse;
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

class FillingBrowserIT {
    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        FilledCity.moveInto(house);
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        house.addAccount("station", Role.STATION, FilledCity.STATION_A, "");
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
            assertFlawless(visitor, "/filling?" + FilledCity.DAY, "stations", screen, language);
            assertFlawless(visitor, "/filling/fills?" + FilledCity.DAY, "fills", screen, language);
            assertFlawless(visitor, "/cylinders/C-1?page=1", "cylinder", screen, language);
        }
    }

    @Test
    void station_goesFromAFlaggedNumberToTheCylindersLife() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "station");
            Page page = visitor.page();
            page.navigate(house.address("/filling?lang=zh").toString());
            page.fill("#from", "2026-03-02");
            page.fill("#to", "2026-03-02");
            page.keyboard().press("Enter");
            page.waitForURL("**/filling?**from=2026-03-02**");
            page.click("#tallies a.bad");
            page.waitForURL("**/filling/fills?**verdict=flagged**");
            assertThat(page.locator("#fill-list tbody tr").count()).isEqualTo(1);
            page.click("#fill-list a[href='/cylinders/C-1']");
            page.waitForURL("**/cylinders/C-1");
            assertThat(page.locator("#fills tbody tr").count()).isEqualTo(2);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Screen screen, Language language) {
        visitor.page().navigate(house.address(path + "&lang=" + language.word()).toString());
        visitor.screenshot(String.join("-", "filling", name, screen.name(), language.name())
                .toLowerCase(Locale.ROOT));
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(visitor.overhang())
                    .as(path + ": pixels wider than the window")
                    .isZero();
            softly.assertThat(visitor.cutOff()).as(path + ": text cut off").isEmpty();
            if (screen != Screen.WALL) {
                softly.assertThat(visitor.axe()).as(path + ": axe").isEmpty();
            }
            softly.assertThat(visitor.page().evaluate("() => window.__xss === undefined"))
                    .isEqualTo(true);
            softly.assertThat(visitor.complaints()).as(path + ": complaints").isEmpty();
        });
    }
}
