package io.tean.dashboards.machine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
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

class MachineIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LOAD = "stream=elevator-status&field=load_kg";

    private static OpenHouse house;
    private static Person boss;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        Fleet.moveInto(house);
        HeardMachine.moveInto(house);
        house.database().execute("INSERT INTO equipment (code, category, name) VALUES ('CR-1', 'crane', '起重机')");
        boss = house.login("boss", Role.ADMINISTRATOR, "", "");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({"6h,readings,30,0", "2d,readings,180,1", "30d,hours,3600,1", "1y,days,86400,1"})
    void span_isMadeOf_andItsGapsStayGaps(String span, String madeOf, int bucket, int gaps) {
        JsonNode series = series(LOAD + "&span=" + span);
        assertThat(series.get("made_of").stringValue()).isEqualTo(madeOf);
        assertThat(series.get("bucket_seconds").intValue()).isEqualTo(bucket);
        assertThat(times(series)).isSorted().hasSizeBetween(300, 1_000);
        assertThat(series.get("points").valueStream().filter(JsonNode::isNull).count())
                .isEqualTo(gaps);
    }

    @Test
    void chartsEndNow_alsoWhatIsNotSummarisedYet() {
        for (String span : List.of("6h", "30d", "1y")) {
            JsonNode series = series(LOAD + "&span=" + span);
            long bucket = series.get("bucket_seconds").longValue();
            assertThat(times(series).getLast()).as(span).isAfter(Instant.now().minusSeconds(bucket + 120));
        }
    }

    @Test
    void everyReadingOfTwoDays_isInOnePoint() {
        Instant to = Instant.now();
        Instant from = to.minus(Duration.ofDays(2));
        long readings = series(LOAD + "&from=" + from + "&to=" + to)
                .get("points")
                .valueStream()
                .filter(point -> !point.isNull())
                .mapToLong(point -> point.get("n").longValue())
                .sum();
        assertThat(readings)
                .isPositive()
                .isEqualTo(house.database()
                        .number("SELECT count(load_kg) FROM elevator_status WHERE time >= '" + from + "' AND time < '"
                                + to + "'"));
    }

    @Test
    void bool_isAShare() {
        JsonNode series = series("stream=elevator-status&field=car_running&span=1y");
        assertThat(series.get("kind").stringValue()).isEqualTo("share");
        assertThat(series.get("points").get(5).get("mean").doubleValue()).isEqualTo(0.25);
    }

    @Test
    void alertsStandOnTheAxis_whileTheyHold() {
        JsonNode closed = series(LOAD + "&span=1y").get("alerts");
        assertThat(closed.valueStream().map(alert -> alert.get("severity").stringValue()))
                .containsExactly("EMERGENCY", "WARNING");
        Instant before = Instant.now().minus(Duration.ofDays(200));
        JsonNode none = series(LOAD + "&from=" + before.minus(Duration.ofDays(1)) + "&to=" + before);
        assertThat(none.get("alerts").isEmpty()).isTrue();
    }

    @Test
    void longGoneReadings_areShownByTheirHours() {
        house.database().execute("UPDATE summary_mark SET dropped_before = now() - interval '10 days'");
        Instant then = Instant.now().minus(Duration.ofDays(15));
        JsonNode series = series(LOAD + "&from=" + then.minus(Duration.ofHours(6)) + "&to=" + then);
        house.database().execute("UPDATE summary_mark SET dropped_before = '-infinity'");
        assertThat(series.get("made_of").stringValue()).isEqualTo("hours");
        assertThat(times(series)).hasSizeBetween(6, 7);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stream=elevator-status&field=car_position",
                "stream=nonsense&field=load_kg",
                "span=1w",
                "from=yesterday",
                "from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "from=1971-01-01T00:00:00Z&to=2026-01-01T00:00:00Z"
            })
    void whatCannotBeShown_isRefused(String query) {
        assertThat(get(boss, query).statusCode()).isEqualTo(400);
    }

    @Test
    void foreignMachine_isNotFound() {
        Person own = house.login("unit-u", Role.USE_UNIT, Fleet.USE_UNIT_U, "");
        Person foreign = house.login("unit-v", Role.USE_UNIT, Fleet.USE_UNIT_V, "");
        assertThat(get(own, LOAD).statusCode()).isEqualTo(200);
        assertThat(get(foreign, LOAD).statusCode()).isEqualTo(404);
        assertThat(foreign.get("/equipment/" + HeardMachine.CODE).statusCode()).isEqualTo(404);
    }

    @Test
    void page_tellsTheStateNow_itsAlerts_cases_andWhatHappened() {
        String page = boss.get("/equipment/" + HeardMachine.CODE + "?lang=en").body();
        assertThat(page)
                .contains("State now", "Elevator running status", "Load (kg)")
                .contains("elevator-entrapment", "Rescue cases", "Telemetry")
                .contains("关门受阻")
                .contains("data-readings=\"/api/v1/equipment/ELV-1001/readings?field=load_kg&amp;from=");
    }

    @Test
    void withoutAScript_theFiguresStandInATable() {
        String page = boss.get("/equipment/" + HeardMachine.CODE + "?chart=elevator-status.load_kg&span=1y&lang=en")
                .body();
        String table = page.substring(page.indexOf("As a table"), page.indexOf("</details>"));
        assertThat(table.split("<tr>", -1).length).isBetween(20, 36);
    }

    @Test
    void machineWithoutStreams_saysSo() {
        assertThat(boss.get("/equipment/CR-1?lang=en").body())
                .contains("Machines of this category send no state")
                .doesNotContain("id=\"drawing\"");
    }

    private static HttpResponse<String> get(Person person, String query) {
        return person.get("/api/v1/equipment/" + HeardMachine.CODE + "/readings?" + query);
    }

    private static JsonNode series(String query) {
        HttpResponse<String> answer = get(boss, query);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static List<Instant> times(JsonNode series) {
        List<Instant> times = new ArrayList<>();
        series.get("points").forEach(point -> {
            if (!point.isNull()) {
                times.add(Instant.parse(point.get("at").stringValue()));
            }
        });
        return times;
    }
}
