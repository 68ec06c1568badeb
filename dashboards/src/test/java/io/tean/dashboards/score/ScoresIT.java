package io.tean.dashboards.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scores of two firms of which everything is known. */
class ScoresIT {
    private static final String MARCH = "month=2026-03";

    private static OpenHouse house;
    private static Person city;
    private static Person division;
    private static Person poor;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        ScoredFirms.moveInto(house);
        city = house.login("city", Role.DISPATCHER, "", "");
        division = house.login("division", Role.INSPECTOR, "", "371302");
        poor = house.login("poor", Role.FIRM, ScoredFirms.POOR, "");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void everyItem_isMeasuredOfTheRightFirm() {
        assertThat(points(ScoredFirms.GOOD))
                .containsEntry("elevators-per-worker", "2/1=3")
                .containsEntry("few-elevators", "2/1=-5")
                .containsEntry("no-duty-telephone", "0/0=0")
                .containsEntry("level-2-served", "1/1=3")
                .containsEntry("arrival-over-30", "0/0=0")
                .containsEntry("on-time-rate", "1/1=0")
                .containsEntry("scan-rate", "1/1=0")
                .containsEntry("unhandled-alarm", "0/0=0")
                .containsEntry("inspection-failed", "0/0=0");
        assertThat(points(ScoredFirms.POOR))
                .containsEntry("elevators-per-worker", "6/0=-10")
                .containsEntry("few-elevators", "6/1=-5")
                .containsEntry("no-duty-telephone", "1/1=-10")
                .containsEntry("unanswered-duty-call", "1/1=-5")
                .containsEntry("scan-rate", "1/2=-50")
                .containsEntry("on-time-rate", "1/3=-66.7")
                .containsEntry("unhandled-alarm", "2/1=-4")
                .containsEntry("inspection-failed", "2/1=-4")
                .containsEntry("level-1-not-served", "2/1=-10")
                .containsEntry("level-2-refused", "1/1=-5")
                .containsEntry("arrival-over-30", "1/1=-10")
                .containsEntry("poor-maintenance", "1/1=-3")
                .containsEntry("level-2-served", "0/0=0");
    }

    private static Map<String, String> points(String firm) {
        Map<String, String> points = new LinkedHashMap<>();
        json(city, "/api/v1/scores/" + firm + "?" + MARCH)
                .get("items")
                .forEach(item -> points.put(
                        item.get("item").asString(),
                        item.get("part").asLong() + "/" + item.get("whole").asLong() + "="
                                + item.get("points")
                                        .decimalValue()
                                        .stripTrailingZeros()
                                        .toPlainString()));
        return points;
    }

    @Test
    void score_isTheBaseAndThePointsOfItsItems() {
        for (String firm : new String[] {ScoredFirms.GOOD, ScoredFirms.POOR}) {
            JsonNode score = json(city, "/api/v1/scores/" + firm + "?" + MARCH);
            double sum = score.get("items")
                    .valueStream()
                    .mapToDouble(item -> item.get("points").asDouble())
                    .sum();
            assertThat(score.get("score").asDouble())
                    .isEqualTo(100 + sum, org.assertj.core.api.Assertions.within(1e-9));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "arrival-over-30, /cases/3",
        "level-1-not-served, /cases/4 /cases/5",
        "unanswered-duty-call, /cases/6",
        "level-2-refused, /cases/7",
        "poor-maintenance, /cases/3",
        "unhandled-alarm, /alerts/5 /alerts/2",
        "inspection-failed, /equipment/ELV-5 /equipment/ELV-3",
        "on-time-rate, /maintenance?equipment=ELV-4&state=all /maintenance?equipment=ELV-3&state=all",
        "scan-rate, /maintenance/visits/3",
        "no-duty-telephone, /organisations/91371300SCOREPOOR0"
    })
    void everyPoint_isTracedToItsEvents(String id, String links) {
        JsonNode item = json(city, "/api/v1/scores/" + ScoredFirms.POOR + "?" + MARCH)
                .get("items")
                .valueStream()
                .filter(each -> each.get("item").asString().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(item.get("events")
                        .valueStream()
                        .map(event -> event.get("link").asString()))
                .containsExactly(links.split(" ", -1));
        String page = ok(city, "/scores/" + ScoredFirms.POOR + "?" + MARCH);
        for (String link : links.split(" ", -1)) {
            assertThat(page).contains("href=\"" + link.replace("&", "&amp;") + "\"");
        }
    }

    @Test
    void ranking_isBySize_andTheBestFirst_withoutFirmsThatHaveNothing() {
        JsonNode scores = json(city, "/api/v1/scores?" + MARCH);
        assertThat(scores.get("items")
                        .valueStream()
                        .map(item -> item.at("/firm/credit_code").asString() + " "
                                + item.get("rank").asInt() + " "
                                + item.get("class").asString()))
                .containsExactly(ScoredFirms.GOOD + " 1 A", ScoredFirms.POOR + " 2 D");
        assertThat(ok(city, "/scores.csv?lang=en&" + MARCH).lines())
                .element(1)
                .isEqualTo("Under 100 elevators,1,沂河电梯维保有限公司," + ScoredFirms.GOOD + ",2,101,A");
        assertThat(json(city, "/api/v1/scores?q=late&" + MARCH).get("items")).hasSize(1);
        assertThat(json(city, "/api/v1/scores?size_class=large&" + MARCH).get("items"))
                .isEmpty();
    }

    @Test
    void firm_seesItself_withItsRankInTheCity_andNobodyElse() {
        JsonNode own = json(poor, "/api/v1/scores?" + MARCH).get("items");
        assertThat(own).hasSize(1);
        assertThat(own.at("/0/rank").asInt()).isEqualTo(2);
        assertThat(ok(poor, "/scores?" + MARCH)).contains("Late Lifts").doesNotContain("沂河");
        assertThat(poor.get("/scores/" + ScoredFirms.GOOD + "?" + MARCH).statusCode())
                .isEqualTo(404);
        assertThat(ok(poor, "/scores/" + ScoredFirms.POOR + "?" + MARCH)).contains("太远");
    }

    @Test
    void bureau_seesAllFirms_ofADivisionToo() {
        assertThat(json(division, "/api/v1/scores?" + MARCH).get("items")).hasSize(2);
        assertThat(house.login("unit", Role.USE_UNIT, ScoredFirms.UNIT, "")
                        .get("/scores")
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void whatIsNotMeasured_isListedWithItsReason() {
        assertThat(ok(city, "/scores/" + ScoredFirms.POOR + "?lang=en&" + MARCH))
                .contains("Office space", "No floor space in the register", "Rules", "R1, screens of");
    }

    @ParameterizedTest
    @ValueSource(strings = {"month=2099-01", "month=2023-12", "month=x", "size_class=huge"})
    void monthWithoutScores_isRefused(String query) {
        for (String path : new String[] {"/scores", "/scores.csv", "/api/v1/scores"}) {
            assertThat(city.get(path + "?" + query).statusCode()).as(path).isEqualTo(400);
        }
    }

    @Test
    void firmWithNothing_hasNoScore() {
        for (String firm : new String[] {"91371300SCOREIDLE0", "91371300SCORESTAT0", "nobody"}) {
            assertThat(city.get("/scores/" + firm + "?" + MARCH).statusCode())
                    .as(firm)
                    .isEqualTo(404);
        }
    }

    private static String ok(Person person, String path) {
        HttpResponse<String> answer = person.get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static JsonNode json(Person person, String path) {
        return new JsonMapper().readTree(ok(person, path));
    }
}
