package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
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

/** The pages of notices, recipients and channels in a real browser. */
class NoticesBrowserIT {
    private static final RecordedNotices OUTBOX = new RecordedNotices();

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(OUTBOX));
        NotifiedCity.moveInto(house);
        OUTBOX.carryOutIn(house.database());
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
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
            visitor.assertFlawless(house, "/notices?from=2020-01-01", "notices", language);
            visitor.assertFlawless(house, "/notices/" + NotifiedCity.id(1), "notice", language);
            visitor.assertFlawless(house, "/notices/" + NotifiedCity.id(6), "notice-digest", language);
            visitor.assertFlawless(house, "/recipients", "recipients", language);
            visitor.assertFlawless(house, "/recipients/1", "recipient", language);
            visitor.assertFlawless(house, "/channels", "channels", language);
        }
    }

    @Test
    void deadNotice_isFound_andSentAgain_byKeyboard() {
        long before = OUTBOX.made().size();
        String id = house.database().text("""
                INSERT INTO delivery (delivery_id, recipient_name, addresses, severity_rank, state, reason, ended_at, deadline_at)
                VALUES (gen_random_uuid(), 'keyboard', '[{"channel": "mail", "to": "a@b.example"}]', 3, 'dead', 'why', now(), now())
                RETURNING delivery_id
                """);
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "boss");
            page.navigate(house.address("/notices?lang=en&q=keyboard").toString());
            page.focus("a[href='/notices/" + id + "']");
            page.keyboard().press("Enter");
            page.waitForURL("**/notices/" + id);
            page.focus("#notice form button");
            page.keyboard().press("Enter");
            page.waitForSelector("#done");
            assertThat(page.textContent("#notice .badge")).isEqualTo("Waiting");
            assertThat(OUTBOX.made().subList((int) before, OUTBOX.made().size()))
                    .contains("retry " + id + " by ACCOUNT boss");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void recipientWithMistakes_isCorrected_andRetired() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "en")) {
            Page page = visitor.page();
            visitor.login(house, "boss");
            page.navigate(house.address("/recipients/new?lang=en").toString());
            page.selectOption("#duty", "OFFICER");
            page.fill("#name", AlarmedCity.HOSTILE);
            page.selectOption("#channel-1", "sms");
            page.click("form.card button[type=submit]");
            page.waitForSelector("#to-1-problem");
            visitor.screenshot("recipient-wrong-phone-en");
            assertThat(visitor.axe()).isEmpty();
            assertThat(visitor.overhang()).isZero();
            page.fill("#to-1", "13900000000");
            page.click("form.card button[type=submit]");
            page.waitForSelector("#done");
            page.click("#recipient-list tbody th a");
            assertThat(page.inputValue("#name")).isEqualTo(AlarmedCity.HOSTILE);
            page.click("#retire summary");
            page.click("#retire button");
            page.waitForSelector("#done");
            assertThat(page.textContent("#done")).contains("retired");
        }
    }

    @Test
    void newAttempt_showsWithoutAReload() {
        String id = NotifiedCity.id(3);
        try (Visitor visitor = chromium.visitor(Screen.DESK, "en")) {
            Page page = visitor.page();
            visitor.login(house, "boss");
            page.navigate(house.address("/notices/" + id + "?lang=en").toString());
            house.database().execute("""
                    INSERT INTO delivery_attempt (delivery_id, attempt, channel, address, result)
                    VALUES ('%1$s', 2, 'mail', 'office@firm.example', 'handed_over');
                    UPDATE delivery SET attempts = 2 WHERE delivery_id = '%1$s';
                    SELECT pg_notify('tean_change', 'notice')
                    """.formatted(id));
            page.waitForSelector("#notice-attempts tr:nth-child(2)");
            assertThat(visitor.complaints()).isEmpty();
        }
    }
}
