package io.tean.dashboards.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedRescue;
import io.tean.dashboards.RescuedCity;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoardIT {
    private static final RecordedRescue DESK = new RecordedRescue();

    private static OpenHouse house;
    private static Person dispatcher;
    private static Person far;
    private static Person wall;
    private static Person quiet;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(DESK));
        RescuedCity.moveInto(house);
        dispatcher = house.login("dispatcher", Role.DISPATCHER, "", "");
        far = house.login("far", Role.DISPATCHER, "", "320506");
        wall = house.login("wall", Role.READ_ONLY, "", "");
        quiet = house.login("quiet", Role.DISPATCHER, "", "320507");
        house.addOrganisation("91320507MASTATION1", "RESCUE_STATION", "城西救援站", "320507");
        house.database()
                .execute(
                        "UPDATE organisation SET latitude = 31.42, longitude = 120.64 WHERE credit_code = '91320507MASTATION1'");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void board_hasLiveCases_byTheClockThatRunsOutNext_thenTroubles_thenReleasedOnes() {
        String board = dispatcher.get("/board?lang=en").body();
        assertThat(board)
                .containsSubsequence("data-case=\"2\"", "data-case=\"1\"", "data-case=\"3\"", "id=\"board-rest\"")
                .contains("0512-60003", "clock over", "data-untaken", "Case 4", "elevator-door", "湖东救援站")
                .doesNotContain("elevator-stop", "Case 5", "<img src=x");
        // The emergency that is in a case is seen there.
        assertThat(board).contains("/alerts/2\"").doesNotContain("/alerts/1\"");
    }

    @Test
    void board_ofADivision_hasItsOwnCasesOnly() {
        String board = far.get("/board").body();
        assertThat(board).contains("data-case=\"3\"").doesNotContain("data-case=\"1\"", "data-case=\"2\"", "湖东救援站");
    }

    @Test
    void boardWithoutCases_showsTheStations() {
        assertThat(quiet.get("/board?lang=en").body())
                .contains("class=\"spot station\"", "城西救援站")
                .doesNotContain("data-case=", "no coordinates");
    }

    @Test
    void dispatcher_beginsAtTheBoard() {
        assertThat(dispatcher.get("/").headers().firstValue("location")).contains("/board");
        assertThat(wall.get("/board").body()).doesNotContain("/board/call");
        assertThat(wall.get("/board/call?equipment=elv-1").statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"100001, elv-1", "ELV-2, elv-2"})
    void codeInWhole_leadsStraightToTheMachine(String typed, String code) {
        HttpResponse<String> answer = dispatcher.get("/board?q=" + typed);
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("location")).contains("/board/call?equipment=" + code);
    }

    @ParameterizedTest
    @CsvSource({"星湖街, elv-2 elv-4", "快修, elv-1 elv-2", "园区物业, elv-1 elv-2 elv-4", "999999, ''", "%, ''"})
    void partOfAnAddressOrAName_findsMachines(String typed, String expected) {
        String body =
                dispatcher.get("/board?lang=en&" + Person.query("q=" + typed)).body();
        for (int number = 1; number <= 4; number++) {
            String link = "/board/call?equipment=elv-" + number;
            assertThat(body.contains(link)).as(link).isEqualTo(expected.contains("elv-" + number));
        }
        assertThat(body.contains("no such rescue")).isEqualTo(expected.isEmpty());
    }

    @Test
    void callPage_tellsAllOfTheMachine() {
        String page = dispatcher.get("/board/call?equipment=elv-1&lang=en").body();
        assertThat(page).contains("快修电梯", "0512-60002", "live case 1", "Join the live case", "150", "People trapped");
        assertThat(dispatcher.get("/board/call?equipment=elv-3&lang=en").body())
                .contains("No contract is in force", "Open the case");
        assertThat(far.get("/board/call?equipment=elv-1").statusCode()).isEqualTo(404);
    }

    @Test
    void call_isTakenIn_orSaysWhatIsWrong() {
        Map<String, String> call =
                Map.of("equipment", "elv-3", "caller", "李", "telephone", "139", "trapped", "2", "button", "yes");
        HttpResponse<String> answer = dispatcher.post("/board/call", call);
        assertThat(answer.headers().firstValue("location")).contains("/cases/1?done=case-opened");
        assertThat(DESK.made().getLast())
                .contains(
                        "equipmentId=OptionalInt[3]", "button=true", "trapped=OptionalInt[2]", "by ACCOUNT dispatcher");
        int made = DESK.made().size();
        assertThat(dispatcher.post("/board/call", Map.of("caller", "李")).statusCode())
                .isEqualTo(422);
        assertThat(dispatcher
                        .post("/board/call", Map.of("place", "x", "since", "2199-01-01T00:00"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(DESK.made()).hasSize(made);
        assertThat(dispatcher.post("/board/call", Map.of("place", "nowhere")).body())
                .contains("there is no such place");
    }
}
