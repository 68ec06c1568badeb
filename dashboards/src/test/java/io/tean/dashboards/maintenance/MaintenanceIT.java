package io.tean.dashboards.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.maintenance.MaintenanceDecisions.Outcome;
import io.tean.core.maintenance.MaintenanceDecisions.Problem;
import io.tean.dashboards.Fleet;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedMaintenance;
import io.tean.dashboards.Upkeep;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Duties, firms and suspensions. */
class MaintenanceIT {
    private static final RecordedMaintenance LEDGER = new RecordedMaintenance();

    private static OpenHouse house;
    private static Fleet.People people;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(LEDGER));
        Upkeep.moveInto(house);
        people = Upkeep.people(house);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void forget() {
        LEDGER.answer(new Outcome.Done(1));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-16, '', ELV-1 ELV-4, ELV-1 ELV-4",
        "2026-01-17, ELV-1 ELV-4, '', ELV-1 ELV-4",
        "2026-02-09, ELV-1 ELV-4, '', ELV-1 ELV-4 ELV-3",
        "2026-02-10, ELV-4, '', ELV-4 ELV-3 ELV-1",
        "2026-02-17, ELV-4 ELV-3, '', ELV-4 ELV-3 ELV-1",
        "2026-03-04, ELV-3 ELV-1, '', ELV-3 ELV-1 ELV-2",
        "2026-03-05, ELV-1, '', ELV-1 ELV-2 ELV-3",
        "2026-03-13, ELV-1, ELV-2, ELV-1 ELV-2 ELV-3",
        "2025-12-31, '', '', ''"
    })
    void asOfADay_oneSeesWhoWasOverdueThen(String day, String overdue, String soon, String all) {
        assertThat(codes(people.city(), "state=overdue&day=" + day)).isEqualTo(overdue);
        assertThat(codes(people.city(), "state=due-soon&day=" + day)).isEqualTo(soon);
        assertThat(codes(people.city(), "state=all&day=" + day)).isEqualTo(all);
        JsonNode counts = json(ok(people.city(), "/api/v1/maintenance/due?day=" + day));
        assertThat(counts.at("/overdue").asInt()).isEqualTo(words(overdue));
        assertThat(counts.at("/due_soon").asInt()).isEqualTo(words(soon));
        assertThat(counts.at("/under_duty").asInt()).isEqualTo(words(all));
    }

    @Test
    void today_isTheDayWhenNobodyAsksForAnother() {
        assertThat(codes(people.city(), "")).isEqualTo("ELV-1 ELV-2 ELV-3");
        assertThat(codes(people.city(), "state=due-soon")).isEqualTo("ELV-5");
        assertThat(ok(people.city(), "/maintenance?state=due-soon&lang=en")).contains("ELV-5", "2 d left", "Yearly");
    }

    @ParameterizedTest
    @CsvSource({
        "city, ELV-1 ELV-2 ELV-3 ELV-5, 3, 4",
        "division, ELV-1 ELV-2 ELV-5, 2, 3",
        "firm-a, ELV-1 ELV-3 ELV-5, 2, 3",
        "firm-b, ELV-2, 1, 1",
        "unit-u, ELV-1 ELV-2 ELV-5, 2, 3"
    })
    void pageExportAndApi_showTheDutiesOfTheScopeOnly(String name, String expected, int overdue, int duty) {
        Person person = people.named(name);
        assertThat(codes(person, "state=all")).isEqualTo(expected);
        List<String> mine = List.of(expected.split(" "));
        List<String> others = List.of("ELV-1", "ELV-2", "ELV-3", "ELV-4", "ELV-5").stream()
                .filter(code -> !mine.contains(code))
                .toList();
        for (String path : List.of("/maintenance?state=all", "/maintenance.csv?state=all")) {
            assertThat(ok(person, path)).as(path).contains(mine);
            others.forEach(other -> assertThat(ok(person, path)).as(path).doesNotContain(other));
        }
        JsonNode counts = json(ok(person, "/api/v1/maintenance/due"));
        assertThat(counts.at("/overdue").asInt()).isEqualTo(overdue);
        assertThat(counts.at("/under_duty").asInt()).isEqualTo(duty);
    }

    @ParameterizedTest
    @CsvSource({
        "state=all&division=320506, ELV-3",
        "state=all&division=320500, ELV-1 ELV-2 ELV-3 ELV-5",
        "state=all&firm=91320500MAUPKEEPB0, ELV-2",
        "state=all&level=quarter, ELV-3",
        "day=2026-02-10&level=some-new-rule, ELV-4",
        "equipment=elv-5, ELV-5",
        "q=2 号梯, ELV-2",
        "q=星港街&sort=-due, ELV-2 ELV-1",
        "sort=days, ELV-3 ELV-2 ELV-1",
        "sort=firm, ELV-2 ELV-1 ELV-3",
        "sort=-machine&size=1&page=2, ELV-2"
    })
    void list_isFilteredSortedAndPaged(String query, String expected) {
        assertThat(codes(people.city(), Person.query(query))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "day=2026-02-30",
                "day=yesterday",
                "state=late",
                "division=3205",
                "firm=short",
                "sort=rule",
                "q=%00"
            })
    void parameterThatCannotBeUsed_isRefused(String query) {
        for (String path : List.of("/maintenance", "/maintenance.csv", "/api/v1/maintenance/due")) {
            assertThat(people.city().get(path + "?" + query).statusCode())
                    .as(path)
                    .isEqualTo(400);
        }
    }

    @Test
    void export_saysDaysAsNumbers_andUnknownRulesAsTheyAre() {
        assertThat(ok(people.city(), "/maintenance.csv?lang=en&day=2026-02-10").lines())
                .satisfiesExactly(
                        head -> assertThat(head).startsWith("\uFEFFEquipment code,"),
                        row -> assertThat(row).isEqualTo("ELV-4,科技园 4 号梯,,320506,科技园物业,,some-new-rule,2026-01-16,-25"));
    }

    @Test
    void firmsAndSuspensions_areFilesToo() {
        assertThat(ok(people.city(), "/maintenance/firms.csv?lang=en&day=2026-03-04&q=nobody")
                        .lines())
                .singleElement()
                .asString()
                .startsWith("\uFEFFFirm,Credit code,Machines,Overdue,");
        assertThat(ok(people.city(), "/maintenance/firms.csv?lang=en&day=2026-03-04&sort=-machines")
                        .lines())
                .element(1)
                .isEqualTo("姑苏电梯维护保养有限公司," + Upkeep.FIRM_A + ",2,2,0,3,2");
        assertThat(ok(people.city(), "/maintenance/suspensions.csv?lang=en&state=all&sort=first-day")
                        .lines())
                .element(1)
                .asString()
                .startsWith("ELV-3,科技园 3 号梯,,2026-02-01,2098-12-31,Running,机房进水,city,");
        assertThat(ok(people.unitU(), "/maintenance/suspensions.csv?state=all")).doesNotContain("ELV-3");
    }

    @Test
    void firms_haveTheirFigures_andEachOpensItsList() {
        JsonNode firm = json(ok(people.city(), "/api/v1/maintenance/firms?day=2026-03-04&sort=-machines"))
                .at("/items/0");
        assertThat(firm.at("/firm/credit_code").asString()).isEqualTo(Upkeep.FIRM_A);
        assertThat(firm.at("/machines").asInt()).isEqualTo(2);
        assertThat(firm.at("/overdue").asInt()).isEqualTo(2);
        assertThat(firm.at("/visits").asInt()).isEqualTo(3);
        assertThat(firm.at("/suspect").asInt()).isEqualTo(2);
        assertThat(ok(people.city(), "/maintenance/firms?day=2026-03-04"))
                .contains("/maintenance?day=2026-03-04&amp;firm=" + Upkeep.FIRM_A + "&amp;state=overdue")
                .contains("/maintenance/visits?firm=" + Upkeep.FIRM_A
                        + "&amp;from=2026-02-03&amp;state=flagged&amp;to=2026-03-04");
        assertThat(json(ok(
                                people.city(),
                                "/api/v1/maintenance/visits?state=flagged&from=2026-02-03&to=2026-03-04&firm="
                                        + Upkeep.FIRM_A))
                        .at("/total")
                        .asInt())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"city, 2, 3", "division, 2, 2", "firm-a, 1, 3", "unit-u, 2, 2"})
    void firms_areCountedWithinTheScope(String name, int firms, int machinesOfA) {
        JsonNode answer = json(ok(people.named(name), "/api/v1/maintenance/firms?sort=-machines"));
        assertThat(answer.at("/total").asInt()).isEqualTo(firms);
        assertThat(answer.at("/items/0/machines").asInt()).isEqualTo(machinesOfA);
    }

    @Test
    void suspensions_areSeenByWhomTheyAreAbout() {
        assertThat(suspended(people.city(), "")).containsExactly("ELV-3");
        assertThat(suspended(people.city(), "?state=all")).containsExactly("320505", "ELV-3");
        assertThat(suspended(people.division(), "?state=all")).containsExactly("320505");
        assertThat(suspended(people.firmA(), "?state=all")).containsExactly("320505", "ELV-3");
        assertThat(suspended(people.named("firm-b"), "?state=all")).containsExactly("320505");
        assertThat(ok(people.firmA(), "/maintenance/suspensions"))
                .contains("机房进水")
                .doesNotContain("<form class=\"card");
    }

    @Test
    void suspending_asksTheLedger_withinTheScopeOnly() {
        Map<String, String> days = Map.of("first-day", "2026-08-01", "last-day", "2026-08-03", "reason", "台风");
        assertThat(suspend(people.division(), days, "division", "320505")).isEqualTo(303);
        assertThat(suspend(people.city(), days, "equipment", " elv-3 ")).isEqualTo(303);
        assertThat(LEDGER.made())
                .containsExactly(
                        "suspend division 320505 2026-08-01 to 2026-08-03 because 台风 by ACCOUNT division",
                        "suspend machine ELV-3 2026-08-01 to 2026-08-03 because 台风 by ACCOUNT city");
        assertThat(suspend(people.division(), days, "division", "320506")).isEqualTo(422);
        assertThat(suspend(people.division(), days, "equipment", "ELV-3")).isEqualTo(422);
        assertThat(suspend(people.firmA(), days, "equipment", "ELV-1")).isEqualTo(403);
        assertThat(LEDGER.made()).hasSize(2);
    }

    @Test
    void suspensionThatCannotBe_isSaidBesideItsFields() {
        HttpResponse<String> answer = people.city()
                .post(
                        "/maintenance/suspensions?lang=en",
                        Map.of("first-day", "2026-08-03", "last-day", "2026-08-01", "reason", " ", "division", "12"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("division-problem", "last-day-problem", "reason-problem", "value=\"12\"");
    }

    @Test
    void endingASuspension_asksTheLedger_andSaysWhyNot() {
        assertThat(end(people.city(), "1", "2026-05-01").statusCode()).isEqualTo(303);
        assertThat(LEDGER.made()).containsExactly("end suspension 1 on 2026-05-01 because nothing by ACCOUNT city");
        assertThat(end(people.city(), "1", "2100-01-01").statusCode()).isEqualTo(422);
        assertThat(end(people.division(), "1", "2026-05-01").statusCode()).isEqualTo(404);
        LEDGER.answer(new Outcome.Refused(Problem.NO_DAYS));
        HttpResponse<String> refused = end(people.city(), "1", "2026-01-01");
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(refused.body()).contains("结束日期早于开始日期");
    }

    private static HttpResponse<String> end(Person person, String id, String day) {
        return person.post("/maintenance/suspensions/" + id + "/end", Map.of("last-day", day));
    }

    private static int suspend(Person person, Map<String, String> days, String name, String value) {
        Map<String, String> fields = new java.util.HashMap<>(days);
        fields.put(name, value);
        return person.post("/maintenance/suspensions", fields).statusCode();
    }

    private static List<String> suspended(Person person, String query) {
        List<String> subjects = new ArrayList<>();
        for (JsonNode item :
                json(ok(person, "/api/v1/maintenance/suspensions" + query)).at("/items")) {
            JsonNode machine = item.at("/equipment_code");
            subjects.add((machine.isNull() ? item.at("/division_code") : machine).asString());
        }
        return subjects;
    }

    private static int words(String text) {
        return text.isEmpty() ? 0 : text.split(" ").length;
    }

    private static String codes(Person person, String query) {
        List<String> codes = new ArrayList<>();
        for (JsonNode item :
                json(ok(person, "/api/v1/maintenance/due?" + query)).at("/items")) {
            codes.add(item.at("/equipment_code").asString());
        }
        return String.join(" ", codes);
    }

    private static JsonNode json(String body) {
        return new JsonMapper().readTree(body);
    }

    private static String ok(Person person, String path) {
        HttpResponse<String> answer = person.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
