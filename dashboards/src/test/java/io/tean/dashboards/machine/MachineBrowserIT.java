package io.tean.dashboards.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine's page in a real browser: its chart is drawn, over hours and a year, with the keyboard alone. */
class MachineBrowserIT {
    private static final String DRAWN = "#drawing[data-drawn] canvas";

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        Fleet.moveInto(house);
        HeardMachine.moveInto(house);
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @Test
    void yearOfAMachine_isDrawn_withTheKeyboardAlone() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            visitor.login(house, "boss");
            Page page = visitor.page();
            page.navigate(house.address("/equipment/ELV-1001?lang=en").toString());
            page.waitForSelector(DRAWN);
            page.focus("#measure");
            page.keyboard().type("Load");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            page.waitForURL("**chart=elevator-status.load_kg**");
            page.focus("#measure");
            tabTo(page, ".spans ul:first-child li:last-child a");
            page.keyboard().press("Enter");
            page.waitForURL("**span=1y**");
            page.waitForSelector(DRAWN);
            assertThat(Integer.parseInt(page.getAttribute("#drawing", "data-drawn")))
                    .isGreaterThan(350);
            assertThat(painted(page)).isGreaterThan(1_000);
            assertThat(page.locator("#drawing-problem").isVisible()).isFalse();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void zoomingIn_fetchesFinerPoints() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "boss");
            Page page = visitor.page();
            page.navigate(house.address("/equipment/ELV-1001?chart=elevator-status.load_kg&span=30d")
                    .toString());
            page.waitForSelector(DRAWN);
            String before = page.getAttribute("#drawing", "data-drawn");
            page.hover("#drawing");
            page.keyboard().down("Control");
            for (int i = 0; i < 8; i++) {
                page.mouse().wheel(0, -300);
            }
            page.keyboard().up("Control");
            page.waitForCondition(
                    () -> !page.getAttribute("#drawing", "data-drawn").equals(before));
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void page_fitsTheScreen_andIsAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "boss");
            visitor.page()
                    .navigate(house.address("/equipment/ELV-1001?chart=elevator-status.load_kg&span="
                                    + (screen == Screen.PHONE ? "2d" : "1y") + "&lang=" + language.word())
                            .toString());
            visitor.page().waitForSelector(DRAWN);
            visitor.screenshot("machine-" + screen.name().toLowerCase(Locale.ROOT) + "-" + language.word());
            assertThat(visitor.overhang()).isZero();
            assertThat(visitor.cutOff()).isEmpty();
            assertThat(visitor.complaints()).isEmpty();
            if (screen != Screen.WALL) {
                assertThat(visitor.axe()).isEmpty();
            }
        }
    }

    private static void tabTo(Page page, String selector) {
        for (int tabs = 0; tabs < 20; tabs++) {
            page.keyboard().press("Tab");
            Object there = page.evaluate("selector => document.activeElement.matches(selector)", selector);
            if (Boolean.TRUE.equals(there)) {
                return;
            }
        }
        throw new AssertionError("no way to " + selector + " with the keyboard");
    }

    /** Pixels of the chart that are not empty. */
    private static int painted(Page page) {
        return ((Number) page.evaluate("""
                () => {
                  const canvas = document.querySelector("#drawing canvas");
                  const bytes = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
                  let painted = 0;
                  for (let i = 3; i < bytes.length; i += 4) painted += bytes[i] > 0 ? 1 : 0;
                  return painted;
                }
                """)).intValue();
    }
}
