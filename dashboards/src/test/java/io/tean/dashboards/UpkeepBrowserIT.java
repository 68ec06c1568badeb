package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.maintenance.MaintenanceDecisions.Outcome;
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

/** The maintenance pages in a real browser. */
class UpkeepBrowserIT {
    private static final RecordedMaintenance LEDGER = new RecordedMaintenance();

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(LEDGER));
        Upkeep.moveInto(house);
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        house.addAccount("firm", Role.FIRM, Upkeep.FIRM_A, "");
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
            visitor.assertFlawless(house, "/maintenance?state=all", "maintenance", language);
            visitor.assertFlawless(house, "/maintenance?day=2025-01-01", "maintenance-none", language);
            visitor.assertFlawless(house, "/maintenance/visits", "visits", language);
            visitor.assertFlawless(house, "/maintenance/visits/2", "visit-suspect", language);
            visitor.assertFlawless(house, "/maintenance/visits/4", "visit-superseded", language);
            visitor.assertFlawless(house, "/maintenance/firms?day=2026-03-04", "maintenance-firms", language);
            visitor.assertFlawless(house, "/maintenance/suspensions?state=all", "suspensions", language);
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "DESK,EN"})
    void forms_fitTheScreen_andAreAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "firm");
            visitor.assertFlawless(house, "/maintenance/visits/new", "visit-new", language);
            visitor.assertFlawless(house, "/maintenance/visits/2/supersede", "visit-correct", language);
        }
    }

    @Test
    void rejecting_isOneClickWithAReason() {
        LEDGER.answer(new Outcome.Done(2));
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "boss");
            visitor.page().navigate(house.address("/maintenance/visits/2").toString());
            visitor.page().fill("#reason", "监控显示未到场");
            visitor.page().click("form.decide button.danger");
            visitor.page().waitForSelector("#done");
            assertThat(LEDGER.made()).containsExactly("reject 2 because 监控显示未到场 by ACCOUNT boss");
            assertThat(visitor.complaints()).isEmpty();
        }
    }
}
