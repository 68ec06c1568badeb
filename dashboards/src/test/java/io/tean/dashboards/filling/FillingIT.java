package io.tean.dashboards.filling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What was filled, against what is known by heart of {@link FilledCity}. */
class FillingIT {
    private static final JsonMapper JSON = new JsonMapper();

    private static OpenHouse house;
    private static Person boss;
    private static Person stationA;
    private static Person officerB;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        FilledCity.moveInto(house);
        boss = house.login("boss", Role.ADMINISTRATOR, "", "");
        stationA = house.login("station-a", Role.STATION, FilledCity.STATION_A, "");
        officerB = house.login("officer-b", Role.INSPECTOR, "", "320506");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static JsonNode json(Person person, String path) {
        return JSON.readTree(person.get(path).body());
    }

    private static List<String> tallies(Person person, String query) {
        return json(person, "/api/v1/filling?" + query)
                .get("items")
                .valueStream()
                .map(FillingIT::said)
                .toList();
    }

    private static String said(JsonNode tally) {
        return String.join(
                " ",
                tally.get("key").asString(),
                tally.get("fills").toString(),
                tally.get("mass_kg").decimalValue().stripTrailingZeros().toPlainString(),
                tally.get("refused").toString(),
                tally.get("flagged").toString());
    }

    private static List<String> cylinders(Person person, String query) {
        return json(person, "/api/v1/filling/fills?" + query)
                .get("items")
                .valueStream()
                .map(fill -> fill.get("equipment_code").asString() + " "
                        + fill.get("cylinder_code").asString())
                .toList();
    }

    @Test
    void day_isTalliedByStation() {
        assertThat(tallies(boss, FilledCity.DAY))
                .containsExactly(
                        FilledCity.STATION_A + " 3 44.9 1 1", FilledCity.STATION_B + " 1 14 0 1", "- 1 5.25 0 0");
        assertThat(said(json(boss, "/api/v1/filling?" + FilledCity.DAY).get("total")))
                .isEqualTo(" 5 64.15 1 2");
    }

    @Test
    void days_areThoseOfChina() {
        assertThat(tallies(boss, "from=2026-03-01&to=2026-03-02&by=day"))
                .containsExactly("2026-03-02 5 64.15 1 2", "2026-03-01 1 10 0 0");
    }

    @Test
    void flags_areCountedByRule() {
        JsonNode flags = json(boss, "/api/v1/filling?" + FilledCity.DAY).get("flags");
        assertThat(flags.valueStream().map(JsonNode::toString))
                .hasSize(3)
                .allMatch(flag -> flag.contains("\"fills\":1"))
                .anyMatch(flag -> flag.contains("cylinder-overfill"));
    }

    @Test
    void station_seesItsOwn_andAnOfficerHisDivision() {
        assertThat(tallies(stationA, FilledCity.DAY)).containsExactly(FilledCity.STATION_A + " 3 44.9 1 1");
        assertThat(cylinders(stationA, FilledCity.DAY + "&sort=time"))
                .containsExactly("FM-A1 C-1", "FM-A1 C-2", "FM-A1 C-3", "FM-A2 C-1");
        assertThat(tallies(officerB, FilledCity.DAY)).containsExactly(FilledCity.STATION_B + " 1 14 0 1");
        assertThat(cylinders(stationA, FilledCity.DAY + "&station=" + FilledCity.STATION_B))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "verdict=filled, FM-A1 C-1; FM-A1 C-2; FM-A2 C-1; FM-B1 C-1; FM-X HOSTILE",
        "verdict=refused, FM-A1 C-3",
        "verdict=flagged, FM-A2 C-1; FM-B1 C-1",
        "rule=cylinder-foreign, FM-B1 C-1",
        "station=-, FM-X HOSTILE",
        "station=91320500MASTATIONB, FM-B1 C-1",
        "cylinder=C-1, FM-A1 C-1; FM-A2 C-1; FM-B1 C-1",
        "cylinder=C-, ''",
        "sort=-net&size=1, FM-A2 C-1"
    })
    void fills_areNarrowedAndSorted(String query, String expected) {
        String sort = query.contains("sort") ? "" : "&sort=time";
        assertThat(String.join("; ", cylinders(boss, FilledCity.DAY + "&" + query + sort))
                        .replace(FilledCity.HOSTILE, "HOSTILE"))
                .isEqualTo(expected);
    }

    @Test
    void everyNumberOfThePage_opensAsManyFills() {
        String page = boss.get("/filling?" + FilledCity.DAY).body();
        List<MatchResult> links = Pattern.compile(
                        "href=\"(/filling/fills\\?[^\"]*(?:verdict|rule)[^\"]*)\">(?:<strong>)?(\\d+)<")
                .matcher(page)
                .results()
                .toList();
        assertThat(links).hasSize(3 + 3 * 3 + 3);
        for (MatchResult link : links) {
            String path = link.group(1).replace("&amp;", "&");
            assertThat(json(boss, "/api/v1" + path).get("total").toString())
                    .as(path)
                    .isEqualTo(link.group(2));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from=2026-03-02&to=2026-03-01",
                "from=2026-01-01&to=2026-02-01",
                "from=yesterday",
                "station=x",
                "verdict=good",
                "by=gun"
            })
    void queryThatCannotBeUsed_isRefused(String query) {
        assertThat(boss.get("/filling" + (query.startsWith("verdict") ? "/fills?" : "?") + query)
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void page_ofNobodysAsking_isOfToday() {
        assertThat(boss.get("/filling").body()).contains("所选日期没有充装记录");
        assertThat(boss.get("/filling/fills").body()).contains("所选日期没有充装记录");
    }

    @Test
    void file_hasTheFills_withTheirFlags() {
        assertThat(boss.get("/filling/fills.csv?" + FilledCity.DAY + "&verdict=flagged")
                        .body())
                .contains("姑苏液化气充装站", "FM-A2", "气瓶超装; filler-uncertified", "液化石油气", "16")
                .doesNotContain("C-2");
        assertThat(boss.get("/filling.csv?" + FilledCity.DAY).body()).contains("园区燃气充装站", "44.900");
    }

    @Test
    void firm_hasNoBusinessHere() {
        house.addOrganisation("91320500MAFIRMFILL", "MAINTENANCE_FIRM", "维保", "320505");
        Person firm = house.login("firm", Role.FIRM, "91320500MAFIRMFILL", "");
        assertThat(firm.get("/filling").statusCode()).isEqualTo(403);
    }

    @Test
    void cylinder_showsItsWholeLife() {
        assertThat(boss.get("/cylinders/C-1").body())
                .contains("姑苏液化气充装站", "园区燃气充装站", "FM-B1", "气瓶超装", "filler-uncertified", "更正皮重", "检验已超期")
                .contains("共 3 条")
                .containsSubsequence("2026-03-02 12:00:00", "2026-03-02 11:00:00", "2026-03-02 00:30:00");
        assertThat(boss.get("/cylinders/C-5").body())
                .contains("共 30 条")
                .contains("2025-12-15")
                .doesNotContain("2023-07-15");
        assertThat(boss.get("/cylinders/C-5?page=2").body()).contains("2023-07-15");
    }

    @Test
    void cylinder_showsAStation_onlyWhatItFilledItself() {
        assertThat(stationA.get("/cylinders/C-1").body())
                .contains("共 2 条", "气瓶超装")
                .doesNotContain("园区燃气充装站", "充装非本站气瓶", "FM-B1");
        assertThat(stationA.get("/cylinders/C-5").statusCode()).isEqualTo(404);
    }
}
