package io.tean.dashboards.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.rescue.RescueDecisions.Candidate;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedRescue;
import io.tean.dashboards.RescuedCity;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class CaseIT {
    private static final Pattern VERSION = Pattern.compile("name=\"version\" value=\"([0-9]+)\"");
    private static final RecordedRescue DESK = new RecordedRescue();
    private static final Map<String, Person> PEOPLE = new HashMap<>();

    private static OpenHouse house;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(DESK));
        RescuedCity.moveInto(house);
        DESK.carryOutIn(house.database());
        DESK.propose(
                new Candidate(OptionalInt.of(3), 2, "湖东救援站", "0512-60003", OptionalInt.of(1820), true, 1, "已有 1 个工单"));
        DESK.propose(new Candidate(OptionalInt.empty(), 3, "消防 119", "119", OptionalInt.empty(), true, 0, ""));
        PEOPLE.put("dispatcher", house.login("dispatcher", Role.DISPATCHER, "", ""));
        PEOPLE.put("inspector", house.login("inspector", Role.INSPECTOR, "", ""));
        PEOPLE.put("near", house.login("near", Role.DISPATCHER, "", "320505"));
        PEOPLE.put("unit", house.login("unit", Role.USE_UNIT, RescuedCity.UNIT, ""));
        PEOPLE.put("firm", house.login("firm", Role.FIRM, RescuedCity.FIRM, ""));
        PEOPLE.put("other", house.login("other", Role.FIRM, RescuedCity.OTHER, ""));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static Person person(String name) {
        return Objects.requireNonNull(PEOPLE.get(name));
    }

    @ParameterizedTest
    @CsvSource({
        "'', 3 1 2 4 5",
        "state=live, 3 1 2",
        "state=unclosed, 4",
        "state=CLOSED, 5",
        "level=2, 2 5",
        "division=320506, 3 5",
        "division=320500, 3 1 2 4 5",
        "machine=ELV-2, 2",
        "firm=湖东, 2 5",
        "from=2026-01-05&to=2026-01-05, 5",
        "q=100002, 2",
        "q=北广场, 3",
        "q=13800000000, 2",
        "q=4, 4 5",
        "sort=number&size=2, 1 2"
    })
    void list_isFilteredAndSorted(String query, String expected) {
        // A search for a number finds the case of this number, and whatever has it in a name or code.
        if (query.startsWith("q=4")) {
            assertThat(ids("dispatcher", query)).contains("4");
        } else {
            assertThat(ids("dispatcher", query)).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({"near, 1 2 4", "unit, 1 2 4", "firm, 1 2", "other, ''"})
    void caseOfAnother_isNotThere(String who, String expected) {
        assertThat(ids(who, "")).isEqualTo(expected);
        for (int number = 1; number <= 5; number++) {
            boolean its = expected.contains(Integer.toString(number));
            assertThat(person(who).get("/cases/" + number).statusCode()).isEqualTo(its ? 200 : 404);
        }
    }

    @ParameterizedTest
    @CsvSource({"state=x", "level=9", "division=32", "from=2026-02-30", "from=2026-03-02&to=2026-03-01"})
    void filterThatCannotBeUsed_isNamed(String query) {
        assertThat(person("dispatcher").get("/cases?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void card_showsWhyAUnitWasChosen_andWhatBecameOfNotices() {
        String late = person("dispatcher").get("/cases/2?lang=en").body();
        assertThat(late)
                .contains(
                        "远处站",
                        "9.1 km",
                        "off duty",
                        "不在值班",
                        "chosen",
                        "Arrival missed",
                        "人手不足 &lt;img",
                        "tel:13800000000")
                .doesNotContain("<img src=x");
        String called = person("dispatcher").get("/cases/1?lang=en").body();
        assertThat(called).contains("空号", "voice", "People trapped", "Led by", "nobody leads it");
        assertThat(person("firm").get("/cases/1?lang=en").body())
                .doesNotContain("空号")
                .contains("快修电梯");
    }

    @Test
    void csv_hasEveryCaseOfTheList() {
        assertThat(person("dispatcher")
                        .get("/cases.csv?level=2&lang=en")
                        .body()
                        .lines()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void step_thatAStalePageSends_isRefused_withTheNewerState_andKeepsWhatWasTyped() {
        Map<String, String> form = Map.of("move", "send", "unit", "119", "reason", "大火 typed", "version", "77");
        HttpResponse<String> answer = person("dispatcher").post("/cases/1/step?lang=zh", form);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("工单刚刚有变化", "大火 typed", "快修电梯");
        assertThat(house.database().number("SELECT count(*) FROM rescue_dispatch WHERE case_id = 1"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "refuse, dispatch=1&reason=, 422",
        "refuse, reason=x, 400",
        "send, reason=x, 422",
        "send, unit=119&reason=, 422",
        "take-over, credit-code=NOBODY&reason=x, 422",
        "release, released=many, 422",
        "depart, dispatch=1&minutes=-1, 422",
        "close, cause=WEATHER, 422",
        "rate, rating=6, 422",
        "hand-over, operator=, 422",
        "dance, '', 400"
    })
    void step_thatCannotBeRead_isNotTaken(String move, String fields, int status) {
        int before = DESK.made().size();
        Map<String, String> form = new HashMap<>(Map.of("move", move));
        for (String field : fields.split("&", -1)) {
            String[] pair = field.split("=", -1);
            if (pair.length == 2) {
                form.put(pair[0], pair[1]);
            }
        }
        assertThat(person("dispatcher").post("/cases/1/step", form).statusCode())
                .isEqualTo(status);
        assertThat(DESK.made()).hasSize(before);
    }

    @Test
    void case_isLedToItsClose() {
        long opened = house.database().number("""
                INSERT INTO rescue_case (place, division_code, origin, occurred_at) VALUES ('led', '320505', 'CALL', now()) RETURNING case_id
                """);
        long called = house.database().number("""
                INSERT INTO rescue_dispatch (case_id, level, automatic, unit, escalation) VALUES (%d, 1, TRUE, 'firm', 'FIRST')
                RETURNING dispatch_id""".formatted(opened));
        String dispatch = Long.toString(called);
        step(opened, Map.of("move", "take"), "HandOver[operator=dispatcher]");
        step(opened, Map.of("move", "answer", "dispatch", dispatch), "Answer[dispatchId=" + dispatch + "]");
        step(opened, Map.of("move", "depart", "dispatch", dispatch, "minutes", "12"), "Depart[dispatchId=" + dispatch);
        step(opened, Map.of("move", "arrive", "dispatch", dispatch), "Arrive[dispatchId=" + dispatch);
        step(
                opened,
                Map.of("move", "release", "dispatch", dispatch, "released", "2", "injured", "0"),
                "Release[dispatchId=OptionalLong[" + dispatch + "], released=OptionalInt[2], injured=OptionalInt[0]]");
        step(opened, Map.of("move", "rate", "rating", "5", "text", "fast"), "Rate[rating=5, text=fast]");
        step(
                opened,
                Map.of("move", "close", "cause", "HUMAN", "by-maintenance", "yes", "text", "rubbish"),
                "Close[cause=HUMAN, byMaintenance=true, result=rubbish]");
        String page = person("dispatcher").get("/cases/" + opened + "?lang=en").body();
        assertThat(page).contains("Closed").doesNotContain("id=\"steps\"");
        assertThat(person("dispatcher")
                        .post("/cases/" + opened + "/step", Map.of("move", "note", "text", "too late"))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void onlyDispatchersAndAdministrators_takeSteps() {
        assertThat(person("inspector").get("/cases/1").body()).doesNotContain("id=\"steps\"");
        assertThat(person("inspector")
                        .post("/cases/1/step", Map.of("move", "note", "text", "x"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(person("near")
                        .post("/cases/3/step", Map.of("move", "note", "text", "x"))
                        .statusCode())
                .isEqualTo(404);
    }

    private static void step(long number, Map<String, String> fields, String made) {
        String path = "/cases/" + number;
        Matcher version = VERSION.matcher(person("dispatcher").get(path).body());
        assertThat(version.find()).isTrue();
        Map<String, String> form = new HashMap<>(fields);
        form.put("version", version.group(1));
        HttpResponse<String> answer = person("dispatcher").post(path + "/step", form);
        assertThat(answer.statusCode()).as(fields + answer.body()).isEqualTo(303);
        assertThat(DESK.made().getLast()).startsWith(made);
    }

    private static String ids(String who, String query) {
        String body = person(who)
                .get("/api/v1/cases?" + Person.query(query.isEmpty() ? "size=200" : query))
                .body();
        return StreamSupport.stream(new JsonMapper().readTree(body).get("items").spliterator(), false)
                .map(item -> Long.toString(item.get("case_id").longValue()))
                .filter(number -> Integer.parseInt(number) <= 5)
                .collect(Collectors.joining(" "));
    }
}
