package io.tean.dashboards.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.tean.dashboards.HandMadeDatabase;
import io.tean.dashboards.RunningDashboards;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import java.util.Locale;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser: the service's own answers, and made-up states behind its own headers. */
class StatusPageBrowserIT {
    private static RunningDashboards dashboards;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        dashboards = RunningDashboards.on(HandMadeDatabase.away());
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        dashboards.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void wellPage_fitsTheScreen_andIsAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            show(visitor, Samples.well(), language);
            assertFlawless(visitor, name("well", screen, language));
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE,EN", "DESK,ZH", "WALL,EN"})
    void pageWithoutADatabase_fitsTheScreen_andIsAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            show(visitor, Samples.away(), language);
            assertFlawless(visitor, name("away", screen, language));
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "DESK,EN"})
    void pageInTheDark_isAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag(), ColorScheme.DARK)) {
            show(visitor, Samples.away(), language);
            assertFlawless(visitor, name("dark", screen, language));
        }
    }

    @Test
    void servedPage_changesItsLanguage_atAClick() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            visitor.page().navigate(dashboards.url("/"));
            assertThat(visitor.page().title()).contains("特安");
            visitor.page().click("a.language");
            assertThat(visitor.page().locator("html").getAttribute("lang")).isEqualTo("en");
            visitor.page().navigate(dashboards.url("/status"));
            assertThat(visitor.page().locator("html").getAttribute("lang")).isEqualTo("en");
            assertFlawless(visitor, name("served", Screen.DESK, Language.EN));
        }
    }

    @Test
    void openPage_followsTheService_withoutAReload() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.page().clock().install();
            show(visitor, Samples.away(), Language.ZH);
            visitor.page().evaluate("() => { window.untouched = true; }");
            serve(visitor, Samples.well(), Language.ZH);
            visitor.page().clock().runFor(6000);
            visitor.page().waitForSelector(".state.well");
            assertThat(visitor.page().evaluate("() => window.untouched")).isEqualTo(true);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void openPage_saysWhenTheServiceIsAway() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            visitor.page().clock().install();
            show(visitor, Samples.well(), Language.ZH);
            visitor.page().route("**/status?*", route -> route.abort("connectionrefused"));
            visitor.page().clock().runFor(6000);
            visitor.page().waitForSelector("#silent:visible");
            assertThat(visitor.axe()).isEmpty();
            visitor.screenshot("status-silent-phone-zh");
        }
    }

    private static void show(Visitor visitor, Status status, Language language) {
        serve(visitor, status, language);
        visitor.page().navigate(dashboards.url("/status?lang=" + language.word()));
    }

    /** The service's own answer, policy and all, with a made-up state in it. */
    private static void serve(Visitor visitor, Status status, Language language) {
        String html = StatusPage.html(new Screens(), status, language);
        visitor.page()
                .route(
                        "**/status?*",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setResponse(route.fetch())
                                .setBody(html)));
    }

    private static void assertFlawless(Visitor visitor, String name) {
        visitor.screenshot(name);
        SoftAssertions.assertSoftly(softly -> {
            softly.assertThat(visitor.overhang())
                    .as("pixels wider than the window")
                    .isZero();
            softly.assertThat(visitor.cutOff()).as("text cut off").isEmpty();
            softly.assertThat(visitor.axe()).as("axe").isEmpty();
            softly.assertThat(visitor.complaints()).as("complaints").isEmpty();
        });
    }

    private static String name(String state, Screen screen, Language language) {
        return String.join("-", "status", state, screen.name(), language.name()).toLowerCase(Locale.ROOT);
    }
}
