package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.tean.core.alert.EarlyAlarm;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The alert pages in a real browser. */
class AlertsBrowserIT {
    private static final RecordedAlerts DESK = new RecordedAlerts();

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(DESK));
        AlarmedCity.moveInto(house);
        DESK.carryOutIn(house.database());
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        house.addAccount("dispatcher", Role.DISPATCHER, "", "");
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
            visitor.assertFlawless(house, "/alerts", "alerts", language);
            visitor.assertFlawless(house, "/alerts?group=site", "alerts-groups", language);
            visitor.assertFlawless(house, "/alerts/1", "alert", language);
            visitor.assertFlawless(house, "/silences?state=all", "silences", language);
        }
    }

    @Test
    void alert_isAcknowledged_andClosed_byKeyboard() {
        long alert = fresh("CODE", "CRITICAL");
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "dispatcher");
            go(page, "/alerts?lang=en");
            page.focus("a[href='/alerts/" + alert + "']");
            page.keyboard().press("Enter");
            page.waitForURL("**/alerts/" + alert);
            page.focus("#note-acknowledge");
            page.keyboard().type("on the way");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            page.waitForSelector("#done");
            assertThat(page.textContent("#alert .badge")).isEqualTo("Acknowledged");
            page.focus("#cause");
            page.selectOption("#cause", "HUMAN");
            page.keyboard().press("Tab");
            page.keyboard().type("rubbish in the door");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            page.waitForSelector("#alert .badge:text-is('Closed')");
            assertThat(page.isVisible("#steps")).isFalse();
            assertThat(DESK.made())
                    .contains(
                            "acknowledge " + alert + " because of on the way by ACCOUNT dispatcher",
                            "close " + alert + " HUMAN because of rubbish in the door by ACCOUNT dispatcher");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void emergency_sounds_andEndsOnlyWithTheTick() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "dispatcher");
            go(page, "/alerts?lang=en");
            if (page.isVisible("#sound")) {
                page.click("#sound");
            }
            page.waitForSelector("#sound[hidden]", hidden());
            long alert = fresh("CODE", "EMERGENCY");
            page.waitForSelector("#sound[data-rung]", hidden());
            page.waitForSelector("#alert-list a[href='/alerts/" + alert + "']").click();
            page.selectOption("#cause", "GENUINE");
            page.click("#steps button.danger");
            assertThat((Boolean) page.evalOnSelector("#safe", "tick => tick.validity.valueMissing"))
                    .isTrue();
            assertThat(DESK.made()).noneMatch(made -> made.startsWith("end " + alert));
            page.check("#safe");
            page.click("#steps button.danger");
            page.waitForSelector("#alert .badge:text-is('Closed')");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void machineAndRule_areSilenced_fromTheAlert() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "en")) {
            Page page = visitor.page();
            visitor.login(house, "boss");
            go(page, "/alerts/3?lang=en");
            page.click("#silence summary");
            page.fill("#silence-reason", "replaced on Friday");
            page.fill("#silence-until", "2199-01-01T00:00");
            page.click("#silence button");
            page.waitForSelector("#until-problem");
            String soon = (String) page.evaluate("() => new Date(Date.now() + 36e5 * 9).toISOString().slice(0, 16)");
            page.fill("#until", soon);
            page.click("form.card button");
            page.waitForSelector("#done");
            assertThat(page.textContent("#silence-list")).contains("elv-2", "Over-pressure", "In force");
            assertThat(DESK.made())
                    .contains("silence machine 2 boiler-over-pressure because of replaced on Friday by ACCOUNT boss");
        }
    }

    @Test
    void earlyAlarm_standsOnEveryPage_untilTheListHasIt() {
        EarlyAlarm alarm = new EarlyAlarm(
                UUID.randomUUID(),
                "r",
                "电梯困人",
                "People trapped",
                AlarmedCity.HOSTILE,
                Instant.parse("2026-03-01T00:00:00Z"));
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            Page page = visitor.page();
            visitor.login(house, "dispatcher");
            go(page, "/alerts?lang=zh");
            house.tell(alarm);
            String banner = "[data-notice='" + alarm.noticeId() + "']";
            page.waitForSelector(banner);
            house.tell(alarm);
            go(page, "/status?lang=zh");
            page.waitForSelector(banner);
            visitor.screenshot("early-alarm-phone-zh");
            assertThat(page.locator(banner).count()).isEqualTo(1);
            assertThat(page.textContent(banner))
                    .contains("未入库紧急报警", "电梯困人", AlarmedCity.HOSTILE, "2026-03-01 08:00:00");
            assertThat(visitor.overhang()).isZero();
            assertThat(visitor.axe()).isEmpty();
            house.database()
                    .execute("INSERT INTO notice (notice_id, alert_id, occasion, severity, dispatch_class) VALUES ('"
                            + alarm.noticeId()
                            + "', 1, 'OPENED', 'EMERGENCY', 'rescue'); SELECT pg_notify('tean_change', 'alert')");
            page.waitForSelector(banner, new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
            assertThat(page.isVisible("#early-alarms")).isFalse();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    /** An alert that the pages hear of as alerting tells it. */
    private static long fresh(String kind, String severity) {
        long alert = house.database().number("""
                INSERT INTO alert (subject_kind, subject, dispatch_class, rule, severity, first_seen, last_seen)
                VALUES ('%s', gen_random_uuid()::text, 'rescue', 'elevator-entrapment', '%s', now(), now()) RETURNING alert_id
                """.formatted(kind, severity));
        house.database().execute("SELECT pg_notify('tean_change', 'alert')");
        return alert;
    }

    private static void go(Page page, String path) {
        page.navigate(house.address(path).toString());
    }

    private static Page.WaitForSelectorOptions hidden() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);
    }
}
