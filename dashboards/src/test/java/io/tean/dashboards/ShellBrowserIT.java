package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every page has around it, in a real browser. */
class ShellBrowserIT {
    /** The service promises ten seconds; a busy machine may be slow at everything else. */
    private static final double PROMISED_MILLIS = 10_000 + 5_000;

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.addAccount("officer", Role.INSPECTOR, "", "");
        house.addAccount("chief", Role.ADMINISTRATOR, "", "");
        house.addOrganisation("91371300MA3C0000X1", "MAINTENANCE_FIRM", "<script>window.__xss=1</script>", "371302");
        house.addAccount("hostile", Role.FIRM, "91371300MA3C0000X1", "");
        house.database()
                .execute(
                        "UPDATE account SET display_name = '\"><img src=x onerror=\"window.__xss=1\">' WHERE name = 'hostile'");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,zh", "PHONE,en", "DESK,zh", "DESK,en", "WALL,zh", "WALL,en"})
    void loginPage_fitsTheScreen_andIsAccessible(Screen screen, String language) {
        try (Visitor visitor = chromium.visitor(screen, "zh-CN")) {
            visitor.page().navigate(house.address("/login?lang=" + language).toString());
            assertFlawless(visitor, "login-" + screen.name().toLowerCase(Locale.ROOT) + "-" + language);
        }
    }

    @Test
    void passwordPage_inTheDark_isAccessible() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN", ColorScheme.DARK)) {
            visitor.login(house, "officer");
            visitor.page().navigate(house.address("/password").toString());
            assertFlawless(visitor, "password-phone-zh-dark");
        }
    }

    @Test
    void wrongPassword_isSaidBesideTheForm_andTheNameStays() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            Page page = visitor.page();
            page.navigate(house.address("/login").toString());
            page.fill("#name", "nobody-here");
            page.fill("#password", "not the password");
            page.click("main button[type=submit]");
            assertThat(page.locator(".problem").textContent()).contains("账号或密码不正确");
            assertThat(page.inputValue("#name")).isEqualTo("nobody-here");
            assertThat(page.inputValue("#password")).isEmpty();
            assertThat(visitor.axe()).isEmpty();
        }
    }

    @Test
    void keyboardAlone_logsIn_andSkipsToTheContent() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            Page page = visitor.page();
            page.navigate(house.address("/login").toString());
            // The browser gives the focus when it draws, which may be after it has loaded.
            page.waitForSelector("#name:focus");
            page.keyboard().type("officer");
            page.keyboard().press("Tab");
            page.keyboard().type(OpenHouse.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(url -> url.endsWith("/inspection"));
            page.keyboard().press("Tab");
            assertThat(page.evaluate("() => document.activeElement.className")).isEqualTo("skip");
            page.keyboard().press("Enter");
            assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("content");
        }
    }

    @Test
    void language_isSwitchedOnce_andRemembered() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            Page page = visitor.page();
            visitor.login(house, "officer");
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("zh-CN");
            page.click("a.language");
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo("en");
            page.navigate(house.address("/password").toString());
            assertThat(page.locator("h1").textContent()).isEqualTo("Change password");
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void navigation_showsWhatTheRoleMaySee_andNothingElse() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "chief");
            assertThat(sections(visitor))
                    .containsExactly(
                            "应急处置: 全市总览 告警 调度台 救援工单 救援统计",
                            "检验维保: 检验率 维保单位评价 电梯维保",
                            "登记档案: 设备 单位 作业人员 气瓶 数据导入 气瓶充装 掌上查",
                            "系统运行: 运行状态 终端 死信 通知 接收人 通道 告警规则 法规依据 定时作业",
                            "账号审计: 账号 接口令牌 操作审计");
        }
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "hostile");
            assertThat(sections(visitor))
                    .containsExactly(
                            "应急处置: 告警 救援工单 救援统计",
                            "检验维保: 检验率 维保单位评价 电梯维保",
                            "登记档案: 设备 单位 作业人员 气瓶 掌上查",
                            "系统运行: 终端 死信",
                            "账号审计: 接口令牌 操作审计");
        }
    }

    @Test
    void hostileName_isShown_andNeverRuns() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "hostile");
            assertThat(visitor.page().locator(".viewer").textContent()).contains("<img src=x");
            assertThat(visitor.page().evaluate("() => window.__xss === undefined"))
                    .isEqualTo(true);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void logoutInAnotherTab_takesThisOneToTheLogin() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "officer");
            Page other = visitor.page().context().newPage();
            other.navigate(house.address("/password").toString());
            other.click(".logout button");
            other.waitForURL(url -> url.contains("/login"));
            visitor.page()
                    .waitForURL(
                            url -> url.contains("/login?"), new Page.WaitForURLOptions().setTimeout(PROMISED_MILLIS));
        }
    }

    @Test
    void brokenStream_isSaid_andEndsWhenItIsBack() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            Page page = visitor.page();
            visitor.login(house, "officer");
            // Chromium's being offline breaks no stream that is open; what this page fetches fails.
            page.navigate(house.address("/status").toString());
            page.context().setOffline(true);
            shown(page, "#lost-stream");
            assertThat(visitor.axe()).isEmpty();
            visitor.screenshot("shell-stream-lost-phone-zh");
            page.context().setOffline(false);
            gone(page, "#lost-stream");
        }
    }

    @Test
    void databaseAway_isSaidOnTheOpenPage_withoutAReload() {
        try (OpenHouse other = OpenHouse.open();
                Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            other.addAccount("officer", Role.INSPECTOR, "", "");
            visitor.login(other, "officer");
            Page page = visitor.page();
            page.evaluate("() => { window.untouched = true; }");
            other.databaseAway(true);
            shown(page, "#lost-database");
            visitor.screenshot("shell-database-lost-desk-zh");
            other.databaseAway(false);
            gone(page, "#lost-database");
            assertThat(page.evaluate("() => window.untouched")).isEqualTo(true);
        }
    }

    @Test
    void serviceGone_isSaidOnTheOpenPage() {
        try (OpenHouse other = OpenHouse.open();
                Visitor visitor = chromium.visitor(Screen.WALL, "zh-CN")) {
            other.addAccount("officer", Role.INSPECTOR, "", "");
            visitor.login(other, "officer");
            other.closeDoor();
            shown(visitor.page(), "#lost-stream");
        }
    }

    private static void shown(Page page, String banner) {
        page.waitForSelector(
                banner,
                new Page.WaitForSelectorOptions()
                        .setState(WaitForSelectorState.VISIBLE)
                        .setTimeout(PROMISED_MILLIS));
    }

    private static void gone(Page page, String banner) {
        page.waitForSelector(
                banner,
                new Page.WaitForSelectorOptions()
                        .setState(WaitForSelectorState.HIDDEN)
                        .setTimeout(2 * PROMISED_MILLIS));
    }

    /** Each section with its pages, as a person finds them who opens one after the other. */
    private static List<String> sections(Visitor visitor) {
        Page page = visitor.page();
        return page.locator("nav.sections a").allTextContents().stream()
                .map(section -> {
                    page.click("nav.sections a:text-is('" + section + "')");
                    return section + ": "
                            + String.join(" ", page.locator("nav.pages a").allTextContents());
                })
                .toList();
    }

    private static void assertFlawless(Visitor visitor, String name) {
        assertThat(visitor.flaws(name)).as(name).isEmpty();
    }
}
