package io.tean.dashboards.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
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

/** List and entry in a real browser. */
class AuditPageBrowserIT {
    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.addAccount("auditor", Role.ADMINISTRATOR, "", "");
        house.addOrganisation("91320500000000001X", "MAINTENANCE_FIRM", "苏州市姑苏区平江路电梯维护保养有限责任公司", "320508");
        house.database().execute("""
                INSERT INTO audit_entry (at, actor_kind, actor, source, action, subject_kind, subject, organisation_id, before, after, reason)
                SELECT timestamptz '2026-03-01 08:00:00+08' + n * interval '97 s', kind, actor, source, action, subject_kind, subject, organisation,
                       before::json, after::json, reason
                FROM (VALUES
                    (1, 'command', 'root', NULL, 'account.add', 'account', 'li.wei', NULL, NULL,
                     '{"display-name":"李伟","role":"inspector","division":"320508"}', NULL),
                    (2, 'account', 'li.wei', '10.20.30.40', 'account.change', 'account', 'wang.fang', NULL,
                     '{"display-name":"王芳","role":"inspector","division":"320508"}',
                     '{"display-name":"王芳","role":"dispatcher","scopes":["devices:read","dead-letters:read","audit:read"]}', '岗位调整'),
                    (3, 'token', 'li.wei/nightly-report-of-the-supervision-bureau', '2001:db8:85a3:8d3:1319:8a2e:370:7348', 'dead-letter.replay',
                     'dead-letter', '4711', 1, '{"state":"kept"}', '{"state":"to-replay"}', NULL),
                    (4, 'account', 'li.wei', '10.20.30.40', 'device.disable', 'device', 'a-very-long-device-name-of-a-maintenance-firm-0001', 1,
                     '{"state":"enabled"}', '{"state":"disabled"}', NULL),
                    (5, 'system', 'alerting', NULL, 'alert.open', 'alert', '12', NULL, NULL,
                     '{"equipment":"31103205002016010001","rule":"elevator-entrapment","severity":"EMERGENCY"}', NULL),
                    (6, 'account', 'li.wei', '10.20.30.40', 'future.verb', 'future-thing', '31103205002016010001', NULL, NULL, NULL, NULL)
                ) AS entry (n, kind, actor, source, action, subject_kind, subject, organisation, before, after, reason),
                generate_series(1, 6) AS again
                ORDER BY n, again;
                INSERT INTO audit_seal (seal_no, audit_id, hash) SELECT audit_id, audit_id, sha256('any') FROM audit_entry WHERE audit_id < 20;
                """);
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void list_fitsTheScreen_andIsAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visit(visitor, "/audit?lang=" + language.word());
            assertFlawless(visitor, name("list", screen, language));
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void entry_fitsTheScreen_andIsAccessible(Screen screen, Language language) {
        long id = house.database().number("SELECT min(audit_id) FROM audit_entry WHERE action = 'account.change'");
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visit(visitor, "/audit/" + id + "?lang=" + language.word());
            assertFlawless(visitor, name("entry", screen, language));
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE,EN", "DESK,ZH"})
    void listInTheDark_isAccessible(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag(), ColorScheme.DARK)) {
            visit(visitor, "/audit?lang=" + language.word());
            assertFlawless(visitor, name("dark", screen, language));
        }
    }

    @Test
    void searching_leavesOutTheOthers_andKeepsWhatWasTyped() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visit(visitor, "/audit?lang=en");
            visitor.page().fill("#q", "alerting");
            visitor.page().selectOption("#action", "alert.open");
            visitor.page().fill("#from", "2026-03-01");
            visitor.page().fill("#to", "2026-03-01");
            visitor.page().click("form.filters button[type=submit]");
            visitor.page().waitForURL("**/audit?q=alerting**");
            assertThat(visitor.page().locator("table.rows tbody tr").count()).isEqualTo(6);
            assertThat(visitor.page().inputValue("#q")).isEqualTo("alerting");
            assertThat(visitor.page().inputValue("#action")).isEqualTo("alert.open");
            assertThat(visitor.page().inputValue("#from")).isEqualTo("2026-03-01");
            visitor.page().fill("#q", "nobody at all");
            visitor.page().click("form.filters button[type=submit]");
            visitor.page().waitForURL("**q=nobody**");
            assertFlawless(visitor, "audit-none-desk-en");
            assertThat(visitor.page().locator("p.empty").count()).isEqualTo(1);
        }
    }

    @Test
    void entry_isOneClickFromTheList() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            visit(visitor, "/audit?lang=zh&q=alerting");
            visitor.page().click("table.rows tbody a >> nth=0");
            visitor.page().waitForURL(url -> url.matches(".*/audit/\\d+"));
            assertThat(visitor.page().locator("h1").textContent()).startsWith("审计记录");
        }
    }

    private static void visit(Visitor visitor, String path) {
        visitor.login(house, "auditor");
        visitor.page().navigate(house.address(path).toString());
    }

    private static void assertFlawless(Visitor visitor, String name) {
        assertThat(visitor.flaws(name)).as(name).isEmpty();
    }

    private static String name(String what, Screen screen, Language language) {
        return String.join("-", "audit", what, screen.name(), language.name()).toLowerCase(Locale.ROOT);
    }
}
