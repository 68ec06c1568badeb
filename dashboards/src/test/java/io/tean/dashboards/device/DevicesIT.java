package io.tean.dashboards.device;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.route.Route;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DevicesIT {
    private static final List<String> ALL = List.of("dev-a", "dev-b", "dev-shared", "dev-off");
    private static final String HOSTILE = "x<img src=x onerror=window.__xss=1>";
    private static final String FORMULA = "=HYPERLINK(\"http://example.com\")";

    private static OpenHouse house;
    private static Fleet.People people;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        Fleet.moveInto(house);
        people = Fleet.people(house);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "city, dev-a dev-b dev-off dev-shared",
        "division, dev-a dev-shared",
        "firm-a, dev-a dev-shared",
        "firm-b, dev-b",
        "unit-u, dev-a dev-shared"
    })
    void pageSearchExportAndApi_showTheDevicesOfTheScopeOnly(String name, String expected) {
        Person person = people.named(name);
        List<String> mine = List.of(expected.split(" "));
        List<String> others =
                ALL.stream().filter(device -> !mine.contains(device)).toList();
        assertThat(ids(person, "q=dev-&sort=device")).containsExactlyElementsOf(mine);
        for (String path : List.of("/devices", "/devices?q=dev-", "/devices.csv", "/api/v1/devices")) {
            String body = ok(person, path);
            assertThat(body).as(path).contains(mine);
            others.forEach(other -> assertThat(body).as(path).doesNotContain(other));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/devices/", "/api/v1/devices/"})
    void foreignDevice_isLikeOneThatIsNot(String path) {
        HttpResponse<String> foreign = people.firmA().get(path + "dev-b");
        HttpResponse<String> unknown = people.firmA().get(path + "dev-0");
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body().replace("dev-0", "dev-b"));
        assertThat(foreign.headers().map().keySet())
                .isEqualTo(unknown.headers().map().keySet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"unit-u", "division"})
    void sharedDevice_doesNotTellWhatElseItIsBoundTo(String name) {
        Person person = people.named(name);
        for (String path : List.of(
                "/devices", "/devices.csv", "/api/v1/devices", "/devices/dev-shared", "/api/v1/devices/dev-shared")) {
            assertThat(ok(person, path)).as(path).doesNotContain("ELV-2002", "科技园");
        }
        assertThat(ids(person, "q=ELV-2002")).isEmpty();
        assertThat(ids(person, "q=科技园")).isEmpty();
        assertThat(ids(person, "q=ELV-1001&sort=device")).containsExactly("dev-a", "dev-shared");
    }

    @Test
    void firm_seesAllThatItsOwnDeviceIsBoundTo() {
        assertThat(ok(people.firmA(), "/devices/dev-shared")).contains("ELV-1001", "ELV-2002");
        assertThat(ok(people.firmA(), "/devices/dev-a")).contains("ELV-9009", "ELV-0007");
    }

    @ParameterizedTest
    @CsvSource({
        "sort=device, dev-a dev-b dev-off dev-shared",
        "sort=-device, dev-shared dev-off dev-b dev-a",
        "sort=added, dev-a dev-b dev-shared dev-off",
        "sort=-last-contact, dev-a dev-b dev-shared dev-off",
        "sort=last-contact, dev-off dev-shared dev-b dev-a",
        "sort=device&size=3&page=2, dev-shared",
        "state=connected, dev-a",
        "state=silent, dev-b",
        "state=never, dev-shared",
        "state=disabled, dev-off",
        "organisation=91320500MAFIRMB000, dev-b",
        "q=DEV-A, dev-a",
        "q=elv-9009, dev-a",
        "q=Bright, dev-b",
        "q=姑苏&state=never, dev-shared",
        "q=1 号梯&sort=device, dev-a dev-shared",
        "q=dev%, ''",
        "q=dev_a, ''",
        "q=dev\\, ''"
    })
    void list_isSortedPagedSearchedAndFiltered(String query, String expected) {
        assertThat(ids(people.city(), query))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=token_hash",
                "sort=device%3Bdrop",
                "size=0",
                "size=201",
                "page=0",
                "page=x",
                "page=99999999999",
                "state=asleep",
                "organisation=short",
                "q=%00",
                "q=a%0Ab",
            })
    void parameterThatCannotBeUsed_isRefused(String query) {
        String name = query.substring(0, query.indexOf('='));
        assertThat(people.city().get("/devices?" + query).statusCode()).isEqualTo(400);
        assertThat(people.city().get("/devices.csv?" + query).statusCode()).isEqualTo(400);
        HttpResponse<String> problem = people.city().get("/api/v1/devices?" + query);
        assertThat(problem.statusCode()).isEqualTo(400);
        assertThat(json(problem.body()).at("/errors/0/field").asString()).isEqualTo(name);
    }

    @Test
    void organisationFilter_isForTheBureau() {
        assertThat(people.firmA().get("/devices?organisation=" + Fleet.FIRM_B).statusCode())
                .isEqualTo(400);
        assertThat(ok(people.firmA(), "/devices")).doesNotContain("name=\"organisation\"");
        assertThat(ok(people.city(), "/devices")).contains(Fleet.FIRM_A, Fleet.FIRM_B);
        assertThat(ok(people.division(), "/devices")).contains(Fleet.FIRM_A).doesNotContain(Fleet.FIRM_B);
    }

    @Test
    void idThatNoDatabaseCanHold_isNotFound() {
        assertThat(people.city().get("/devices/%00").statusCode()).isEqualTo(404);
        assertThat(people.city().get("/api/v1/devices/a%0Ab").statusCode()).isEqualTo(404);
    }

    @Test
    void devicePage_tellsAllOfIt() {
        assertThat(ok(people.city(), "/devices/dev-a?lang=en"))
                .contains("dev-a", "Connected", "姑苏电梯维保有限公司", Fleet.FIRM_A)
                .contains("ELV-1001", "东方之门 1 号梯", "Elevator", "320505", "2026-01-05 08:00:00")
                .contains("ELV-9009", "not registered")
                .contains("Bound before", "ELV-0007", "2026-01-04 08:00:00")
                .contains("/dead-letters?device=dev-a&amp;state=kept", "Show 2");
        assertThat(ok(people.city(), "/devices/dev-off?lang=en"))
                .contains("Disabled", "2026-02-01 08:00:00", "never", "Bound to no equipment")
                .doesNotContain("Bound before");
    }

    @Test
    void api_tellsTheSameInSnakeCase() {
        JsonNode device = json(ok(people.city(), "/api/v1/devices/dev-a"));
        assertThat(device.propertyNames())
                .containsExactly(
                        "device_id",
                        "organisation",
                        "equipment_codes",
                        "state",
                        "last_contact",
                        "connected_since",
                        "added_at",
                        "disabled_at",
                        "bindings",
                        "past_bindings",
                        "dead_letters_kept");
        assertThat(device.at("/organisation/credit_code").asString()).isEqualTo(Fleet.FIRM_A);
        assertThat(device.at("/connected_since").asString()).isEqualTo("2026-03-01T00:00:00Z");
        assertThat(device.at("/disabled_at").isNull()).isTrue();
        assertThat(device.at("/bindings/0/category").asString()).isEqualTo("elevator");
        assertThat(device.at("/bindings/1/name").isNull()).isTrue();
        assertThat(device.at("/past_bindings/0/bound_to").asString()).isEqualTo("2026-01-04T00:00:00Z");
        assertThat(device.at("/dead_letters_kept").asInt()).isEqualTo(2);
    }

    @Test
    void export_hasTheColumnsAndTheFiltersOfTheList() {
        assertThat(ok(people.city(), "/devices.csv?lang=en&state=connected").lines())
                .satisfiesExactly(
                        head -> assertThat(head)
                                .isEqualTo("\uFEFFDevice id,Organisation,Equipment,Last contact,State,Added"),
                        row -> assertThat(row)
                                .startsWith("dev-a,姑苏电梯维保有限公司,ELV-1001 ELV-9009,")
                                .endsWith(",Connected,2026-01-01 08:00:00"));
    }

    @Test
    void hostileNames_areTextAndNothingElse() {
        house.database()
                .execute("INSERT INTO device (device_id, token_hash) VALUES ('%s', ''), ('%s', '')"
                        .formatted(HOSTILE, FORMULA));
        try {
            assertThat(ok(people.city(), "/devices")).contains("x&lt;img").doesNotContain("<img src=x");
            assertThat(ok(people.city(), Route.DEVICE.path(HOSTILE)))
                    .contains("x&lt;img")
                    .doesNotContain("<img src=x");
            assertThat(ok(people.city(), "/devices?q=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
            assertThat(ok(people.city(), "/devices.csv")).contains("\"'=HYPERLINK(");
        } finally {
            house.database().execute("DELETE FROM device WHERE token_hash = '' AND device_id NOT LIKE 'dev-%'");
        }
    }

    private static List<String> ids(Person person, String query) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item :
                json(ok(person, "/api/v1/devices?" + Person.query(query))).at("/items")) {
            ids.add(item.at("/device_id").asString());
        }
        return ids;
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
