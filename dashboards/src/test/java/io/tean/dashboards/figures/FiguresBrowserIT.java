package io.tean.dashboards.figures;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures, bulletin and scores in a real browser. */
class FiguresBrowserIT {
    private static final RescuedMonths MONTHS =
            new RescuedMonths(7, LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-31"), 140, 320);

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.database().execute(MONTHS.sql());
        house.database().execute("""
                INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, escalation, state, reason, called_at, arrived_at)
                SELECT k.case_id, 1, false, t.firm_id, 'unit', 'FIRST', CASE WHEN k.case_id % 7 = 0 THEN 'REFUSED' WHEN k.case_id % 9 = 0
                    THEN 'NO_ANSWER' ELSE 'DONE' END, CASE WHEN k.case_id % 7 = 0 THEN '电梯钥匙不在值班室，无法前往' ELSE '' END, k.opened_at,
                    CASE WHEN k.case_id % 7 > 0 AND k.case_id % 9 > 0 THEN k.arrived_at END
                FROM rescue_case k JOIN contract t ON t.equipment_id = k.equipment_id AND t.until_on = 'infinity' WHERE k.level > 0
                """);
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
            assertFlawless(visitor, "/rescue-figures?month=2026-03", "month", language);
            assertFlawless(visitor, "/rescue-figures?month=2025-01", "none", language);
            assertFlawless(visitor, "/rescue-figures/2026-03?", "bulletin", language);
            assertFlawless(visitor, "/scores?month=2026-03", "scores", language);
            assertFlawless(visitor, "/scores/" + RescuedMonths.FIRMS.getFirst() + "?month=2026-03", "score", language);
        }
    }

    @ParameterizedTest
    @CsvSource({"ZH", "EN"})
    void bulletin_isPrintedOnA4_withoutTheRestOfTheSite(Language language) {
        try (Visitor visitor = chromium.visitor(Screen.DESK, language.tag())) {
            visitor.login(house, "chief");
            Page page = visitor.page();
            page.navigate(house.address("/rescue-figures/2026-03?lang=" + language.word())
                    .toString());
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator("nav.pages").isVisible()).isFalse();
            assertThat(page.locator("p.back").isVisible()).isFalse();
            assertThat(page.locator("article.bulletin h1").isVisible()).isTrue();
            byte[] pdf = page.pdf(new Page.PdfOptions()
                    .setPreferCSSPageSize(true)
                    .setPath(Path.of("target/screenshots/figures-bulletin-print-" + language.word() + ".pdf")));
            // 595 × 842 points.
            assertThat(new String(pdf, java.nio.charset.StandardCharsets.ISO_8859_1))
                    .containsPattern("MediaBox \\[0 0 59[45][.0-9]* 84[12][.0-9]*\\]");
        }
    }

    @Test
    void months_areAStepApart() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "chief");
            visitor.page()
                    .navigate(house.address("/rescue-figures?month=2026-03").toString());
            visitor.page().click("nav.steps-of-months a >> nth=0");
            visitor.page().waitForURL("**/rescue-figures?month=2026-02");
            assertThat(visitor.page().locator("h1").textContent()).contains("2026-02");
        }
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Language language) {
        visitor.assertFlawless(house, path, "figures-" + name, language);
    }
}
