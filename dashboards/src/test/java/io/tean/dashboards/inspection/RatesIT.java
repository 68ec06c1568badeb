package io.tean.dashboards.inspection;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
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

class RatesIT {
    private static OpenHouse house;
    private static InspectedCity.People people;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        InspectedCity.moveInto(house);
        people = InspectedCity.people(house);
        InspectedCity.freeze(house.database(), "2026-03");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "city, 2026-03-01, 2026-03-31, 1/3, 2/4",
        "city, 2026-03-01, 2026-04-12, 2/3, 2/4",
        "city, 2026-04-01, 2026-04-05, 0/0, 1/4",
        "city, 2026-04-01, 2026-04-20, 0/0, 2/4",
        "city, 2025-03-01, 2025-03-01, 0/0, 3/3",
        "city, 2024-01-01, 2024-01-31, 0/0, 0/0",
        "division, 2026-03-01, 2026-03-31, 1/2, 1/2",
        "unit-u, 2026-03-01, 2026-03-31, 1/2, 1/2",
        "unit-v, 2026-03-01, 2026-03-31, 0/1, 1/2",
        "firm, 2026-03-01, 2026-03-31, 1/1, 1/1",
        "firm, 2026-03-01, 2026-04-01, 1/1, 0/1"
    })
    void rates_areThoseOfTheScope_onAnyDay(String name, String from, String day, String submitted, String periodic) {
        JsonNode rates = json(people.named(name), "/api/v1/inspection/rates?from=" + from + "&day=" + day);
        assertThat(fraction(rates.get("submitted"))).isEqualTo(submitted);
        assertThat(fraction(rates.get("periodic"))).isEqualTo(periodic);
    }

    @Test
    void nothingToCount_isADash_andNullForPrograms() {
        String day = "?from=2024-01-01&day=2024-01-31";
        assertThat(json(people.city(), "/api/v1/inspection/rates" + day)
                        .at("/periodic/percent")
                        .isNull())
                .isTrue();
        assertThat(ok(people.city(), "/inspection" + day))
                .contains("<p class=\"percent\">–</p>")
                .doesNotContain(" %</p>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"city", "division", "unit-u", "unit-v", "firm"})
    void everyNumber_opensTheListOfThatManyRows(String name) {
        Person person = people.named(name);
        String days = "from=2026-03-01&day=2026-04-05";
        for (String by : List.of("division", "category", "body")) {
            JsonNode rates = json(person, "/api/v1/inspection/rates?" + days + "&by=" + by);
            assertLists(person, rates, days);
            rates.get("parts")
                    .forEach(part -> assertLists(
                            person,
                            part,
                            days + "&" + by + "=" + part.get("key").asString()));
            rates.get("exclusions").forEach(exclusion -> {
                String reason = exclusion.get("reason").asString();
                String list = exclusion.get("rate").asString().equals("periodic")
                        ? "machines?day=2026-04-05&in=excluded&because=" + reason
                        : "submissions?" + days + "&counted=" + reason;
                assertThat(total(person, list))
                        .as(list)
                        .isEqualTo(exclusion.get("number").asLong());
            });
        }
    }

    private static void assertLists(Person person, JsonNode rates, String query) {
        String machines = "machines?" + query.replace("from=2026-03-01&", "") + "&in=";
        assertThat(List.of(
                        total(person, machines + "counted"),
                        total(person, machines + "inside"),
                        total(person, machines + "missing")))
                .as(query)
                .isEqualTo(numbers(rates.get("periodic")));
        String submissions = "submissions?" + query + "&counted=";
        assertThat(List.of(
                        total(person, submissions + "all"),
                        total(person, submissions + "inspected"),
                        total(person, submissions + "missing")))
                .as(query)
                .isEqualTo(numbers(rates.get("submitted")));
    }

    @Test
    void exclusions_tellWhatIsNotCounted_asOfTheDay() {
        assertThat(exclusions("2026-04-05"))
                .contains("suspended 1", "scrapped 1", "deregistered 0", "no-rule 1", "waiting 1", "unappointed 0");
        assertThat(exclusions("2026-01-15")).contains("suspended 0", "scrapped 1", "waiting 0");
        JsonNode machine = json(people.city(), "/api/v1/inspection/machines?in=excluded&because=no-rule&day=2026-04-05")
                .at("/items/0");
        assertThat(machine.get("equipment_code").asString()).isEqualTo("VEH-1005");
        assertThat(machine.get("due_on").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "city, in=missing, ELV-2007 ELV-1002 ELV-1001",
        "city, in=missing&sort=-due, ELV-1001 ELV-1002 ELV-2007",
        "city, in=inside, BOI-2003",
        "city, in=missing&submitted=no, ELV-2007 ELV-1002",
        "city, in=missing&use_unit=91371300MAUSEUNITV, ELV-2007",
        "city, in=counted&q=boi, BOI-2003",
        "city, in=excluded&sort=code, ELV-1006 ELV-2004 VEH-1005",
        "division, in=missing, ELV-1002 ELV-1001",
        "unit-v, in=counted&sort=code, BOI-2003 ELV-2007",
        "firm, in=counted, ELV-1001"
    })
    void machines_areThoseBehindTheNumber(String name, String query, String expected) {
        List<String> codes = new ArrayList<>();
        json(people.named(name), "/api/v1/inspection/machines?day=2026-04-05&" + query)
                .get("items")
                .forEach(item -> codes.add(item.get("equipment_code").asString()));
        assertThat(codes).containsExactly(expected.split(" "));
        assertThat(ok(people.named(name), "/inspection/machines.csv?day=2026-04-05&" + query)
                        .lines())
                .hasSize(codes.size() + 1);
    }

    @Test
    void machine_tellsHowLateItIs_andWhatIsInHand() {
        JsonNode machine = json(people.city(), "/api/v1/inspection/machines?day=2026-04-05&q=ELV-1001")
                .at("/items/0");
        assertThat(machine.get("days_late").asInt()).isEqualTo(5);
        assertThat(machine.at("/open_submission/submission_no").asString()).isEqualTo("BJ-1");
        assertThat(ok(people.city(), "/inspection/machines?day=2026-04-05&lang=en"))
                .contains("ELV-1001", "2026-03-31", "BJ-1", "沂蒙路 8 号", "not submitted");
    }

    @Test
    void useUnits_haveTheirOwnRates() {
        assertThat(ok(people.city(), "/inspection/use-units.csv?lang=en&from=2026-03-01&day=2026-03-31")
                        .lines())
                .contains(
                        "沂河物业服务有限公司," + InspectedCity.UNIT_U + ",2,1,50.0 %,2,1,50.0 %",
                        "Meng Mountain Chemical Works," + InspectedCity.UNIT_V + ",1,0,0.0 %,2,1,50.0 %");
        assertThat(ok(people.division(), "/inspection/use-units"))
                .contains(InspectedCity.UNIT_U)
                .doesNotContain(InspectedCity.UNIT_V);
        assertThat(ok(people.firm(), "/inspection/use-units.csv?lang=en&from=2026-03-01&day=2026-03-31"))
                .contains(InspectedCity.UNIT_U + ",1,1,100.0 %,1,1,100.0 %");
    }

    @Test
    void gap_namesWhoOwesWhat() {
        assertThat(ok(people.city(), "/inspection/gap?lang=en"))
                .contains("BJ-1", "BJ-4", "BJ-5", "ELV-2007", "Bureau")
                .contains("/inspection/submissions?owed=use-unit&amp;use_unit=" + InspectedCity.UNIT_U)
                .doesNotContain("BJ-2", "BJ-3", "VEH-1005");
        assertThat(ok(people.firm(), "/inspection/gap")).contains("BJ-1").doesNotContain("BJ-4", "BJ-5", "ELV-2007");
    }

    @Test
    void frozenMonth_showsWhatWasCorrectedLater() {
        assertThat(json(people.city(), "/api/v1/inspection/months").at("/total").asInt())
                .isEqualTo(1);
        assertThat(ok(people.city(), "/inspection/months/2026-03?lang=en")).contains("It is as it was reported");
        // It comes out that ELV-1002 was inspected in time, and that the boiler's validity had ended.
        house.database().execute("UPDATE submission SET reported_on = '2026-03-30' WHERE submission_no = 'BJ-2'");
        house.database().execute("UPDATE duty SET due_on = '2026-03-01' WHERE category = 'BOILER'");
        InspectedCity.count(house.database());
        try {
            JsonNode month = json(people.city(), "/api/v1/inspection/months").at("/items/0");
            assertThat(fraction(month.get("submitted_then"))).isEqualTo("1/3");
            assertThat(fraction(month.get("submitted_now"))).isEqualTo("2/3");
            assertThat(fraction(month.get("periodic_then"))).isEqualTo("2/4");
            assertThat(fraction(month.get("periodic_now"))).isEqualTo("1/4");
            String page = ok(people.city(), "/inspection/months/2026-03?lang=en");
            assertThat(page.replaceFirst("(?s).*id=\"not-missing-now\"", "")
                            .replaceFirst("(?s)id=\"missing-now\".*", ""))
                    .contains("ELV-1002")
                    .doesNotContain("BOI-2003");
            assertThat(page.replaceFirst("(?s).*id=\"missing-now\"", ""))
                    .contains("BOI-2003")
                    .doesNotContain("ELV-1002");
            assertThat(ok(people.division(), "/inspection/months/2026-03?lang=en"))
                    .contains("ELV-1002")
                    .doesNotContain("BOI-2003", InspectedCity.OTHER_DIVISION);
        } finally {
            house.database().execute("UPDATE submission SET reported_on = '2026-04-12' WHERE submission_no = 'BJ-2'");
            house.database().execute("UPDATE duty SET due_on = '2099-12-31' WHERE category = 'BOILER'");
            InspectedCity.count(house.database());
        }
    }

    @Test
    void months_areTheBureaus() {
        assertThat(people.unitU().get("/inspection/months").statusCode()).isEqualTo(403);
        assertThat(people.city().get("/inspection/months/2026-02").statusCode()).isEqualTo(404);
        assertThat(people.city().get("/inspection/months/soon").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/inspection?day=yesterday",
                "/inspection?day=2026-02-30",
                "/inspection?from=2026-05-01&day=2026-04-01",
                "/inspection/machines?in=somewhere",
                "/inspection/machines?because=tired",
                "/inspection/machines?day=0001-01-01",
                "/inspection/use-units?sort=periodic",
                "/inspection/submissions?state=lost",
                "/inspection/submissions?counted=twice",
                "/api/v1/inspection/rates?by=colour"
            })
    void parameterThatCannotBeUsed_isRefused(String path) {
        assertThat(people.city().get(path).statusCode()).isEqualTo(400);
    }

    private static List<String> exclusions(String day) {
        List<String> exclusions = new ArrayList<>();
        json(people.city(), "/api/v1/inspection/rates?from=2026-01-01&day=" + day)
                .get("exclusions")
                .forEach(each -> exclusions.add(
                        each.get("reason").asString() + " " + each.get("number").asLong()));
        return exclusions;
    }

    private static String fraction(JsonNode rate) {
        return rate.get("fulfilled").asLong() + "/" + rate.get("base").asLong();
    }

    private static List<Long> numbers(JsonNode rate) {
        return List.of(
                rate.get("base").asLong(),
                rate.get("fulfilled").asLong(),
                rate.get("missing").asLong());
    }

    private static long total(Person person, String list) {
        return json(person, "/api/v1/inspection/" + list).get("total").asLong();
    }

    private static JsonNode json(Person person, String path) {
        return new JsonMapper().readTree(ok(person, path));
    }

    private static String ok(Person person, String path) {
        HttpResponse<String> answer = person.get(path);
        assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isEqualTo(200);
        return answer.body();
    }
}
