package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
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

/** The board, a case and a crew's page in a real browser. */
class BoardBrowserIT {
    private static final RecordedRescue DESK = new RecordedRescue();

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(DESK));
        RescuedCity.moveInto(house);
        DESK.carryOutIn(house.database());
        DESK.link("crew", 2, 3, "湖东救援站");
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
    void pages_fitTheScreen_areAccessible_andRunNothingThatANameHolds(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "boss");
            assertFlawless(visitor, "/board", "board", language);
            assertFlawless(visitor, "/board?q=星湖街", "board-found", language);
            assertFlawless(visitor, "/board/call?equipment=elv-1", "call", language);
            assertFlawless(visitor, "/cases", "cases", language);
            assertFlawless(visitor, "/cases/2", "case", language);
            assertFlawless(visitor, "/r/crew", "rescuer", language);
        }
    }

    @Test
    void newCase_appearsAndSounds_withoutAReload_untilSomebodyTakesIt() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            openQuietBoard(visitor);
            page.evaluate("() => { window.stayed = true; }");
            long opened = fresh("fresh place");
            page.waitForSelector("#board tr[data-case='" + opened + "'][data-untaken]");
            page.waitForSelector("#soundbar[data-sounding=true][data-rung]", attached());
            house.database()
                    .execute(
                            "UPDATE rescue_case SET duty_operator = 'dispatcher', version = version + 1 WHERE case_id = "
                                    + opened + "; SELECT pg_notify('tean_change', 'case')");
            page.waitForSelector("#soundbar[data-sounding=false]", attached());
            assertThat(page.evaluate("() => window.stayed")).isEqualTo(true);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void boardThatLostItsStream_soundsUntilItIsBack() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            Page page = visitor.page();
            openQuietBoard(visitor);
            page.context().setOffline(true);
            // Chromium's being offline breaks no stream that is open; the board finds out when it is told of a change.
            house.database().execute("SELECT pg_notify('tean_change', 'case')");
            page.waitForSelector("#lost-stream:visible");
            page.waitForSelector("#soundbar[data-sounding=true][data-rung]", attached());
            page.context().setOffline(false);
            page.waitForSelector("#soundbar[data-sounding=false]", attached());
        }
    }

    @Test
    void silentBoard_saysSoInAStrikingBar() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            Page page = visitor.page();
            // Whether the browser lets a page sound before somebody has touched it is the browser's own affair.
            page.addInitScript(
                    "Object.defineProperty(AudioContext.prototype, 'state', { get() { return 'suspended'; } })");
            visitor.login(house, "dispatcher");
            page.navigate(house.address("/board?lang=zh").toString());
            page.waitForSelector("#soundbar[data-sound=off] .off");
            assertThat(page.textContent("#soundbar .off")).contains("声音关闭", "打开声音");
            visitor.screenshot("board-sound-off-desk-zh");
        }
    }

    @Test
    void call_isTakenIn_andLedToItsClose_byKeyboardAlone() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "dispatcher");
            page.navigate(house.address("/board?lang=en").toString());
            page.keyboard().press("/");
            page.keyboard().type("100003");
            page.keyboard().press("Enter");
            page.waitForURL("**/board/call?equipment=elv-3");
            page.keyboard().type("Mr Li");
            page.keyboard().press("Tab");
            page.keyboard().type("139");
            page.keyboard().press("Enter");
            page.waitForURL("**/cases/*");
            page.waitForSelector("#done");
            for (String move : new String[] {"#do-self-release", "#do-close"}) {
                if (page.getAttribute(move, "open") == null) {
                    page.focus(move + " summary");
                    page.keyboard().press("Enter");
                }
                if (move.equals("#do-close")) {
                    page.focus("#cause");
                    page.keyboard().press("ArrowDown");
                }
                page.focus(move + " button");
                page.keyboard().press("Enter");
                page.waitForSelector(
                        move.equals("#do-close")
                                ? "#case .badge:text-is('Closed')"
                                : "#case .badge:text-is('Released')");
            }
            assertThat(page.querySelector("#steps")).isNull();
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void textThatIsBeingTyped_staysWhileTheCaseGoesOn() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "dispatcher");
            page.navigate(house.address("/cases/1?lang=en").toString());
            page.click("#do-note summary");
            page.fill("#note-text", "half a sent");
            house.database()
                    .execute(
                            "UPDATE rescue_case SET fault_text = 'news of it', version = version + 1 WHERE case_id = 1;"
                                    + " SELECT pg_notify('tean_change', 'case')");
            page.waitForSelector("#case:has-text('news of it')");
            assertThat(page.inputValue("#note-text")).isEqualTo("half a sent");
            page.click("#do-note button");
            page.waitForSelector("#refused");
            assertThat(page.inputValue("#note-text")).isEqualTo("half a sent");
        }
    }

    @Test
    void keyboardStaysWhereItIs_whileTheCaseGoesOn() {
        long opened = fresh("keyboard place");
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "dispatcher");
            page.navigate(house.address("/cases/" + opened + "?lang=en").toString());
            for (String place : new String[] {"#do-self-release summary", "#do-self-release button"}) {
                page.focus(place);
                page.evaluate("() => { window.before = document.activeElement; }");
                house.database()
                        .execute("UPDATE rescue_case SET version = version + 1 WHERE case_id = " + opened
                                + "; SELECT pg_notify('tean_change', 'case')");
                page.waitForFunction("() => !window.before.isConnected");
                page.waitForFunction("place => document.activeElement.matches(place)", place);
                page.keyboard().press("Enter");
            }
            page.waitForSelector("#case .badge:text-is('Released')");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void crew_answersOnItsTelephone() {
        long opened = fresh("crew place");
        long called = house.database().number("""
                INSERT INTO rescue_dispatch (case_id, level, automatic, unit, escalation) VALUES (%d, 1, TRUE, 'crew', 'FIRST')
                RETURNING dispatch_id""".formatted(opened));
        DESK.link("fresh-crew", opened, called, "crew");
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            Page page = visitor.page();
            page.navigate(house.address("/r/fresh-crew?lang=en").toString());
            page.click("#answer");
            page.waitForSelector("#unit-state:text-is('Answered')");
            page.fill("#minutes", "10");
            page.click("#depart");
            page.waitForSelector("#unit-state:text-is('On the way')");
            page.click("#arrive");
            page.waitForSelector("#unit-state:text-is('Arrived')");
            page.fill("#released", "2");
            page.click("#release");
            page.waitForSelector("#over");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    private static long fresh(String place) {
        long opened = house.database().number("""
                INSERT INTO rescue_case (place, division_code, origin, occurred_at) VALUES ('%s', '320505', 'CALL', now()) RETURNING case_id
                """.formatted(place));
        house.database().execute("SELECT pg_notify('tean_change', 'case')");
        return opened;
    }

    private static Page.WaitForSelectorOptions attached() {
        return new Page.WaitForSelectorOptions().setState(WaitForSelectorState.ATTACHED);
    }

    /** A board that may sound, and has nothing to sound for that its operator has not seen. */
    private static void openQuietBoard(Visitor visitor) {
        Page page = visitor.page();
        // What other tests left untaken would begin to sound after we looked.
        house.database()
                .execute(
                        "UPDATE rescue_case SET duty_operator = 'dispatcher', version = version + 1 WHERE duty_operator IS NULL");
        visitor.login(house, "dispatcher");
        page.waitForURL(url -> url.endsWith("/board"));
        if (page.isVisible("#sound-on")) {
            page.click("#sound-on");
        }
        page.waitForSelector("#soundbar[data-sound=on]", attached());
        if (page.isVisible("#sound-hush")) {
            page.click("#sound-hush");
        }
        page.waitForSelector("#soundbar[data-sounding=false]", attached());
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Language language) {
        visitor.assertFlawless(house, path, name, language);
        assertThat(visitor.page().evaluate("() => window.__xss ?? 'unset'"))
                .as(path + ": a name ran")
                .isEqualTo("unset");
    }
}
