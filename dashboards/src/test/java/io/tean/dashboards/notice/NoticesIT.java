package io.tean.dashboards.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.NoDecisions;
import io.tean.dashboards.NotifiedCity;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedNotices;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticesIT {
    private static final RecordedNotices OUTBOX = new RecordedNotices();
    private static final Pattern SHOWN = Pattern.compile("\"notice_id\":\"00000000-0000-4000-8000-00000000000(\\d)\"");

    private static OpenHouse house;
    private static Person boss;
    private static Person near;
    private static Person looker;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(NoDecisions.but(OUTBOX));
        NotifiedCity.moveInto(house);
        OUTBOX.carryOutIn(house.database());
        boss = house.login("boss", Role.ADMINISTRATOR, "", "");
        near = house.login("near", Role.INSPECTOR, "", "320505");
        looker = house.login("looker", Role.READ_ONLY, "", "");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 5 3 1 6 2",
        "from=2020-01-01, 5 3 1 6 2 4",
        "state=queued, 3",
        "state=confirmed&from=2020-01-01, 4",
        "channel=mail, 3 1",
        "occasion=DIGEST, 6",
        "occasion=CALLED, 3",
        "q=王, 6 2",
        "q=快修, 3",
        "q=%25, ''",
        "sort=-attempts&state=dead, 1",
        "sort=queued, 2 6 1 3 5"
    })
    void list_isNarrowed_andSorted(String query, String numbers) {
        assertThat(shown(boss.get("/api/v1/notices?" + query).body())).isEqualTo(numbers);
    }

    @Test
    void division_seesItsOwn_andTests() {
        assertThat(shown(near.get("/api/v1/notices?from=2020-01-01").body())).isEqualTo("5 3 1");
        assertThat(near.get("/notices/" + NotifiedCity.id(2)).statusCode()).isEqualTo(404);
        assertThat(near.get("/recipients").body()).contains("快修电梯值班室").doesNotContain("王监察", "96333 值班台");
        Person far = house.login("far", Role.INSPECTOR, "", "320506");
        assertThat(shown(far.get("/api/v1/notices?from=2020-01-01").body())).isEqualTo("5 6 2 4");
    }

    @Test
    void band_saysWhatWaits_andWhatDied() {
        assertThat(near.get("/notices").body()).contains("1 条待发，最早的已等待 1 小时", "今日失败 ");
        assertThat(near.get("/api/v1/notices").body()).contains("\"waiting\":1");
    }

    @ParameterizedTest
    @CsvSource({"state=away", "occasion=PARTY", "from=2026-02-30", "from=2026-03-02&to=2026-03-01"})
    void questionThatCannotBeUsed_isRefused(String query) {
        assertThat(boss.get("/notices?" + query).statusCode()).isEqualTo(400);
    }

    @Test
    void notice_showsEveryAttempt_andItsDigestWhatItTellsOf() {
        assertThat(boss.get("/notices/" + NotifiedCity.id(1)).body())
                .contains("13812345678", "li.wei@unit.example", "电梯困人", "unknown &lt;script", "再次发送")
                .doesNotContain("<script>\n", "<b onmouseover");
        assertThat(boss.get("/notices/" + NotifiedCity.id(2)).body()).contains("/notices/" + NotifiedCity.id(6));
        assertThat(boss.get("/notices/" + NotifiedCity.id(6)).body())
                .contains("汇总 1 条通知", "/notices/" + NotifiedCity.id(2), "锅炉超压");
        assertThat(boss.get("/notices/" + NotifiedCity.id(3)).body()).contains("/cases/1");
    }

    @Test
    void whoOnlyLooks_seesNoWholeAddress_andNoButton() {
        for (String path : List.of("/notices/", "/api/v1/notices/")) {
            assertThat(looker.get(path + NotifiedCity.id(1)).body())
                    .contains("138****5678", "l***@unit.example")
                    .doesNotContain("13812345678", "li.wei@unit.example", "再次发送");
        }
        assertThat(looker.get("/notices").body()).doesNotContain("li.wei@unit.example");
        assertThat(looker.get("/notices.csv").body()).contains("l***@").doesNotContain("li.wei@unit.example");
        assertThat(looker.get("/recipients").statusCode()).isEqualTo(403);
    }

    @Test
    void deadNotice_isSentAgain_once() {
        String id = fresh("dead");
        assertThat(boss.post("/notices/" + id + "/retry", Map.of()).headers().firstValue("location"))
                .hasValue("/notices/" + id + "?done=notice-retried");
        HttpResponse<String> again = boss.post("/notices/" + id + "/retry", Map.of());
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("只有失败的通知才能再次发送，该通知现在的状态：待发");
        assertThat(OUTBOX.made()).contains("retry " + id + " by ACCOUNT boss");
        house.database().execute("DELETE FROM delivery WHERE delivery_id = '" + id + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "organisation=91320500MAALARMUN1&duty=OFFICE&channel-2=sms&to-2=13900000000|OFFICE Li of organisation 1 zh DAY sms:13900000000",
                "duty=OFFICER&division=320505&language=en&channel-1=duty-robot|OFFICER Li of bureau 320505 en DAY duty-robot:",
                "duty=DISPATCHER&digest=AT_ONCE&channel-1=mail&to-1=a@b.cn|DISPATCHER Li of bureau zh AT_ONCE mail:a@b.cn"
            })
    void recipient_isAdded(String fields, String expected) {
        assertThat(add(fields).statusCode()).isEqualTo(303);
        assertThat(OUTBOX.made()).contains("add " + expected + " by ACCOUNT boss");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "duty=BOSS|请选择职责",
                "duty=OFFICE|该职责必须填写单位",
                "duty=OFFICE&organisation=NONE|没有该统一社会信用代码的单位",
                "duty=OFFICER&organisation=91320500MAALARMUN1|不填单位",
                "duty=OFFICE&organisation=91320500MAALARMUN1&division=320505|只有监察人员和值班员填写行政区划",
                "duty=OFFICER&division=3205|须为 6 位数字",
                "name=|1 至 60 个字符",
                "language=fr|请选择其中之一",
                "digest=NEVER|请选择其中之一",
                "channel-1=|至少需要一个地址",
                "channel-3=mail|to-3-problem",
                "to-4=a@b.cn|channel-4-problem",
                "channel-1=fax|本站没有配置该通道",
                "name=no such number|write digits, with + before"
            })
    void recipientThatCannotBe_isSaidAtTheForm(String fields, String problem) {
        HttpResponse<String> answer = add(fields);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains(problem);
    }

    @Test
    void recipient_isChanged_andRetired_once() {
        long id = house.database().number("""
                INSERT INTO recipient (duty, name, addresses) VALUES ('OFFICER', 'leaves', '[{"channel": "fax", "to": "1"}]') RETURNING recipient_id
                """);
        assertThat(boss.get("/recipients/" + id).body()).contains("fax (未配置)", "确认停用");
        assertThat(boss.post("/recipients/" + id, form("name=stays")).statusCode())
                .isEqualTo(303);
        assertThat(boss.get("/recipients?q=stays").body()).contains("duty-robot");
        assertThat(boss.post("/recipients/" + id + "/retire", Map.of()).statusCode())
                .isEqualTo(303);
        assertThat(boss.post("/recipients/" + id + "/retire", Map.of()).statusCode())
                .isEqualTo(409);
        assertThat(boss.get("/recipients?q=stays").body()).contains("没有符合条件的记录");
        assertThat(boss.get("/recipients?q=stays&state=retired").body()).contains("已停用");
        assertThat(boss.get("/recipients/" + id).body()).doesNotContain("确认停用", ">保存<");
    }

    @Test
    void recipientOfAProgram_namesItsWrongFields() {
        HttpResponse<String> answer = boss.send(boss.request("/api/v1/recipients", "X-CSRF-Token", boss.csrf())
                .header("Content-Type", "application/json")
                .POST(java.net.http.HttpRequest.BodyPublishers.ofString(
                        "{\"duty\":\"OFFICER\",\"name\":\"x\",\"addresses\":[{\"channel\":\"mail\",\"to\":\"\"}]}")));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("\"field\":\"addresses[0].to\"");
    }

    @Test
    void channels_sayHowTheyDo() {
        assertThat(boss.get("/channels").body())
                .contains("钉钉机器人", "对方限流，暂停至 2026-03-01 08:05:00", "HTTP 500 of the gateway", "稍后重试 1", "已交付 1");
        assertThat(near.get("/channels").body()).contains("钉钉机器人").doesNotContain("<form class=\"test\"");
    }

    @Test
    void test_leadsToItsNotice_orSaysWhatIsWrong() {
        HttpResponse<String> sent = boss.post("/channels", Map.of("channel", "mail", "to", "a@b.example"));
        String location = sent.headers().firstValue("location").orElseThrow();
        assertThat(boss.get(location).body()).contains("通道试发", "a@b.example", "试发通知已排队");
        HttpResponse<String> wrong = boss.post("/channels", Map.of("channel", "sms", "to", "x"));
        assertThat(wrong.statusCode()).isEqualTo(422);
        assertThat(wrong.body()).contains("id=\"to-sms-problem\"", "is no address of sms", "value=\"x\"");
        assertThat(boss.post("/channels", Map.of("channel", "fax")).body()).contains("is none of this site");
        house.database()
                .execute("DELETE FROM delivery WHERE delivery_id = '"
                        + location.replaceFirst("/notices/", "").replaceFirst("\\?.*", "") + "'");
    }

    @Test
    void siteWithoutChannels_saysHowToSetThemUp() {
        List<io.tean.core.notice.NoticeDecisions.Channel> before = OUTBOX.channels();
        OUTBOX.channels(List.of());
        try {
            assertThat(boss.get("/channels").body()).contains("TEAN_ALERTING_CHANNELS");
            assertThat(boss.get("/recipients/new").body()).contains("本站尚未配置通道");
        } finally {
            OUTBOX.channels(before);
        }
    }

    @Test
    void noticeThatHasNobodyToGoTo_isNotSentAgain() {
        String id = fresh("dead");
        house.database().execute("UPDATE delivery SET addresses = '[]' WHERE delivery_id = '" + id + "'");
        HttpResponse<String> answer = boss.post("/notices/" + id + "/retry", Map.of());
        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("has nobody to go to", "再次发送");
        house.database().execute("DELETE FROM delivery WHERE delivery_id = '" + id + "'");
    }

    private static String fresh(String state) {
        return house.database().text("""
                INSERT INTO delivery (delivery_id, recipient_name, addresses, severity_rank, state, reason, ended_at, deadline_at, queued_at)
                VALUES (gen_random_uuid(), 'somebody', '[{"channel": "none", "to": ""}]', 3, '%s', 'why', now(), now(), now() - interval '30 days')
                RETURNING delivery_id
                """.formatted(state));
    }

    private static HttpResponse<String> add(String fields) {
        return boss.post("/recipients/new", form(fields));
    }

    /** A form that is right, with these fields in place of its own. */
    private static Map<String, String> form(String fields) {
        Map<String, String> form =
                new HashMap<>(Map.of("duty", "OFFICER", "name", "Li", "language", "zh", "digest", "DAY"));
        Arrays.stream(fields.split("&", -1))
                .map(field -> field.split("=", -1))
                .forEach(pair -> form.put(pair[0], pair[1]));
        if (fields.lines().noneMatch(line -> line.contains("channel-") || line.contains("to-"))) {
            form.put("channel-1", "duty-robot");
        }
        return form;
    }

    /** The numbers of the notices in the order in which an answer has them. */
    private static String shown(String body) {
        return SHOWN.matcher(body).results().map(found -> found.group(1)).collect(Collectors.joining(" "));
    }
}
