package io.tean.dashboards.visit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.maintenance.MaintenanceDecisions.Outcome;
import io.tean.core.maintenance.MaintenanceDecisions.Problem;
import io.tean.core.maintenance.MaintenanceLevel;
import io.tean.core.maintenance.VisitRecord;
import io.tean.dashboards.Fleet;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedMaintenance;
import io.tean.dashboards.Upkeep;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class VisitsIT {
    private static final RecordedMaintenance LEDGER = new RecordedMaintenance();
    private static final Map<String, String> FILLED_IN = Map.of(
            "equipment", "elv-1",
            "visit-no", "WB-9",
            "level", "quarter",
            "check-in", "2026-03-10T08:00",
            "check-out", "2026-03-10T09:00",
            "workers", "T-1，T-2",
            "items", "A-1-1 A-1-2");

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
        "'', 6 5 4 3 2 1",
        "state=suspect, 2",
        "state=decided, 3",
        "state=flagged, 3 2",
        "state=superseded, 4",
        "state=standing, 6 5 3 2 1",
        "equipment=elv-1, 2 1",
        "firm=91320500MAUPKEEPB0, 5 4",
        "from=2026-02-20&to=2026-02-20, 2",
        "q=wb-6, 6",
        "sort=time&size=2&page=2, 3 4"
    })
    void list_isNewestFirst_andFiltered(String query, String expected) {
        assertThat(ids(people.city(), query)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"city, 6 5 4 3 2 1", "division, 5 4 2 1", "firm-a, 6 3 2 1", "firm-b, 5 4", "unit-u, 5 4 2 1"})
    void listAndRecords_areThoseOfTheScope(String name, String expected) {
        Person person = people.named(name);
        assertThat(ids(person, "")).isEqualTo(expected);
        for (int id = 1; id <= 6; id++) {
            int status = expected.contains(Integer.toString(id)) ? 200 : 404;
            assertThat(person.get("/maintenance/visits/" + id).statusCode()).isEqualTo(status);
            assertThat(person.get("/api/v1/maintenance/visits/" + id).statusCode())
                    .isEqualTo(status);
        }
    }

    @Test
    void export_hasOneRowAVisit_withItsDoubtsInWords() {
        assertThat(ok(people.city(), "/maintenance/visits.csv?lang=en&state=suspect")
                        .lines()
                        .skip(1))
                .singleElement()
                .asString()
                .startsWith("2026-02-20 23:59:00,2026-02-20 23:19:00,WB-2,ELV-1,")
                .contains(
                        "Half-monthly,Fixed cycle,T-0001 T-0002,Suspect,Too short on site; Too far from the machine,");
    }

    @Test
    void record_tellsItsVerdictInWords_withEachDetail() {
        assertThat(ok(people.city(), "/maintenance/visits/2?lang=en"))
                .contains(
                        "Too short on site",
                        "8 min",
                        "Too far from the machine",
                        "1200 m",
                        "No contract",
                        "nothing found")
                .contains("A-1-29", "层门锁待更换", "40 min");
    }

    @Test
    void record_tellsWhatSupersededIt_andWhatItSupersedes() {
        assertThat(ok(people.city(), "/maintenance/visits/4?lang=en"))
                .contains("superseded by record 5", "/maintenance/visits/5", "级别填错");
        assertThat(ok(people.city(), "/maintenance/visits/5?lang=en"))
                .contains("/maintenance/visits/4", "First record")
                .doesNotContain("superseded by record");
    }

    @Test
    void record_tellsItsDecisions_ofWhichTheNewestCounts() {
        JsonNode card = json(ok(people.city(), "/api/v1/maintenance/visits/3"));
        assertThat(card.at("/state").asString()).isEqualTo("rejected");
        assertThat(card.at("/decisions/0/reason").asString()).isEqualTo("合同系伪造");
        assertThat(card.at("/decisions/1/accepted").asBoolean()).isTrue();
        assertThat(json(ok(people.city(), "/api/v1/maintenance/visits/6"))
                        .at("/state")
                        .asString())
                .isEqualTo("sound");
    }

    @Test
    void forms_areShownToWhomTheyAreFor() {
        assertThat(ok(people.division(), "/maintenance/visits/2")).contains("/maintenance/visits/2/decide");
        assertThat(ok(people.division(), "/maintenance/visits/1")).doesNotContain("/maintenance/visits/1/decide");
        assertThat(ok(people.firmA(), "/maintenance/visits/2"))
                .contains("/maintenance/visits/2/supersede")
                .doesNotContain("/2/decide", "/2/confirm");
        assertThat(ok(people.unitU(), "/maintenance/visits/2"))
                .contains("/2/confirm")
                .doesNotContain("/2/supersede");
        assertThat(ok(people.unitU(), "/maintenance/visits/1")).doesNotContain("/1/confirm");
    }

    @Test
    void deciding_asksTheLedger_withAReason() {
        assertThat(decide(people.division(), 2, "accept", " 现场核实 ")).isEqualTo(303);
        assertThat(LEDGER.made()).containsExactly("accept 2 because 现场核实 by ACCOUNT division");
        assertThat(decide(people.division(), 2, "accept", " ")).isEqualTo(422);
        assertThat(decide(people.division(), 2, "perhaps", "x")).isEqualTo(422);
        assertThat(decide(people.division(), 3, "accept", "x")).isEqualTo(404);
        assertThat(decide(people.firmA(), 2, "accept", "x")).isEqualTo(403);
        LEDGER.answer(new Outcome.Refused(Problem.NOT_SUSPECT));
        assertThat(decide(people.city(), 1, "reject", "x")).isEqualTo(409);
    }

    @Test
    void confirming_isForTheUseUnitOfTheMachine() {
        assertThat(people.unitU()
                        .post("/maintenance/visits/2/confirm", Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(LEDGER.made()).containsExactly("confirm 2 by ACCOUNT unit-u");
        assertThat(people.unitU()
                        .post("/maintenance/visits/3/confirm", Map.of())
                        .statusCode())
                .isEqualTo(404);
        assertThat(people.city().post("/maintenance/visits/2/confirm", Map.of()).statusCode())
                .isEqualTo(403);
    }

    @Test
    void recording_asksTheLedger_forAMachineUnderContract() {
        HttpResponse<String> answer = people.firmA().post("/maintenance/visits/new", FILLED_IN);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).hasValue("/maintenance/visits/1?done=visit-added");
        assertThat(LEDGER.made()).containsExactly("add WB-9 of ELV-1 by ACCOUNT firm-a");
        VisitRecord visit = LEDGER.visits().getFirst();
        assertThat(visit.firmCode()).isEqualTo(Upkeep.FIRM_A);
        assertThat(visit.level()).isEqualTo(MaintenanceLevel.QUARTER);
        assertThat(visit.checkOutAt()).isEqualTo(Instant.parse("2026-03-10T01:00:00Z"));
        assertThat(visit.workers()).containsExactly("T-1", "T-2");
        assertThat(visit.items()).containsExactly("A-1-1", "A-1-2");
    }

    @ParameterizedTest
    @CsvSource({
        "equipment, ELV-2",
        "equipment, ELV-0",
        "visit-no, ''",
        "level, weekly",
        "check-out, soon",
        "check-out, 2999-01-01T08:00",
        "check-in, 2026-03-10T10:00",
        "workers, ' '",
        "latitude, 91",
        "longitude, 120",
        "photo-count, 10001",
        "photos, abc"
    })
    void visitThatCannotBe_isSaidBesideItsField_andNothingTypedIsLost(String field, String value) {
        HttpResponse<String> answer = people.firmA().post("/maintenance/visits/new", with(field, value));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(field + "-problem", "A-1-1 A-1-2");
        assertThat(LEDGER.made()).isEmpty();
    }

    @Test
    void visitRecordedAlready_isSaid() {
        LEDGER.answer(new Outcome.Refused(Problem.RECORDED_ALREADY));
        HttpResponse<String> answer = people.firmA().post("/maintenance/visits/new", FILLED_IN);
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("visit-no-problem", "本单位已有该设备同号的维保记录");
    }

    @Test
    void correcting_beginsWithWhatIsThere_andNeedsAReason() {
        assertThat(ok(people.firmA(), "/maintenance/visits/2/supersede"))
                .contains("value=\"WB-2\"", "value=\"2026-02-20T23:59:00\"", "T-0001", "A-1-29", "层门锁待更换");
        assertThat(people.firmA()
                        .post("/maintenance/visits/2/supersede", FILLED_IN)
                        .body())
                .contains("reason-problem");
        assertThat(people.firmA()
                        .post("/maintenance/visits/2/supersede", with("reason", "时间填错"))
                        .statusCode())
                .isEqualTo(303);
        assertThat(LEDGER.made()).containsExactly("supersede 2 with WB-9 because 时间填错 by ACCOUNT firm-a");
        assertThat(people.firmA().get("/maintenance/visits/5/supersede").statusCode())
                .isEqualTo(404);
    }

    @Test
    void programOfTheFirm_recordsAVisit_withItsToken() {
        token("firm-a", "tean_firm", "maintenance:record,maintenance:read");
        String visit = """
                {"equipment_code":"ELV-1","visit_no":"WB-10","level":"half_month","check_out_at":"2026-03-10T01:00:00Z",
                 "workers":["T-1","T-2"],"scanned":true,"latitude":31.3,"longitude":120.7,"photo_count":2}""";
        HttpResponse<String> answer = send("/api/v1/maintenance/visits", "tean_firm", visit);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(LEDGER.made()).containsExactly("add WB-10 of ELV-1 by TOKEN firm-a/tean_firm");
        assertThat(LEDGER.visits().getFirst().latitude()).hasValue(31.3);
        assertThat(send("/api/v1/maintenance/visits", "tean_firm", visit.replace("ELV-1", "ELV-2"))
                        .body())
                .contains("\"field\":\"equipment_code\"");
        assertThat(send("/api/v1/maintenance/visits/2/decide", "tean_firm", "{}")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void programOfTheBureau_decides() {
        token("city", "tean_city", "maintenance:decide");
        String decision = "{\"accepted\":false,\"reason\":\"not there\"}";
        assertThat(send("/api/v1/maintenance/visits/2/decide", "tean_city", decision)
                        .statusCode())
                .isEqualTo(200);
        assertThat(LEDGER.made()).containsExactly("reject 2 because not there by TOKEN city/tean_city");
        assertThat(send("/api/v1/maintenance/visits/2/decide", "tean_city", "{\"reason\":\"x\"}")
                        .body())
                .contains("\"field\":\"accepted\"");
        LEDGER.answer(new Outcome.Refused(Problem.NOT_SUSPECT));
        assertThat(send("/api/v1/maintenance/visits/1/decide", "tean_city", decision)
                        .statusCode())
                .isEqualTo(409);
    }

    private static void token(String account, String word, String scopes) {
        house.database().execute("""
                INSERT INTO api_token (account_id, name, token_hash, scopes, expires_at)
                SELECT account_id, '%2$s', sha256('%2$s'), '{%3$s}', now() + interval '1 day' FROM account WHERE name = '%1$s'
                """.formatted(account, word, scopes));
    }

    private static HttpResponse<String> send(String path, String token, String json) {
        Person program = house.stranger();
        return program.send(
                program.request(path, "Authorization", "Bearer " + token, "Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private static int decide(Person person, int record, String decision, String reason) {
        return person.post("/maintenance/visits/" + record + "/decide", Map.of("decision", decision, "reason", reason))
                .statusCode();
    }

    private static Map<String, String> with(String field, String value) {
        Map<String, String> fields = new HashMap<>(FILLED_IN);
        fields.put(field, value);
        return fields;
    }

    private static String ids(Person person, String query) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item :
                json(ok(person, "/api/v1/maintenance/visits?" + query)).at("/items")) {
            ids.add(item.at("/record_id").asString());
        }
        return String.join(" ", ids);
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
