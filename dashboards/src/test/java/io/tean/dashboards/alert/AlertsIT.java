package io.tean.dashboards.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.AlarmedCity;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedAlerts;
import io.tean.dashboards.access.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AlertsIT {
    private static final RecordedAlerts DESK = new RecordedAlerts();
    private static final Map<String, Person> PEOPLE = new HashMap<>();

    private static OpenHouse house;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(DESK));
        AlarmedCity.moveInto(house);
        DESK.carryOutIn(house.database());
        PEOPLE.put("dispatcher", house.login("dispatcher", Role.DISPATCHER, "", ""));
        PEOPLE.put("near", house.login("near", Role.INSPECTOR, "", "320505"));
        PEOPLE.put("far", house.login("far", Role.INSPECTOR, "", "320506"));
        PEOPLE.put("unit", house.login("unit", Role.USE_UNIT, AlarmedCity.UNIT, ""));
        PEOPLE.put("firm", house.login("firm", Role.FIRM, AlarmedCity.FIRM, ""));
        PEOPLE.put("station", house.login("station", Role.STATION, AlarmedCity.STATION, ""));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1 5 2 6 3 8 4",
        "state=all, 8 6 5 4 3 2 1 7",
        "state=open, 1 5 6 3 8 4",
        "state=acknowledged, 2",
        "state=cleared, 2 3",
        "state=closed, 7",
        "severity=WARNING, 6 3",
        "rule=elevator-door-fault, 5 2",
        "category=BOILER, 6",
        "division=320506, 6",
        "division=320500, 1 5 2 6 3",
        "division=-, 8 4",
        "site=锅炉房, 6",
        "site=-, 5 8 4",
        "quiet=yes, 6 3",
        "quiet=no, 1 5 2 8 4",
        "q=ELV-2, 3",
        "q=r-100001, 1 2",
        "q=2 号, 3",
        "q=t-1<, 4",
        "q=1, 1 2 3 4",
        "from=2026-01-05&to=2026-01-05&state=all, 7",
        "sort=-severity&size=2, 8 4",
        "sort=-findings&size=1, 1",
        "severity=EMERGENCY&state=closed, ''"
    })
    void list_isOfUnhandledOnes_worstFirst_andFiltered(String query, String expected) {
        assertThat(ids("dispatcher", query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"dispatcher, 8 6 5 4 3 2 1 7", "near, 5 3 2 1", "far, 6 4 7", "unit, 2 1", "firm, 3 2 1", "station, 4"})
    void list_holdsWhatIsWithinTheScope_andTheRestIsNotThere(String who, String expected) {
        assertThat(ids(who, "state=all")).isEqualTo(expected);
        for (int alert = 1; alert <= 8; alert++) {
            boolean its = expected.contains(Integer.toString(alert));
            assertThat(person(who).get("/alerts/" + alert).statusCode()).isEqualTo(its ? 200 : 404);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "state=x",
        "severity=RED",
        "division=32",
        "quiet=maybe",
        "from=2026-02-30",
        "group=colour",
        "from=2026-03-02&to=2026-03-01"
    })
    void filterThatCannotBeUsed_isNamed(String query) {
        HttpResponse<String> answer = person("dispatcher").get("/alerts?" + query);
        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void groups_countEachSeverity_andOpenIntoTheList() {
        String rules = person("dispatcher").get("/alerts?group=rule&lang=en").body();
        assertThat(rules)
                .contains("Door fault")
                .containsSubsequence("People trapped", "Door fault", "Over-pressure", "not-in-the-catalogue")
                .contains("/alerts?lang=en&amp;rule=boiler-over-pressure&amp;severity=WARNING\">2</a>");
        String sites = person("dispatcher")
                .get("/alerts?group=site&severity=WARNING&lang=en")
                .body();
        assertThat(sites).contains("园区大厦", "锅炉房", "site=%E9%94%85%E7%82%89%E6%88%BF");
        assertThat(person("dispatcher").get("/alerts?group=division&lang=en").body())
                .contains("division=320505", "division=320506", "division=-", "Not registered");
    }

    @Test
    void emergencyToHear_isOneThatIsOpen_andNotQuiet() {
        assertThat(person("dispatcher").get("/alerts?size=1").body()).contains("data-alarms=\"1.1\"");
        assertThat(person("far").get("/alerts").body()).contains("data-alarms=\"\"");
    }

    @Test
    void alert_showsRule_values_timeline_andTheReadingsAroundIt() {
        String page = person("dispatcher").get("/alerts/1?lang=en").body();
        assertThat(page)
                .contains(
                        "People trapped",
                        "Calm the passengers",
                        "code 11 <small>GB/T 24476-2017</small>",
                        "text seen",
                        "code == 11 &amp;&amp; !cleared")
                .contains("11 entrapment", "150", "elv-1")
                .contains("&lt;b onmouseover=alert(1)&gt;1号&lt;/b&gt; &amp;", "&lt;i&gt;tag&lt;/i&gt;")
                .doesNotContain("<b onmouseover", "<i>tag");
        assertThat(person("dispatcher").get("/alerts/1?lang=zh").body())
                .contains("代码 11 <small>GB/T 24476-2017</small>");
        JsonNode card = json("dispatcher", "/api/v1/alerts/1");
        assertThat(card.get("evidence")).hasSize(2);
        JsonNode events = card.get("evidence").get(0).get("readings");
        assertThat(events).hasSize(2);
        assertThat(events.get(0).get("finding").booleanValue()).isTrue();
        assertThat(events.get(1).get("finding").booleanValue()).isFalse();
        JsonNode status = card.get("evidence").get(1).get("readings");
        assertThat(status).hasSize(25);
        assertThat(status.get(0).get("values").propertyNames())
                .containsExactly(
                        "service_mode", "car_running", "in_door_zone", "passenger_present", "load_kg", "speed_mps");
        assertThat(card.get("timeline")).hasSize(2);
        assertThat(card.get("opened_with")
                        .get("last.elevator-status.passenger_present")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void quietAlert_saysWhy_andLinksOnlyToWhatTheViewerMaySee() {
        assertThat(person("near").get("/alerts/3?lang=en").body()).contains("href=\"/alerts/5\"", "muted by the site");
        assertThat(person("firm").get("/alerts/3?lang=en").body())
                .contains("muted by the site")
                .doesNotContain("/alerts/5");
        assertThat(person("far").get("/alerts/6?lang=en").body()).contains("大修至周五", "silenced");
    }

    @Test
    void export_hasTheSameRows() {
        String csv = person("near").get("/alerts.csv?lang=en").body();
        assertThat(csv.lines().skip(1)).hasSize(4);
        assertThat(csv).contains("Emergency,People trapped,elevator-entrapment,machine,elv-1");
        assertThat(person("near").get("/alerts.xlsx").statusCode()).isEqualTo(200);
    }

    @Test
    void steps_areTaken_andASecondOneIsTold_withTheNewerState() {
        long alert = fresh("elevator-stuck", "CRITICAL");
        Person dispatcher = person("dispatcher");
        assertThat(dispatcher
                        .post("/alerts/" + alert + "/acknowledge", Map.of("note", "on the way"))
                        .statusCode())
                .isEqualTo(303);
        HttpResponse<String> second = person("near").post("/alerts/" + alert + "/acknowledge?lang=zh", Map.of());
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(second.body()).contains("已被他人确认", "已确认").doesNotContain("/acknowledge\"");
        assertThat(dispatcher
                        .post("/alerts/" + alert + "/close", Map.of("cause", "WHY"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(dispatcher
                        .post("/alerts/" + alert + "/close", Map.of("cause", "HUMAN", "note", "a stone"))
                        .statusCode())
                .isEqualTo(303);
        HttpResponse<String> closed = post("near", "/api/v1/alerts/" + alert + "/close", "{\"cause\":\"WORK\"}");
        assertThat(closed.statusCode()).isEqualTo(409);
        assertThat(closed.body()).contains("alert " + alert + " is closed");
        assertThat(DESK.made())
                .contains(
                        "acknowledge " + alert + " because of on the way by ACCOUNT dispatcher",
                        "close " + alert + " HUMAN because of a stone by ACCOUNT dispatcher");
    }

    @Test
    void emergency_isNotClosed_butEndedBySomebodyWhoSaysThatNobodyIsInDanger() {
        long alert = fresh("elevator-ucm", "EMERGENCY");
        Person dispatcher = person("dispatcher");
        assertThat(dispatcher
                        .post("/alerts/" + alert + "/close", Map.of("cause", "GENUINE"))
                        .statusCode())
                .isEqualTo(409);
        String end = "/alerts/" + alert + "/end-of-alarm";
        HttpResponse<String> untold =
                dispatcher.post(end + "?lang=zh", Map.of("cause", "GENUINE", "note", "they are out"));
        assertThat(untold.statusCode()).isEqualTo(422);
        assertThat(untold.body()).contains("须确认已无人处于危险之中", "they are out");
        assertThat(post("near", "/api/v1" + end, "{\"cause\":\"GENUINE\",\"safe\":false}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(DESK.made()).noneMatch(made -> made.startsWith("end " + alert));
        HttpResponse<String> ended = post("near", "/api/v1" + end, "{\"cause\":\"GENUINE\",\"safe\":true}");
        assertThat(JsonMapper.shared().readTree(ended.body()).get("state").stringValue())
                .isEqualTo("closed");
    }

    @Test
    void firm_acknowledgesOnlyWhatItHasNow_andClosesNothing() {
        Person firm = person("firm");
        assertThat(firm.get("/alerts/3").body()).doesNotContain("/alerts/3/acknowledge");
        assertThat(firm.post("/alerts/3/acknowledge", Map.of()).statusCode()).isEqualTo(403);
        long own = fresh("elevator-belt", "EMERGENCY");
        assertThat(firm.get("/alerts/" + own).body()).contains("/acknowledge").doesNotContain("end-of-alarm");
        assertThat(firm.post("/alerts/" + own + "/acknowledge", Map.of()).statusCode())
                .isEqualTo(303);
        assertThat(firm.post("/alerts/" + own + "/end-of-alarm", Map.of("cause", "WORK", "safe", "yes"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(person("unit")
                        .post("/alerts/" + own + "/acknowledge", Map.of())
                        .statusCode())
                .isEqualTo(403);
        assertThat(person("far")
                        .post("/alerts/" + own + "/close", Map.of("cause", "WORK"))
                        .statusCode())
                .isEqualTo(404);
        post("dispatcher", "/api/v1/alerts/" + own + "/end-of-alarm", "{\"cause\":\"WORK\",\"safe\":true}");
    }

    /** An alert of the first lift that is closed when the test is over. */
    private static long fresh(String rule, String severity) {
        return house.database().number("""
                INSERT INTO alert (subject_kind, subject, equipment_id, division_code, dispatch_class, rule, severity, first_seen, last_seen)
                VALUES ('MACHINE', '1', 1, '320505', 'rescue', '%s', '%s', now(), now()) RETURNING alert_id
                """.formatted(rule, severity));
    }

    /** Of the alerts that the city has from the beginning. */
    private static String ids(String who, String query) {
        JsonNode items = json(who, "/api/v1/alerts?" + Person.query(query.isEmpty() ? "size=100" : query))
                .get("items");
        return StreamSupport.stream(items.spliterator(), false)
                .map(item -> item.get("alert_id").intValue())
                .filter(id -> id <= 8)
                .map(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    private static Person person(String who) {
        return Objects.requireNonNull(PEOPLE.get(who), who);
    }

    private static JsonNode json(String who, String path) {
        HttpResponse<String> answer = person(who).get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private static HttpResponse<String> post(String who, String path, String json) {
        Person person = person(who);
        return person.send(person.request(path, "X-CSRF-Token", person.csrf())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }
}
