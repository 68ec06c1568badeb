package io.tean.dashboards.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reported months side by side, the year's trend, the rates by firm. */
class ComparisonIT {
    private static OpenHouse house;
    private static InspectedCity.People people;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        InspectedCity.moveInto(house);
        people = InspectedCity.people(house);
        assertThat(json(people.city(), "/api/v1/inspection/comparison")
                        .get("comparison")
                        .isNull())
                .isTrue();
        assertThat(ok(people.city(), "/inspection/comparison?lang=en")).contains("No month has been reported yet");
        InspectedCity.freeze(house.database(), "2026-02");
        InspectedCity.freeze(house.database(), "2026-03");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "city, then=2026-02&now=2026-03, 0/0 1/3 3/4 2/4, '+BOI-2003 submitted, +ELV-1002 periodic, +ELV-1002 submitted'",
        "city, then=2026-03, 1/3 0/0 2/4 2/4, '-BOI-2003 submitted, +ELV-1001 periodic, -ELV-1002 periodic, -ELV-1002 submitted'",
        "division, then=2026-03, 1/2 0/0 1/2 1/2, '+ELV-1001 periodic, -ELV-1002 periodic, -ELV-1002 submitted'"
    })
    void machinesThatCameInAndWentOut_areNamed(String name, String query, String rates, String turned) {
        JsonNode both = json(people.named(name), "/api/v1/inspection/comparison?" + query)
                .get("comparison");
        assertThat(String.join(
                        " ",
                        fraction(both.get("submitted_then")),
                        fraction(both.get("submitted_now")),
                        fraction(both.get("periodic_then")),
                        fraction(both.get("periodic_now"))))
                .isEqualTo(rates);
        assertThat(both.get("turned")
                        .valueStream()
                        .map(each -> (each.get("missing_now").asBoolean() ? "+" : "-")
                                + each.get("equipment_code").asString() + " "
                                + each.get("rate").asString())
                        .collect(Collectors.joining(", ")))
                .isEqualTo(turned);
    }

    @Test
    void comparison_standsOnThePage_andInTheFile() {
        String page = ok(people.city(), "/inspection/comparison?then=2026-03&lang=en");
        assertThat(page.substring(page.indexOf("came-in"), page.indexOf("went-out")))
                .contains("ELV-1001")
                .doesNotContain("ELV-1002");
        assertThat(page.substring(page.indexOf("went-out")))
                .contains(
                        "ELV-1002",
                        "BOI-2003",
                        "\"/inspection/comparison.csv?then=2026-03",
                        "\"/inspection/comparison.xlsx?then=2026-03");
        assertThat(ok(people.city(), "/inspection/comparison.csv?then=2026-03&lang=en")
                        .lines()
                        .count())
                .isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"then=2026-01", "then=soon", "now=2025-12", "then=2026-03&now=2026-02"})
    void monthThatCannotBeCompared_isRefused(String query) {
        assertThat(people.city().get("/inspection/comparison?" + query).statusCode())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"city", "division", "unit-u", "unit-v", "firm"})
    void trend_isTheRatesOfEachMonth_withinTheScope(String name) {
        JsonNode months = json(people.named(name), "/api/v1/inspection/trend?day=2026-04-12")
                .get("months");
        assertThat(months).hasSize(12);
        months.forEach(month -> {
            String day = month.get("day").asString();
            JsonNode rates = json(
                    people.named(name),
                    "/api/v1/inspection/rates?from=" + month.get("month").asString() + "-01&day=" + day);
            assertThat(month.get("submitted")).as(day).isEqualTo(rates.get("submitted"));
            assertThat(month.get("periodic")).as(day).isEqualTo(rates.get("periodic"));
        });
    }

    @Test
    void trend_goesFromYearToYear_untilTheDay() {
        String line = json(people.city(), "/api/v1/inspection/trend?day=2026-04-12")
                .get("months")
                .valueStream()
                .map(month -> month.get("day").asString() + " " + fraction(month.get("submitted")) + " "
                        + fraction(month.get("periodic")))
                .collect(Collectors.joining(", "));
        assertThat(line)
                .startsWith("2025-05-31 0/0 3/3, 2025-06-30 0/0 5/5")
                .endsWith("2026-02-28 0/0 3/4, 2026-03-31 1/3 2/4, 2026-04-12 0/0 2/4");
        assertThat(ok(people.city(), "/inspection/trend?day=2026-04-12"))
                .contains("class=\"trend\"", "from=2026-03-01", "2025-05");
        assertThat(ok(people.city(), "/inspection/trend?day=2024-04-12")).doesNotContain("class=\"trend\"");
    }

    @Test
    void ratesByFirm_areThoseOfItsContracts_andOpenTheirLists() {
        String days = "from=2026-03-01&day=2026-03-31";
        assertThat(ok(people.city(), "/inspection/firms.csv?" + days))
                .contains("临沂电梯维保有限公司," + InspectedCity.FIRM + ",1,1,100.0 %,1,1,100.0 %");
        String firm = "&firm=" + InspectedCity.FIRM;
        assertThat(ok(people.city(), "/inspection/firms?" + days))
                .contains("day=2026-03-31&amp;firm=" + InspectedCity.FIRM);
        assertThat(total("machines?day=2026-03-31&in=counted" + firm)).isEqualTo(1);
        assertThat(total("submissions?" + days + "&counted=all" + firm)).isEqualTo(1);
        assertThat(total("machines?day=2024-12-31&in=counted" + firm)).isZero();
        assertThat(ok(people.unitV(), "/inspection/firms?" + days)).doesNotContain(InspectedCity.FIRM);
    }

    @Test
    void parts_areExported_asTheyStandOnThePage() {
        assertThat(ok(people.city(), "/inspection.csv?from=2026-03-01&day=2026-03-31&lang=en"))
                .contains("By division,371302,2,1,50.0 %,2,1,50.0 %")
                .contains("By inspection body,临沂市特种设备检验研究院,3,1,33.3 %,4,2,50.0 %");
        assertThat(ok(people.unitV(), "/inspection.csv?from=2026-03-01&day=2026-03-31"))
                .doesNotContain("371302");
    }

    private static int total(String list) {
        return json(people.city(), "/api/v1/inspection/" + list).get("total").asInt();
    }

    private static String fraction(JsonNode rate) {
        return rate.get("fulfilled").asInt() + "/" + rate.get("base").asInt();
    }

    private static JsonNode json(Person person, String path) {
        return new JsonMapper().readTree(ok(person, path));
    }

    private static String ok(Person person, String path) {
        var answer = person.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
