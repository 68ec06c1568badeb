package io.tean.dashboards.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.core.equipment.EquipmentDecisions;
import io.tean.core.equipment.MachineDuties;
import io.tean.core.stream.Label;
import io.tean.dashboards.Dashboards;
import io.tean.dashboards.Fleet;
import io.tean.dashboards.Forms;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.NotedInspections;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedAlerts;
import io.tean.dashboards.RecordedMaintenance;
import io.tean.dashboards.RecordedNotices;
import io.tean.dashboards.RecordedRescue;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.route.Route;
import java.net.http.HttpResponse;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterIT {
    private static final Pattern ROW = Pattern.compile("<th scope=\"row\"[^>]*><a href=\"/equipment/([^\"]+)\"");
    private static final Changes CHANGES = new Changes();
    private static final SentFiles FILES = new SentFiles();
    private static final MachineDuties DUTIES = (code, day) -> List.of(new MachineDuties.Part(
            "elevator.periodic",
            new Label("定期检验", "Periodic inspection"),
            LocalDate.of(2020, 1, 31),
            new Label("TSG T7001 第 2.1 条", "TSG T7001 2.1"),
            "W1",
            "seen"));

    private static OpenHouse house;
    private static Person boss;

    /** Notes what was changed, and answers as the test wants it. */
    private static final class Changes implements EquipmentDecisions {
        private final List<String> made = new CopyOnWriteArrayList<>();
        private volatile Outcome answer = new Outcome.Done();

        @Override
        public Outcome change(String equipmentCode, Map<String, String> cells, String reason, Actor actor) {
            made.add(equipmentCode + " " + cells + " " + reason + " by " + actor.name());
            return answer;
        }
    }

    @BeforeAll
    static void open() {
        house = OpenHouse.open(new Dashboards.Decisions(
                new NoDecisions(),
                CHANGES,
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
        boss = house.login("boss", Role.ADMINISTRATOR, "", "");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void forget() {
        CHANGES.made.clear();
        CHANGES.answer = new EquipmentDecisions.Outcome.Done();
    }

    @ParameterizedTest
    @CsvSource({
        "'', ELV-1001 ELV-2002 3110320500201601AB",
        "q=elv-1001, ELV-1001",
        "q=ＥＬＶ－1001, ELV-1001",
        "q=3110 3205 0020 1601 ab, 3110320500201601AB",
        "q=苏E00001, ELV-1001",
        "q=512345, ELV-1001",
        "q=科技园, ELV-2002",
        "q=苏州大道, ELV-1001",
        "q=%, ''",
        "category=crane, 3110320500201601AB",
        "state=SUSPENDED, ELV-2002",
        "division=320505, ELV-1001",
        "division=320500, ELV-1001 ELV-2002",
        "use-unit=91320500MAUSEUNITV, ELV-2002",
        "crowded=true, ELV-1001",
        "sort=-code&size=1, ELV-2002"
    })
    void list_isSearchedFilteredSortedAndPaged(String query, String expected) {
        assertThat(codes(boss.get("/equipment?" + (query.isEmpty() ? "" : Person.query(query)))))
                .containsExactlyInAnyOrderElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "category=TOASTER",
                "category=CRANE",
                "division=32",
                "use-unit=x",
                "state=in-use",
                "crowded=maybe"
            })
    void filterThatCannotBeUsed_isRefused(String query) {
        assertThat(boss.get("/equipment?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void formerFirm_stillSeesTheMachine_andAnotherFirmDoesNot() {
        Person firm = house.login("firm-b", Role.FIRM, Fleet.FIRM_B, "");
        assertThat(firm.get("/equipment/ELV-1001").statusCode()).isEqualTo(200);
        assertThat(firm.get("/equipment/3110320500201601AB").statusCode()).isEqualTo(404);
        assertThat(firm.get("/equipment/ELV-1001/change").statusCode()).isEqualTo(403);
    }

    @Test
    void entry_tellsAllThatIsKnown() {
        String page = boss.get("/equipment/elv-1001").body();
        assertThat(page)
                .contains(
                        "东方之门 1 号梯",
                        "额定载重量（kg）",
                        "1000",
                        "维保合同",
                        "HT-1",
                        "BG-1",
                        "合格",
                        "WB-1",
                        "存疑",
                        "2020-01-31",
                        "已逾期")
                .contains("TSG T7001 第 2.1 条", "W1 · 已核对原文", "dev-a", "搬迁");
    }

    @ParameterizedTest
    @CsvSource({"NULL, 未登记投保", "-1, 脱保", "0, 在保"})
    void insurance_isNone_lapsedOrActive_byItsLastDay(String days, String said) {
        house.database().execute("""
                INSERT INTO equipment (code, category, name, parameters) VALUES ('ELV-INSURED', 'elevator', 'x', jsonb_strip_nulls(jsonb_build_object(
                    'insurer', '沂蒙财险', 'insured_until', (now() AT TIME ZONE 'Asia/Shanghai')::date + (%s)::integer)))
                """.formatted(days));
        try {
            assertThat(boss.get("/equipment/ELV-INSURED").body()).contains("责任保险</dt><dd>" + said, "沂蒙财险");
        } finally {
            house.database().execute("DELETE FROM equipment WHERE code = 'ELV-INSURED'");
        }
    }

    @Test
    void change_sendsOnlyWhatDiffers_withTheReason() {
        HttpResponse<String> answer = boss.post(
                "/equipment/ELV-1001/change",
                Map.of("name", "东方之门 1 号梯", "rescue_code", "599999", "rated_load_kg", "1050", "reason", "更正铭牌"));
        assertThat(answer.headers().firstValue("location")).hasValue("/equipment/ELV-1001?done=equipment-changed");
        assertThat(CHANGES.made)
                .singleElement()
                .asString()
                .startsWith("ELV-1001 {")
                .endsWith("} 更正铭牌 by boss");
        assertThat(CHANGES.made.getFirst())
                .contains("rescue_code=599999", "rated_load_kg=1050")
                .doesNotContain("name=");
    }

    @Test
    void changeThatIsRefused_saysWhyBesideTheField_andKeepsWhatWasTyped() {
        CHANGES.answer = new EquipmentDecisions.Outcome.Refused(Map.of("rescue_code", "须为 5 至 7 位数字"));
        HttpResponse<String> answer =
                boss.post("/equipment/ELV-1001/change", Map.of("rescue_code", "<x>", "reason", "typed reason"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("id=\"rescue_code-problem\">须为 5 至 7 位数字", "value=\"&lt;x>\"", "typed reason");
    }

    @Test
    void changeWithoutAReason_isNotMade() {
        assertThat(boss.post("/equipment/ELV-1001/change", Map.of("name", "new"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(CHANGES.made).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/organisations?q=bright, Bright Lifts, 东方之门物业",
        "/organisations?kind=USE_UNIT, 东方之门物业, Bright Lifts",
        "/operators?state=expired, 过期员, 有效员",
        "/operators?state=valid, 有效员, 过期员",
        "/operators, 有效员, 旧证书项目",
        "/cylinders?q=GP-2, GP-2, GP-1",
        "/cylinders?due-before=2026-06-01&sort=due, GP-1, GP-2",
        "/organisations/91320500MAFIRMA000, 有效员, Bright",
        "/organisations/91320500MAFIRMB000, HT-1, 有效员",
        "/organisations/91320500MAUSEUNITU, HT-1, 有效员",
        "/organisations/91320500MAUSEUNITV, 维保合同, HT-1",
        "/cylinders/GP-1, 液化石油气, GP-2"
    })
    void otherLists_areSearchedAndFiltered(String path, String shown, String hidden) {
        HttpResponse<String> answer = boss.get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains(shown);
        assertThat(answer.body().replaceFirst("(?s).*<main", "")).doesNotContain(hidden);
    }

    @Test
    void eachList_leadsToItsFiles() {
        // Two months are compared once one was reported: ComparisonIT.
        Set<Route> elsewhere = Set.of(Route.INSPECTION_COMPARISON_EXPORT);
        for (Route export : Route.values()) {
            if (export.name().endsWith("_EXPORT") && !elsewhere.contains(export)) {
                String name = export.name().replaceFirst("_EXPORT$", "");
                assertThat(boss.get(Route.valueOf(name).path()).body())
                        .as(name)
                        .contains("\"" + export.path())
                        .contains("\"" + Route.valueOf(name + "_WORKBOOK").path());
            }
        }
    }

    @Test
    void fileThatIsSent_isHandedOver_withItsNameAlone() {
        HttpResponse<String> answer = boss.send(Forms.multipart(
                boss.request("/imports/new"),
                Map.of("kind", "equipment", "mode", "ACCEPT_GOOD", "csrf", boss.csrf()),
                "lists/machines.csv",
                "code,name\n" + "x".repeat(2_000_000)));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        String path = answer.headers().firstValue("location").orElseThrow();
        assertThat(FILES.taken).last().asString().isEqualTo("equipment machines.csv ACCEPT_GOOD 2000010 bytes by boss");
        assertThat(boss.get(path).body()).contains("machines.csv", "更正文件", "没有该单位");
        assertThat(boss.get(path + "/corrections").body()).contains("corrected");
    }

    @Test
    void fileWithoutTheWordOfOurPage_isRefused() {
        int before = FILES.taken.size();
        HttpResponse<String> answer = boss.send(Forms.multipart(
                boss.request("/imports/new"), Map.of("kind", "equipment", "mode", "ACCEPT_GOOD"), "a.csv", "code"));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(FILES.taken).hasSize(before);
    }

    @Test
    void formThatIsNotFilledIn_isShownAgain() {
        HttpResponse<String> answer = boss.send(
                Forms.multipart(boss.request("/imports/new"), Map.of("kind", "toys", "csrf", boss.csrf()), "", ""));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("请选择数据类型", "请选择处理方式", "请选择文件");
    }

    private static List<String> codes(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return ROW.matcher(answer.body())
                .results()
                .map((MatchResult row) -> row.group(1))
                .toList();
    }
}
