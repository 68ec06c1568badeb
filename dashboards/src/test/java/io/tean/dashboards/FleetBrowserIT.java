package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Devices and dead letters in a real browser, hostile ones among them. */
class FleetBrowserIT {
    private static final String HOSTILE = "<img src=x onerror=window.__xss=1>";
    private static final String LONG = "0123456789abcdefghijklmnopqrstuvwxyz.ABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    private static final RecordedDecisions DECISIONS = new RecordedDecisions();

    private static OpenHouse house;
    private static Chromium chromium;
    private static long hostile;
    private static long bytes;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(DECISIONS);
        Fleet.moveInto(house);
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        house.database()
                .execute("INSERT INTO device (device_id, token_hash) VALUES ('%s', ''), ('%s', '')"
                        .formatted(HOSTILE, LONG));
        house.database().execute("UPDATE dead_letter SET device_id = '%s' WHERE dead_letter_id = 2".formatted(LONG));
        hostile = Fleet.letter(
                house.database(),
                HOSTILE,
                "ELV-1001",
                HOSTILE,
                "not-json",
                "kept",
                "</pre><script>window.__xss=1</script>" + HOSTILE + "\u202E\u0007",
                1234567);
        bytes = house.database().number("""
                INSERT INTO dead_letter (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload)
                VALUES (clock_timestamp(), clock_timestamp(), 'dev-a', 'ELV-1001', 'elevator-status', 'not-utf8',
                        'byte 0 begins no character of UTF-8', decode(repeat('ff00415a', 40), 'hex')) RETURNING dead_letter_id""");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void pages_fitTheScreen_areAccessible_andRunNothingOfTheDevices(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "boss");
            assertFlawless(visitor, "/devices", "devices", language);
            assertFlawless(visitor, "/devices/dev-a", "device", language);
            assertFlawless(visitor, Route.DEVICE.path(HOSTILE), "device-hostile", language);
            assertFlawless(visitor, "/dead-letters?state=all", "dead-letters", language);
            assertFlawless(visitor, "/dead-letters?q=nothing", "dead-letters-none", language);
            assertFlawless(visitor, "/dead-letters/1", "dead-letter", language);
            assertFlawless(visitor, "/dead-letters/" + hostile, "dead-letter-hostile", language);
            assertFlawless(visitor, "/dead-letters/" + bytes, "dead-letter-bytes", language);
        }
    }

    @Test
    void discarding_asksFirst_andReplayingDoesNot() {
        DECISIONS.answer(true);
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            visitor.login(house, "boss");
            visitor.page().navigate(house.address("/dead-letters/1?lang=en").toString());
            assertThat(visitor.page().isVisible("button.danger")).isFalse();
            visitor.page().click("summary");
            visitor.screenshot("dead-letter-discard-desk-en");
            visitor.page().click("button.danger");
            visitor.page().waitForSelector("#done");
            visitor.page().navigate(house.address("/dead-letters/4").toString());
            visitor.page().click(".decisions form button:not(.danger)");
            visitor.page().waitForSelector("#done");
            assertThat(DECISIONS.made())
                    .containsExactly(
                            "discard 1 by ACCOUNT boss from 127.0.0.1", "replay 4 by ACCOUNT boss from 127.0.0.1");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Language language) {
        visitor.assertFlawless(house, path, name, language);
        assertThat(visitor.page().evaluate("() => window.__xss === undefined"))
                .as(path + ": nothing of the devices ran")
                .isEqualTo(true);
    }
}
