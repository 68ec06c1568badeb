package io.tean.dashboards.rescuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedRescue;
import io.tean.dashboards.RescuedCity;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RescuerIT {
    private static final RecordedRescue DESK = new RecordedRescue();

    private static OpenHouse house;
    private static Person crew;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(DESK));
        RescuedCity.moveInto(house);
        DESK.carryOutIn(house.database());
        DESK.link("good-link", 1, 1, "快修电梯");
        DESK.link("refused-link", 2, 2, "快修电梯");
        DESK.link("closed-link", 5, 4, "湖东救援站");
        crew = house.stranger();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void link_showsWhereToGo_andLeavesNoTrace() {
        HttpResponse<String> page = crew.get("/r/good-link?lang=en");
        assertThat(page.body())
                .contains("苏州大道西 1 号", "100001", "geo:31.318,120.712", "2 trapped", "noindex")
                .doesNotContain("<img src=x", "csrf", "EventSource");
        assertThat(page.headers().firstValue("referrer-policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("cache-control")).contains("no-store");
        assertThat(page.headers().firstValue("x-robots-tag")).contains("noindex, nofollow");
        assertThat(page.headers().firstValue("set-cookie").orElse("")).doesNotContain("session");
    }

    @Test
    void forgedLink_isNothing_inBothLanguages() {
        HttpResponse<String> page = crew.get("/r/forged");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("没有这个页面", "There is no such page");
        assertThat(crew.postAsIs("/r/forged", Map.of("move", "answer")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void overtakenOrClosedCall_saysSo_andTellsNothingMore() {
        String refused = crew.get("/r/refused-link?lang=en").body();
        assertThat(refused).contains("This call is over").doesNotContain("13800000000", "geo:", "<form");
        HttpResponse<String> late = crew.postAsIs("/r/closed-link?lang=en", Map.of("move", "arrive"));
        assertThat(late.statusCode()).isEqualTo(409);
        assertThat(late.body()).contains("The case is closed");
        assertThat(crew.postAsIs("/r/refused-link", Map.of("move", "answer")).statusCode())
                .isEqualTo(409);
    }

    @Test
    void step_isTakenOnce_howeverOftenItIsTapped() {
        assertThat(crew.postAsIs("/r/good-link", Map.of("move", "answer")).statusCode())
                .isEqualTo(303);
        assertThat(crew.postAsIs("/r/good-link", Map.of("move", "answer")).statusCode())
                .isEqualTo(303);
        assertThat(house.database().number("SELECT version FROM rescue_case WHERE case_id = 1"))
                .isEqualTo(2);
        Map<String, String> arrived = Map.of("move", "arrive", "latitude", "31.3", "longitude", "120.7");
        assertThat(crew.postAsIs("/r/good-link", arrived).headers().firstValue("location"))
                .contains("/r/good-link?done=rescuer-step");
        assertThat(DESK.made().getLast()).contains("latitude=31.3", "by LINK 快修电梯");
        assertThat(crew.postAsIs("/r/good-link", Map.of("move", "release", "released", "x"))
                        .statusCode())
                .isEqualTo(422);
        assertThat(crew.postAsIs("/r/good-link", Map.of("move", "refuse", "reason", " "))
                        .statusCode())
                .isEqualTo(422);
        assertThat(crew.postAsIs("/r/good-link", Map.of("move", "close")).statusCode())
                .isEqualTo(400);
    }
}
