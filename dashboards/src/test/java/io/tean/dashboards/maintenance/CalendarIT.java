package io.tean.dashboards.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.Upkeep;
import io.tean.dashboards.list.Day;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CalendarIT {
    /** On which something begins, ends or falls due. */
    private static final List<Integer> DAYS_OF_FEBRUARY = List.of(1, 9, 10, 16, 17, 20, 25, 26, 27, 28);

    private static OpenHouse house;
    private static Fleet.People people;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        Upkeep.moveInto(house);
        people = Upkeep.people(house);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "city, 2 1 1 2 2 3, 0 1 0 0 1 0",
        "division, 1 0 0 0 0 1, 0 1 0 0 1 0",
        "firm-a, 1 0 0 1 1 2, 0 1 0 0 1 0",
        "firm-b, 0 0 0 0 0 0, 0 0 0 0 0 0",
        "unit-u, 1 0 0 0 0 1, 0 1 0 0 1 0"
    })
    void february_isThatOfTheScope(String name, String overdue, String done) {
        List<Integer> days = List.of(9, 10, 16, 17, 20, 26);
        JsonNode month = days(name, "2026-02");
        assertThat(numbers(month, "overdue", days)).isEqualTo(overdue);
        assertThat(numbers(month, "done", days)).isEqualTo(done);
        assertThat(month.valueStream()).allMatch(day -> day.get("due").isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"city", "division", "firm-a", "firm-b", "unit-u"})
    void everyNumber_isTheTotalOfTheListThatItOpens(String name) {
        JsonNode february = days(name, "2026-02");
        for (int number : DAYS_OF_FEBRUARY) {
            JsonNode day = february.get(number - 1);
            String date = day.get("day").asString();
            assertThat(total(name, "due?state=overdue&day=" + date))
                    .as(date)
                    .isEqualTo(day.get("overdue").asInt());
            assertThat(total(name, "visits?state=standing&from=" + date + "&to=" + date))
                    .as(date)
                    .isEqualTo(day.get("done").asInt());
        }
        LocalDate today = Day.today(InstantSource.system());
        for (int ahead = 0; ahead < 4; ahead++) {
            LocalDate date = today.plusDays(ahead);
            assertThat(total(name, "due?state=due-on&day=" + date))
                    .as("due on " + date)
                    .isEqualTo(days(name, YearMonth.from(date).toString())
                            .get(date.getDayOfMonth() - 1)
                            .get("due")
                            .asInt());
        }
    }

    @Test
    void fallingDue_isSeenAhead() {
        LocalDate date = Day.today(InstantSource.system()).plusDays(2);
        JsonNode day = days("city", YearMonth.from(date).toString()).get(date.getDayOfMonth() - 1);
        assertThat(day.get("due").asInt()).isEqualTo(1);
        assertThat(day.get("done").isNull()).isTrue();
        assertThat(ok(people.city(), "/maintenance?state=due-on&day=" + date)).contains("ELV-5");
    }

    @Test
    void page_opensTheListsOfTheFirm_thatTheBureauChose() {
        String month = "/maintenance/calendar?month=2026-02";
        String firm = "firm=" + Upkeep.FIRM_A;
        assertThat(ok(people.city(), month + "&" + firm))
                .contains("/maintenance?day=2026-02-17&amp;" + firm + "&amp;state=overdue")
                .contains("Bright Lifts");
        assertThat(numbers(json(people.city(), "/api/v1" + month + "&" + firm).get("days"), "overdue", List.of(9, 26)))
                .isEqualTo("1 2");
        // A firm has nothing to choose: it sees its own, whatever it asks for.
        String ofTheOther = ok(people.firmB(), month + "&" + firm);
        assertThat(ofTheOther.substring(ofTheOther.indexOf("<main"))).doesNotContain(Upkeep.FIRM_A, "姑苏");
    }

    @Test
    void weeks_beginOnMonday() {
        Calendar calendar = new Calendar(
                YearMonth.of(2026, 2),
                Optional.empty(),
                LocalDate.of(2026, 2, 1),
                LocalDate.of(2026, 2, 1)
                        .datesUntil(LocalDate.of(2026, 3, 1))
                        .map(day ->
                                new Calendar.Day(day, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()))
                        .toList());
        // The first of February 2026 is a Sunday.
        assertThat(calendar.weeks()).hasSize(5).allMatch(week -> week.size() == 7);
        assertThat(calendar.weeks().getFirst().get(5)).isEmpty();
        assertThat(calendar.weeks().getFirst().get(6)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"month=2026-13", "month=soon", "firm=short"})
    void parameterThatCannotBeUsed_isRefused(String query) {
        assertThat(people.city().get("/maintenance/calendar?" + query).statusCode())
                .isEqualTo(400);
    }

    private static String numbers(JsonNode month, String name, List<Integer> days) {
        return days.stream().map(day -> month.get(day - 1).get(name).asString()).collect(Collectors.joining(" "));
    }

    private static JsonNode days(String name, String month) {
        return json(people.named(name), "/api/v1/maintenance/calendar?month=" + month)
                .get("days");
    }

    private static int total(String name, String list) {
        return json(people.named(name), "/api/v1/maintenance/" + list)
                .get("total")
                .asInt();
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
