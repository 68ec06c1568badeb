package io.tean.dashboards.register;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentDecisions;
import io.tean.core.equipment.EquipmentDecisions.Outcome;
import io.tean.core.equipment.MachineDuties;
import io.tean.core.stream.Label;
import io.tean.dashboards.Dashboards;
import io.tean.dashboards.Fleet;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.NotedInspections;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.RecordedAlerts;
import io.tean.dashboards.RecordedMaintenance;
import io.tean.dashboards.RecordedNotices;
import io.tean.dashboards.RecordedRescue;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import io.tean.dashboards.screen.Language;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The register in a real browser: a machine is searched, opened and changed, a file is sent, and nothing that is registered ever runs. */
class RegisterBrowserIT {
    private static final String HOSTILE = "<img src=x onerror=\"window.ran=1\">";
    private static final SentFiles FILES = new SentFiles();
    private static final MachineDuties DUTIES = (code, day) -> List.of(
            new MachineDuties.Part(
                    "elevator.periodic",
                    new Label("定期检验", "Periodic inspection"),
                    LocalDate.of(2020, 1, 31),
                    new Label("TSG T7001—2023 第 2.1 条", "TSG T7001—2023 2.1"),
                    "W12",
                    "seen"),
            new MachineDuties.Part(
                    "elevator.half-month",
                    new Label("半月维保", "Half-monthly maintenance"),
                    LocalDate.of(2090, 1, 31),
                    new Label("TSG T5002—2017 第 6 条", "TSG T5002—2017 6"),
                    "G2",
                    "from-memory"));

    private static OpenHouse house;
    private static Chromium chromium;

    @BeforeAll
    static void open() {
        EquipmentDecisions changes = RegisterBrowserIT::change;
        house = OpenHouse.open(new Dashboards.Decisions(
                new NoDecisions(),
                changes,
                DUTIES,
                FILES,
                new RecordedMaintenance(),
                new NotedInspections(),
                new RecordedAlerts(),
                new RecordedRescue(),
                new RecordedNotices()));
        FILES.into(house);
        Fleet.moveInto(house);
        RegisterRows.moveInto(house);
        house.addOrganisation("91320500MAHOSTILE0", "FILLING_STATION", HOSTILE, "320505");
        house.database().execute("""
                INSERT INTO equipment (code, category, name, site_address, use_registration_no, division_code, use_unit_id, parameters)
                SELECT 'ELV-6666', 'elevator', '%1$s', '%1$s', '%1$s', '320505', organisation_id, jsonb_build_object('floors', '%1$s')
                FROM organisation WHERE name = '%1$s';
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on)
                SELECT '%1$s', equipment_id, use_unit_id, '2026-01-01' FROM equipment WHERE code = 'ELV-6666';
                INSERT INTO operator (certificate_no, name, organisation_id) SELECT '%1$s', '%1$s', organisation_id FROM organisation WHERE name = '%1$s';
                INSERT INTO operator_certificate (operator_id, item, from_on, until_on)
                SELECT operator_id, '%1$s', '2020-01-01', '2090-01-01' FROM operator WHERE name = '%1$s';
                INSERT INTO cylinder (code, type, medium, volume_litre, station_id)
                SELECT 'GP-6666', 'LPG', '%1$s', 35.5, organisation_id FROM organisation WHERE name = '%1$s';
                INSERT INTO import_run (kind, file_name, sha256, mode, state, bytes, bytes_read, rows_read, refused, ended_at, actor_kind, actor)
                VALUES ('equipment', '%1$s.csv', repeat('ab', 32), 'ALL_OR_NOTHING', 'REFUSED', 1000, 1000, 40, 1, now(), 'account', 'boss');
                INSERT INTO import_problem (import_id, row_no, heading, value, reason, cells)
                SELECT import_id, 7, '%1$s', '%1$s', 'is no code: ''%1$s''', ARRAY['x'] FROM import_run;
                """.formatted(HOSTILE));
        house.addAccount("boss", Role.ADMINISTRATOR, "", "");
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() {
        chromium.close();
        house.close();
    }

    /** Refuses a rescue code that is none, and else does it. */
    private static Outcome change(String code, Map<String, String> cells, String reason, Actor actor) {
        String rescue = cells.getOrDefault("rescue_code", "");
        if (!rescue.matches("[0-9]{5,7}")) {
            return new Outcome.Refused(Map.of("rescue_code", "'" + rescue + "' is not 5 to 7 digits"));
        }
        house.database().execute("""
                UPDATE equipment SET rescue_code = '%2$s' WHERE code = '%1$s';
                INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject, reason)
                VALUES ('account', '%3$s', 'equipment.change', 'equipment', '%1$s', '%4$s');
                """.formatted(code, rescue, actor.name(), reason));
        return new Outcome.Done();
    }

    @ParameterizedTest
    @CsvSource({"PHONE,ZH", "PHONE,EN", "DESK,ZH", "DESK,EN", "WALL,ZH", "WALL,EN"})
    void pages_fitTheScreen_areAccessible_andRunNothing(Screen screen, Language language) {
        try (Visitor visitor = chromium.visitor(screen, language.tag())) {
            visitor.login(house, "boss");
            assertFlawless(visitor, "/equipment", "list", language);
            assertFlawless(visitor, "/equipment/ELV-1001", "entry", language);
            assertFlawless(visitor, "/equipment/ELV-6666/change", "change", language);
            assertFlawless(visitor, "/organisations", "organisations", language);
            assertFlawless(visitor, "/organisations/91320500MAHOSTILE0", "organisation", language);
            assertFlawless(visitor, "/operators", "operators", language);
            assertFlawless(visitor, "/cylinders", "cylinders", language);
            assertFlawless(visitor, "/imports", "imports", language);
            assertFlawless(visitor, "/imports/1", "import-refused", language);
            assertFlawless(visitor, "/imports/new", "import-new", language);
        }
    }

    @Test
    void whatIsRegistered_standsOnThePagesAsText() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            visitor.login(house, "boss");
            for (String path : List.of("/equipment/ELV-6666", "/cylinders/GP-6666", "/equipment?q=onerror")) {
                visitor.page().navigate(house.address(path).toString());
                assertThat(visitor.page().textContent("main")).as(path).contains(HOSTILE);
                assertNothingRan(visitor);
                assertThat(visitor.overhang()).as(path).isZero();
                assertThat(visitor.complaints()).isEmpty();
            }
        }
    }

    @Test
    void machine_isFoundWithTheKeyboard_byCodeNameAndPlace() {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "boss");
            Page page = visitor.page();
            for (String typed : List.of("elv-1001", "1 号梯", "苏州大道东")) {
                page.navigate(house.address("/equipment?lang=zh").toString());
                page.focus("#q");
                page.keyboard().type(typed);
                page.keyboard().press("Enter");
                page.waitForURL("**/equipment?**q=**");
                assertThat(page.inputValue("#q")).isEqualTo(typed);
                assertThat(page.locator("table.rows tbody tr").count()).isEqualTo(1);
            }
            page.focus("#q");
            for (int tabs = 0; tabs < 30 && !isFocused(page, "table.rows tbody a"); tabs++) {
                page.keyboard().press("Tab");
            }
            page.keyboard().press("Enter");
            page.waitForURL("**/equipment/ELV-1001");
            assertThat(page.locator("#part-contracts + table, #part-inspections + table, #part-maintenance + table")
                            .count())
                    .isEqualTo(3);
            assertThat(visitor.complaints()).isEmpty();
        }
    }

    @Test
    void changing_asksForAReason_saysWhatIsWrongBesideTheField_andStandsInTheHistory() {
        try (Visitor visitor = chromium.visitor(Screen.PHONE, "zh-CN")) {
            visitor.login(house, "boss");
            Page page = visitor.page();
            page.navigate(house.address("/equipment/ELV-1001?lang=zh").toString());
            page.click(".title a.button");
            page.fill("#rescue_code", "12");
            page.click("form.card button[type=submit]");
            page.waitForSelector(".field.wrong #reason");
            assertThat(page.inputValue("#rescue_code")).isEqualTo("12");
            assertThat(page.locator("#reason-problem").isVisible()).isTrue();
            assertThat(page.getAttribute("#reason", "aria-describedby")).contains("reason-problem");
            assertThat(visitor.axe()).isEmpty();
            visitor.screenshot("register-change-without-reason");
            page.fill("#reason", "救援标识牌更换");
            page.click("form.card button[type=submit]");
            page.waitForSelector(".field.wrong #rescue_code");
            assertThat(page.textContent("#rescue_code-problem")).contains("'12' is not 5 to 7 digits");
            assertThat(page.inputValue("#reason")).isEqualTo("救援标识牌更换");
            page.fill("#rescue_code", "554321");
            page.keyboard().press("Enter");
            page.waitForSelector("#done");
            assertThat(page.textContent("main")).contains("554321");
            assertThat(page.textContent("[aria-labelledby=part-changes]")).contains("救援标识牌更换", "boss");
            assertThat(visitor.complaints()).allMatch(line -> line.contains("422"));
        }
    }

    @Test
    void file_isSent_watchedAndCorrected() throws IOException {
        try (Visitor visitor = chromium.visitor(Screen.DESK, "zh-CN")) {
            visitor.login(house, "boss");
            Page page = visitor.page();
            page.navigate(house.address("/imports?lang=zh").toString());
            page.click(".title a.button");
            page.selectOption("#kind", "equipment");
            page.check("input[value=ACCEPT_GOOD]");
            page.click("form.card button[type=submit]");
            page.waitForSelector("#file-problem");
            assertThat(page.inputValue("#kind")).isEqualTo("equipment");
            assertThat(page.isChecked("input[value=ACCEPT_GOOD]")).isTrue();
            byte[] csv = "code,name\n1,x\n".getBytes(StandardCharsets.UTF_8);
            page.setInputFiles("#file", new FilePayload("<img src=x onerror=window.ran=1>.csv", "text/csv", csv));
            page.click("form.card button[type=submit]");
            page.waitForSelector("#progress");
            assertThat(page.getAttribute("#progress", "value")).isEqualTo("400");
            assertThat(page.textContent("h1")).startsWith("<img src").endsWith(">.csv");
            assertThat(page.textContent("[aria-labelledby=part-problems]")).contains("7", "use_unit", "没有该单位");
            assertThat(visitor.axe()).isEmpty();
            visitor.screenshot("register-import-running");
            Download corrections = page.waitForDownload(() -> page.click("a[href$='/corrections']"));
            assertThat(corrections.suggestedFilename()).endsWith("-corrections.csv");
            assertThat(Files.readString(corrections.path())).isEqualTo("corrected\n");
            assertNothingRan(visitor);
            assertThat(visitor.complaints()).allMatch(line -> line.contains("422"));
        }
    }

    private static boolean isFocused(Page page, String selector) {
        return (Boolean)
                page.evaluate("selector => document.activeElement.matches(selector + ':focus-visible')", selector);
    }

    private static void assertNothingRan(Visitor visitor) {
        assertThat(visitor.page().evaluate("() => window.ran === undefined && !document.querySelector('img[src=x]')"))
                .isEqualTo(true);
    }

    private static void assertFlawless(Visitor visitor, String path, String name, Language language) {
        visitor.assertFlawless(house, path, "register-" + name, language);
        assertNothingRan(visitor);
    }
}
