package io.tean.dashboards.silence;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.AlarmedCity;
import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedAlerts;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilencesIT {
    private static final RecordedAlerts DESK = new RecordedAlerts();

    private static OpenHouse house;
    private static Person dispatcher;
    private static Person near;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(DESK));
        AlarmedCity.moveInto(house);
        DESK.carryOutIn(house.database());
        dispatcher = house.login("dispatcher", Role.DISPATCHER, "", "");
        near = house.login("near", Role.INSPECTOR, "", "320505");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void list_holdsThoseInForce_orAll_withinTheScope() {
        assertThat(dispatcher.get("/silences").body()).contains("大修至周五").doesNotContain("早已结束");
        assertThat(dispatcher.get("/silences?state=all").body()).containsSubsequence("大修至周五", "早已结束");
        assertThat(near.get("/silences?state=all").body()).contains("早已结束").doesNotContain("大修至周五");
        assertThat(near.post("/silences/1/end", Map.of()).statusCode()).isEqualTo(404);
        Person unit = house.login("unit", Role.USE_UNIT, AlarmedCity.UNIT, "");
        assertThat(unit.get("/silences?state=all").body())
                .contains("早已结束")
                .doesNotContain("大修至周五", "<form class=\"card");
        assertThat(unit.post("/silences", Map.of()).statusCode()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "equipment=ELV-1, machine 1 every rule",
        "equipment=elv-1&rule=elevator-entrapment&until=+20h, machine 1 elevator-entrapment",
        "use-unit=91320500MAALARMUN1, use unit 1 every rule",
        "division=320505&rule=elevator-door-fault, division 320505 elevator-door-fault"
    })
    void silence_isAdded_forOnePlace(String fields, String expected) {
        assertThat(add(near, fields).statusCode()).isEqualTo(303);
        assertThat(DESK.made()).contains("silence " + expected + " because of quiet please by ACCOUNT near");
    }

    @ParameterizedTest
    @CsvSource({
        "'', 请填写设备代码、使用单位或行政区划之一",
        "equipment=elv-1&division=320505, 请填写设备代码、使用单位或行政区划之一",
        "equipment=blr-3, 没有这台设备",
        "division=320506, 该区划不在您的管辖范围",
        "use-unit=91320500MAALARMST1, 没有该使用单位",
        "use-unit=x, 须为 18 位",
        "equipment=elv-1&rule=none, 请选择其中之一",
        "division=320505&rule=elevator-entrapment, 紧急规则只能按设备静默",
        "equipment=elv-1&rule=elevator-entrapment&until=+25h, 最长 24 小时",
        "equipment=elv-1&until=+91d, 最长 90 天",
        "equipment=elv-1&until=-1h, 结束时间须晚于",
        "equipment=elv-1&from=soon, 时间无法识别",
        "equipment=elv-1&reason=, 请填写理由"
    })
    void silenceThatCannotBe_isSaidBesideItsField(String fields, String problem) {
        int before = DESK.made().size();
        HttpResponse<String> answer = add(near, fields);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(problem);
        assertThat(DESK.made()).hasSize(before);
    }

    @Test
    void portThatRefuses_isHeard_andTheFormStays() {
        HttpResponse<String> answer = add(dispatcher, "equipment=elv-2&reason=no such rule, says the test");
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("there is no such rule any more", "value=\"elv-2\"");
    }

    @Test
    void silenceFromAnAlert_leadsBackToIt() {
        HttpResponse<String> answer = add(dispatcher, "equipment=elv-2&rule=boiler-over-pressure&alert=3");
        assertThat(answer.headers().firstValue("location")).hasValue("/alerts/3?done=silence-added");
    }

    @Test
    void silence_endsOnce() {
        long silence = house.database().number("""
                INSERT INTO silence (division_code, reason, from_at, until_at, added_by)
                VALUES ('320505', 'short', now(), now() + interval '1 hour', 'x') RETURNING silence_id
                """);
        assertThat(near.post("/silences/" + silence + "/end", Map.of()).statusCode())
                .isEqualTo(303);
        HttpResponse<String> again = near.post("/silences/" + silence + "/end", Map.of());
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("该静默已经结束");
    }

    /** @param fields as an address has them; an end such as +20h is from now */
    private static HttpResponse<String> add(Person person, String fields) {
        Map<String, String> form = new HashMap<>(Map.of("reason", "quiet please", "until", "+2h"));
        Arrays.stream(fields.split("&", -1))
                .filter(field -> !field.isEmpty())
                .map(field -> field.split("=", -1))
                .forEach(pair -> form.put(pair[0], pair[1]));
        form.computeIfPresent(
                "until",
                (name, span) -> Instant.now()
                        .plus(Duration.parse(
                                span.endsWith("d")
                                        ? "P" + span.toUpperCase(java.util.Locale.ROOT)
                                        : "PT" + span.toUpperCase(java.util.Locale.ROOT)))
                        .toString());
        return person.post("/silences", form);
    }
}
