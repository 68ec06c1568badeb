package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.tean.core.audit.Actor;
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

class AccountsBrowserIT {
    private static final String FIRM = "913708000000000001";

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.addOrganisation(FIRM, "MAINTENANCE_FIRM", "济宁市兖州区金桥电梯安装维修保养工程有限责任公司", "370800");
        house.addAccount("chief", Role.ADMINISTRATOR, "", "");
        house.addAccount("deputy", Role.ADMINISTRATOR, "", "");
        house.addAccount("office.of-the-firm_with-a-very-long-name", Role.FIRM, FIRM, "");
        house.addAccount("yanzhou", Role.INSPECTOR, "", "370812");
        house.addAccount("gone", Role.DISPATCHER, "", "");
        house.ledger().disable("gone", Actor.command());
        house.ledger().reset("yanzhou", Actor.command());
        house.database().execute("""
                INSERT INTO api_token (account_id, name, token_hash, scopes, expires_at, last_used, revoked_at)
                SELECT account_id, '数据采集程序 ' || n, sha256((name || n)::bytea),
                       '{status:read,devices:read,dead-letters:read,audit:read,metrics:read}',
                       clock_timestamp() + make_interval(days => n * 20 - 30), clock_timestamp() - make_interval(hours => n),
                       CASE n WHEN 3 THEN clock_timestamp() END
                FROM account, generate_series(1, 4) n WHERE name IN ('chief', 'yanzhou')""");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void everyPage_fitsTheScreen_andIsAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "chief");
            show(visitor, "/accounts", language, "accounts");
            show(visitor, "/accounts?q=nobody-of-this-name", language, "accounts-empty");
            show(visitor, "/accounts/new", language, "account-new");
            visitor.page().fill("#name", "Wrong Name");
            visitor.page().selectOption("#role", "firm");
            send(visitor);
            // The browser says so of each answer of 400 and above.
            assertThat(visitor.complaints()).allSatisfy(line -> assertThat(line).contains("422"));
            assertFlawless(visitor, "account-wrong", screen, language);
        }
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "chief");
            show(visitor, "/accounts/yanzhou", language, "account");
            visitor.page().click("#account-access summary >> nth=1");
            visitor.page().click("#account-tokens summary >> nth=0");
            assertFlawless(visitor, "account-confirm", screen, language);
            show(visitor, "/accounts/chief", language, "account-own");
            show(visitor, "/tokens", language, "tokens");
            visitor.page().fill("#name", screen + " " + language);
            visitor.page().check("input[value='status:read']");
            send(visitor);
            assertThat(visitor.page().textContent("#secret")).startsWith("tean_");
            assertFlawless(visitor, "token-secret", screen, language);
        }
    }

    @Test
    void account_isAdded_withNothingButTheKeyboard() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "chief");
            Page page = visitor.page();
            page.navigate(house.address("/accounts").toString());
            tabTo(page, "a[href='/accounts/new']");
            page.keyboard().press("Enter");
            page.waitForURL("**/accounts/new");
            // The first field has the focus already.
            assertThat(focus(page)).isEqualTo("name");
            page.keyboard().type("keyboarder");
            page.keyboard().press("Enter");
            page.waitForSelector(".problems");
            assertThat(focus(page)).as("the first wrong field").isEqualTo("display-name");
            page.keyboard().type("键盘");
            page.keyboard().press("Tab");
            assertThat(focus(page)).isEqualTo("role");
            page.keyboard().press("ArrowDown");
            page.keyboard().press("ArrowDown");
            tabTo(page, "main button[type=submit]");
            page.keyboard().press("Enter");
            page.waitForSelector("#secret");
            assertThat(page.textContent("#secret")).hasSize(19);
            assertThat(page.url()).endsWith("/accounts/new");
            tabTo(page, "main a[href='/accounts/keyboarder']");
            page.keyboard().press("Enter");
            page.waitForURL("**/accounts/keyboarder");
            tabTo(page, "#account-access details:last-of-type summary");
            page.keyboard().press("Enter");
            tabTo(page, "form[action='/accounts/keyboarder/disable'] button");
            page.keyboard().press("Enter");
            page.waitForSelector("#done");
            assertThat(house.ledger().find("keyboarder").orElseThrow().isDisabled())
                    .isTrue();
        }
    }

    private static void show(Visitor visitor, String path, Language language, String name) {
        visitor.assertFlawless(house, path, name, language);
    }

    private static void send(Visitor visitor) {
        visitor.page().click("main form[method=post].card button[type=submit]");
        visitor.page().waitForLoadState();
    }

    private static void assertFlawless(Visitor visitor, String name, Screen screen, Language language) {
        String file = String.join("-", name, screen.name(), language.name()).toLowerCase(Locale.ROOT);
        // The browser complains of the answer to what was filled in wrongly.
        assertThat(visitor.flaws(file)).as(file).allMatch(flaw -> flaw.contains("status of 422"));
    }

    private static void tabTo(Page page, String selector) {
        for (int i = 0; i < 60; i++) {
            if ((Boolean) page.evaluate("selector => document.activeElement.matches(selector)", selector)) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("the keyboard does not come to " + selector);
    }

    private static String focus(Page page) {
        return String.valueOf(page.evaluate("() => document.activeElement.id"));
    }
}
