package io.tean.dashboards.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.figures.RescuedMonths.Rescue;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of random months against those reckoned by other words. */
class FiguresIT {
    private static final long SEED =
            Long.getLong("tean.seed", ThreadLocalRandom.current().nextLong());
    private static final String MARCH = "month=2026-03";
    private static final RescuedMonths MONTHS =
            new RescuedMonths(SEED, LocalDate.parse("2026-02-01"), LocalDate.parse("2026-03-31"), 60, 900);

    private static OpenHouse house;
    private static Person city;
    private static Person division;
    private static Person firm;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.database().execute(MONTHS.sql());
        city = house.login("city", Role.DISPATCHER, "", "");
        division = house.login("division", Role.INSPECTOR, "", "371311");
        firm = house.login("firm", Role.FIRM, RescuedMonths.FIRMS.getFirst(), "");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"division", "firm", "place-kind", "hour", "cause"})
    void figuresOfARandomMonth_areThoseReckonedByHand_inEveryPart(String by) {
        JsonNode report = json(city, "/api/v1/rescue-figures?" + MARCH + "&by=" + by);
        List<Rescue> march = opened("2026-03-01", "2026-03-31", rescue -> true);
        assertFigures(report.get("figures"), march, "all");
        assertFigures(report.get("before"), opened("2026-02-01", "2026-02-28", rescue -> true), "before");
        Map<String, List<Rescue>> parts =
                march.stream().collect(Collectors.groupingBy(RescuedMonths.key(by), TreeMap::new, Collectors.toList()));
        assertThat(report.get("parts")
                        .valueStream()
                        .map(part -> part.get("key").asString())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(parts.keySet());
        report.get("parts").forEach(part -> {
            String key = part.get("key").asString();
            assertFigures(part, parts.getOrDefault(key, List.of()), by + " " + key);
        });
    }

    @ParameterizedTest
    @CsvSource({"2026-02-10, 2026-02-10", "2026-02-20, 2026-03-05", "2026-03-31, 2026-04-30"})
    void figuresOfAnyDays_areThoseOfTheDaysOfChina_besideAsManyDaysBefore(LocalDate from, LocalDate to) {
        JsonNode report = json(city, "/api/v1/rescue-figures?from=" + from + "&to=" + to);
        long days = to.toEpochDay() - from.toEpochDay() + 1;
        assertFigures(report.get("figures"), opened(from.toString(), to.toString(), rescue -> true), "days");
        assertFigures(
                report.get("before"),
                opened(from.minusDays(days).toString(), from.minusDays(1).toString(), rescue -> true),
                "days before");
        assertThat(report.get("entrapment_rate").isNull()).isTrue();
    }

    @Test
    void everyScope_hasItsOwnCases() {
        assertFigures(
                json(division, "/api/v1/rescue-figures?" + MARCH).get("figures"),
                opened("2026-03-01", "2026-03-31", rescue -> rescue.division().equals("371311")),
                "division");
        // By the contracts of the day on which the case was opened.
        assertFigures(
                json(firm, "/api/v1/rescue-figures?" + MARCH).get("figures"),
                opened(
                        "2026-03-01",
                        "2026-03-31",
                        rescue -> rescue.lift()
                                .filter(lift -> lift.firmOn(rescue.day()).equals(RescuedMonths.FIRMS.getFirst()))
                                .isPresent()),
                "firm");
    }

    @Test
    void rateOfAMonth_isEntrapmentsByElevatorsAtItsEnd() {
        JsonNode report = json(city, "/api/v1/rescue-figures?" + MARCH);
        int elevators = MONTHS.elevators().size();
        assertThat(report.get("elevators").asInt()).isEqualTo(elevators);
        assertThat(report.get("entrapment_rate").asDouble())
                .isCloseTo(report.at("/figures/entrapment").asDouble() * 100 / elevators, within(0.0005));
        assertThat(json(city, "/api/v1/rescue-figures?month=2019-12")
                        .get("entrapment_rate")
                        .isNull())
                .isTrue();
    }

    @Test
    void emptyMonth_hasNoughtsAndDashes() {
        JsonNode report = json(city, "/api/v1/rescue-figures?month=2025-06");
        assertFigures(report.get("figures"), List.of(), "empty");
        assertThat(report.at("/figures/arrival_minutes/mean").isNull()).isTrue();
        assertThat(report.get("parts")).isEmpty();
        assertThat(ok(city, "/rescue-figures?lang=zh&month=2025-06")).contains("统计期内没有救援工单", ">–<");
        assertThat(ok(city, "/rescue-figures/2025-06?lang=en")).contains("took in 0 cases");
    }

    @Test
    void everyNumber_opensTheListOfItsCases() {
        assertThat(ok(city, "/rescue-figures?" + MARCH))
                .contains("/cases?counted=entrapment&amp;from=2026-03-01&amp;state=all&amp;to=2026-03-31")
                .contains("/cases?from=2026-03-01&amp;level=2&amp;state=all&amp;to=2026-03-31")
                .contains("/cases?division=371302&amp;from=2026-03-01&amp;late=arrival&amp;state=all&amp;to=2026-03-31")
                .contains("/cases?from=2026-03-01&amp;hour=17&amp;state=all&amp;to=2026-03-31");
    }

    @Test
    void everyNumber_isAsLargeAsTheListThatItOpens() {
        Matcher link = Pattern.compile("href=\"/cases\\?([^\"]+)\">(?:<strong>)?([0-9,]+)<")
                .matcher(ok(city, "/rescue-figures?" + MARCH));
        int followed = 0;
        while (link.find()) {
            String query = link.group(1).replace("&amp;", "&");
            if (query.contains("outcome=RELEASED")) {
                // People, of whom a case has several.
                continue;
            }
            assertThat(json(city, "/api/v1/cases?size=1&" + query).get("total").toString())
                    .as("%s, seed %d", query, SEED)
                    .isEqualTo(link.group(2).replace(",", ""));
            followed++;
        }
        assertThat(followed).isGreaterThan(50);
    }

    @Test
    void conditions_canBeUsedOnTheListsOwnQuery() {
        for (Counted counted : Counted.values()) {
            long found = house.database().number("""
                    SELECT count(*) FROM rescue_case k LEFT JOIN equipment e ON e.equipment_id = k.equipment_id
                    WHERE k.opened_at >= '2026-03-01T00:00+08:00' AND k.opened_at < '2026-04-01T00:00+08:00' AND (%s)
                    """.formatted(counted.condition("k", "now()")));
            assertThat(found)
                    .as(counted.word())
                    .isEqualTo(json(city, "/api/v1/rescue-figures?" + MARCH)
                            .at("/figures/" + counted.key())
                            .asLong());
            assertThat(Counted.of(counted.word())).hasValue(counted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"month=2026-13", "month=march", "from=2026-02-30", "from=2026-03-02&to=2026-03-01", "to=x"})
    void daysThatCannotBe_areRefused(String query) {
        assertThat(city.get("/rescue-figures?" + query).statusCode()).isEqualTo(400);
        assertThat(city.get("/api/v1/rescue-figures?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void bulletin_isOfMonthsThatHaveBegun() {
        assertThat(ok(city, "/rescue-figures/2026-03?lang=zh")).contains("电梯应急救援月报 2026-03", "困人率");
        for (String month : List.of("2099-01", "2026-13", "now")) {
            assertThat(city.get("/rescue-figures/" + month).statusCode())
                    .as(month)
                    .isEqualTo(404);
        }
    }

    private static void assertFigures(JsonNode figures, List<Rescue> cases, String what) {
        Map<String, Double> expected = new Reckoned(cases, Instant.now()).figures();
        expected.forEach((name, value) -> assertThat(
                        figures.at("/" + name.replace('.', '/')).asDouble())
                .as("%s of %s, seed %d", name, what, SEED)
                .isCloseTo(value, within(1e-6)));
        for (String name : List.of("arrival_minutes.mean", "rescue_work_minutes.p90", "mean_answer_seconds")) {
            assertThat(figures.at("/" + name.replace('.', '/')).isNull())
                    .as("%s of %s is unknown, seed %d", name, what, SEED)
                    .isEqualTo(!expected.containsKey(name));
        }
    }

    private static List<Rescue> opened(String from, String to, Predicate<Rescue> which) {
        return MONTHS.rescues().stream()
                .filter(rescue -> !rescue.day().isBefore(LocalDate.parse(from))
                        && !rescue.day().isAfter(LocalDate.parse(to)))
                .filter(which)
                .toList();
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
