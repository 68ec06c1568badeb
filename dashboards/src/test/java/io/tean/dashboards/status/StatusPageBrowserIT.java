package io.tean.dashboards.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page in a real browser: the service's own answers, and made-up states behind its own headers. */
class StatusPageBrowserIT {
    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.addAccount("watcher", Role.READ_ONLY, "", "");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
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

    private static void show(Visitor visitor, Status status, Language language) {
        visitor.login(house, "watcher");
        serve(visitor, status, language);
        visitor.page().navigate(house.address("/status?lang=" + language.word()).toString());
    }

    /** The service's own answer, policy and all, with a made-up state in it. */
    private static void serve(Visitor visitor, Status status, Language language) {
        Viewer viewer =
                new Viewer(1, "watcher", "看板", Role.READ_ONLY, new Scope.City(), new Credential.Session("", false));
        Frame frame = new Frame(
                new Tongue(language),
                "status",
                Optional.of(viewer),
                io.tean.dashboards.route.Route.STATUS,
                "",
                "/status",
                Optional.empty());
        String html = StatusPage.html(new Screens(), status, frame);
        visitor.page()
                .route(
                        "**/status?*",
                        route -> route.fulfill(new Route.FulfillOptions()
                                .setResponse(route.fetch())
                                .setBody(html)));
    }

    private static void assertFlawless(Visitor visitor, String name) {
        assertThat(visitor.flaws(name)).as(name).isEmpty();
    }

    private static String name(String state, Screen screen, Language language) {
        return String.join("-", "status", state, screen.name(), language.name()).toLowerCase(Locale.ROOT);
    }
}
