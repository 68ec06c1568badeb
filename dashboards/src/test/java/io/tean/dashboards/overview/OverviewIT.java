package io.tean.dashboards.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.InspectedCity;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.WatchedCity;
import io.tean.dashboards.access.Role;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OverviewIT {
    private static final Pattern LINK =
            Pattern.compile("href=\"(/(?:alerts|cases|devices|maintenance|inspection|board)[^\"]*)\"");

    private static OpenHouse house;
    private static Person city;
    private static Person near;
    private static Person far;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        WatchedCity.moveInto(house);
        city = house.login("city", Role.READ_ONLY, "", "");
        near = house.login("near", Role.INSPECTOR, "", "320505");
        far = house.login("far", Role.DISPATCHER, "", "320506");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "city, 2 1 1, 2, 3, 2 1 3, 0/1, 2/4, 3 1 1",
        "near, 1 1 0, 2, 2, 1 1 2, 0/0, 0/0, 0 0 0",
        "far, 0 0 1, 0, 1, 1 0 1, 0/0, 0/0, 3 1 1"
    })
    void numbers_areThoseOfTheScope(
            String name,
            String devices,
            int emergencies,
            int live,
            String maintenance,
            String submitted,
            String periodic,
            String fills) {
        JsonNode now = json(person(name), "/api/v1/overview");
        assertThat(values(now.get("devices"), "connected", "silent", "never")).isEqualTo(devices);
        assertThat(now.get("emergencies").asInt()).isEqualTo(emergencies);
        assertThat(now.get("live_cases").asInt()).isEqualTo(live);
        assertThat(values(now.get("maintenance"), "overdue", "due_soon", "under_duty"))
                .isEqualTo(maintenance);
        assertThat(fraction(now.get("submitted"))).isEqualTo(submitted);
        assertThat(fraction(now.get("periodic"))).isEqualTo(periodic);
        assertThat(values(now.get("fills"), "filled", "refused", "flagged")).isEqualTo(fills);
    }

    @ParameterizedTest
    @CsvSource({
        "city, 320505 2 2 1 2 0 0/0 0/0; 320506 0 1 1 1 3 0/0 0/0; 371302 0 0 0 0 0 0/0 1/2; 371311 0 0 0 0 0 0/1 1/2",
        "near, 320505 2 2 1 2 0 0/0 0/0",
        "far, 320506 0 1 1 1 3 0/0 0/0"
    })
    void divisions_areThoseOfTheScope(String name, String expected) {
        StringBuilder found = new StringBuilder();
        json(person(name), "/api/v1/overview")
                .get("divisions")
                .forEach(each -> found.append(found.isEmpty() ? "" : "; ")
                        .append(values(
                                each, "division_code", "emergencies", "live_cases", "overdue", "under_duty", "filled"))
                        .append(' ')
                        .append(fraction(each.get("submitted")))
                        .append(' ')
                        .append(fraction(each.get("periodic"))));
        assertThat(found.toString()).isEqualTo(expected);
    }

    @Test
    void everyNumber_isTheTotalOfTheListBehindIt() {
        JsonNode now = json(city, "/api/v1/overview");
        for (String state : new String[] {"connected", "silent", "never"}) {
            assertThat(total("devices?state=" + state))
                    .as(state)
                    .isEqualTo(now.at("/devices/" + state).asInt());
        }
        assertThat(total("maintenance/due?state=due-soon"))
                .isEqualTo(now.at("/maintenance/due_soon").asInt());
        assertLists(now, "", "emergencies", "live_cases");
        now.get("divisions")
                .forEach(each -> assertLists(
                        each, "&division=" + each.get("division_code").asString(), "emergencies", "live_cases"));
        assertThat(total("inspection/machines?in=missing"))
                .isEqualTo(now.at("/periodic/missing").asInt());
        assertThat(total("inspection/submissions?counted=missing"))
                .isEqualTo(now.at("/submitted/missing").asInt());
    }

    private static void assertLists(JsonNode numbers, String division, String emergencies, String live) {
        JsonNode duties = numbers.has("maintenance") ? numbers.get("maintenance") : numbers;
        assertThat(total("alerts?severity=EMERGENCY" + division))
                .as(division)
                .isEqualTo(numbers.get(emergencies).asInt());
        assertThat(total("cases?state=live" + division))
                .as(division)
                .isEqualTo(numbers.get(live).asInt());
        assertThat(total("maintenance/due?state=overdue" + division))
                .as(division)
                .isEqualTo(duties.get("overdue").asInt());
        assertThat(total("maintenance/due?state=all" + division))
                .as(division)
                .isEqualTo(duties.get("under_duty").asInt());
    }

    @Test
    void clocks_areThoseThatRunOutNext() {
        StringBuilder cases = new StringBuilder();
        json(city, "/api/v1/overview")
                .get("clocks")
                .forEach(each -> cases.append(each.get("case_id").asInt()).append(' '));
        assertThat(cases.toString()).isEqualTo("2 1 3 ");
        assertThat(ok(city, "/overview").replaceAll("(?s).*?(?=id=\"overview-emergency)", ""))
                .containsSubsequence("/cases/2\"", "/cases/1\"", "/cases/3\"");
    }

    @Test
    void everyLinkOfThePage_leadsSomewhere() {
        Set<String> links = new TreeSet<>();
        Matcher found = LINK.matcher(ok(city, "/overview"));
        while (found.find()) {
            links.add(found.group(1).replace("&amp;", "&"));
        }
        assertThat(links).hasSizeGreaterThan(30);
        links.forEach(link -> ok(city, link));
    }

    @Test
    void region_isAskedForAlone() {
        assertThat(ok(city, "/overview?part=emergency"))
                .contains("id=\"overview-emergency\"")
                .doesNotContain("overview-figures", "<html");
        assertThat(ok(city, "/overview?part=figures"))
                .contains("id=\"overview-figures\"", "class=\"citymap\"", InspectedCity.DIVISION)
                .doesNotContain("overview-emergency");
        assertThat(city.get("/overview?part=all").statusCode()).isEqualTo(400);
    }

    @Test
    void divisionsWithoutCoordinates_standInTheTableAlone() {
        JsonNode divisions = json(city, "/api/v1/overview").get("divisions");
        assertThat(divisions.get(0).get("latitude").asDouble()).isBetween(31.30, 31.31);
        assertThat(divisions.get(2).get("latitude").isNull()).isTrue();
        assertThat(ok(far, "/overview")).contains("320506").doesNotContain("320505");
    }

    private static Person person(String name) {
        return switch (name) {
            case "city" -> city;
            case "near" -> near;
            default -> far;
        };
    }

    private static String values(JsonNode node, String... names) {
        StringBuilder values = new StringBuilder();
        for (String name : names) {
            values.append(values.isEmpty() ? "" : " ").append(node.get(name).asString());
        }
        return values.toString();
    }

    private static String fraction(JsonNode rate) {
        return rate.get("fulfilled").asInt() + "/" + rate.get("base").asInt();
    }

    private static int total(String list) {
        return json(city, "/api/v1/" + list).get("total").asInt();
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
