package io.tean.dashboards.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.AlarmedCity;
import io.tean.dashboards.HandMadeBooks;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueIT {
    private static OpenHouse house;
    private static Person boss;
    private static Person elsewhere;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        AlarmedCity.moveInto(house);
        house.database().execute("""
                INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, last_success, last_failure,
                    consecutive_failures, version)
                VALUES ('tean-a-sweep', 'recurring', now() + interval '1 hour', FALSE, now(), NULL, 0, 1),
                       ('tean-late', 'recurring', now() - interval '5 minutes', FALSE, now() - interval '1 hour', NULL, NULL, 1),
                       ('tean-runs', 'recurring', now() - interval '5 minutes', TRUE, now() - interval '1 hour', NULL, 0, 1),
                       ('tean-zzz-fails', 'recurring', now() + interval '1 minute', FALSE, NULL, now(), 3, 1)
                """);
        boss = house.login("boss", Role.ADMINISTRATOR, "", "");
        elsewhere = house.login("elsewhere", Role.INSPECTOR, "", "320506");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @CsvSource({
        "'', elevator-entrapment certificate-expiring rule-blind",
        "sort=rule, certificate-expiring elevator-entrapment rule-blind",
        "sort=-rule, rule-blind elevator-entrapment certificate-expiring",
        "q=困人, elevator-entrapment",
        "q=REMIND, certificate-expiring",
        "q=24476, elevator-entrapment",
        "q=%25, ''",
        "size=1&page=2, certificate-expiring"
    })
    void rules_areNarrowed_andSorted(String query, String rules) {
        assertThat(all(boss.get("/api/v1/rules?" + query).body(), "\"rule\":\"([^\"]+)\""))
                .isEqualTo(rules);
    }

    @Test
    void openAlerts_areThoseOfTheScope() {
        assertThat(boss.get("/api/v1/rules/" + HandMadeBooks.RULE).body()).contains("\"open_alerts\":1");
        assertThat(elsewhere.get("/api/v1/rules/" + HandMadeBooks.RULE).body()).contains("\"open_alerts\":0");
    }

    @Test
    void rule_saysAllThatItGoesBy() {
        String page = boss.get("/rules/" + HandMadeBooks.RULE).body();
        assertThat(page)
                .contains("电梯困人", "立即安抚乘客", "GB/T 24476-2017", "elevator-entrapment.yaml", "已核对原文", "须由人员关闭")
                .contains(
                        "code == 11 &amp;&amp; !cleared",
                        "service_mode == 'inspection_operation'",
                        "30 秒",
                        "an event says so",
                        "不应告警")
                .contains("/alerts?rule=" + HandMadeBooks.RULE);
        assertThat(boss.get("/rules/certificate-expiring").body()).contains("定时查询，间隔 1 小时", "WHERE 1 &lt; 2");
        assertThat(boss.get("/rules/rule-blind").body()).contains("由系统自身判断").doesNotContain("定时查询");
        assertThat(boss.get("/rules/no-such-rule").statusCode()).isEqualTo(404);
    }

    @Test
    void regulations_sayWhichVersionIsInForce() {
        String body = boss.get("/api/v1/regulations?sort=-from").body();
        assertThat(all(body, "\"version\":(\\d)")).isEqualTo("2 1");
        assertThat(all(body, "\"in_force\":(\\w+)")).isEqualTo("true false");
        assertThat(all(boss.get("/api/v1/regulations?q=16").body(), "\"version\":(\\d)"))
                .isEqualTo("2");
        assertThat(boss.get("/regulations").body())
                .contains("半月维保", "16 日内", "TSG T5002-2017 第六条", "2017-08-01 – 2025-12-31", "当前未施行");
    }

    @Test
    void exports_haveAllRows_inTheOrderOfTheList() {
        String rules = boss.get("/rules.csv?sort=rule&size=1").body();
        assertThat(rules.indexOf("certificate-expiring")).isBetween(1, rules.indexOf("elevator-entrapment"));
        assertThat(boss.get("/regulations.csv?q=16").body()).contains("16 日内").doesNotContain("15 日内");
        assertThat(boss.get("/regulations.xlsx").statusCode()).isEqualTo(200);
    }

    @Test
    void jobs_thatFailComeFirst() {
        String body = boss.get("/api/v1/jobs").body();
        assertThat(all(body, "\"job\":\"([^\"]+)\"")).isEqualTo("tean-zzz-fails tean-a-sweep tean-late tean-runs");
        assertThat(all(body, "\"standing\":\"(\\w+)\"")).isEqualTo("FAILING WELL LATE RUNNING");
        assertThat(boss.get("/jobs").body()).contains("连续失败 3 次", "迟到", "运行中");
    }

    @Test
    void organisations_doNotFindThem() {
        Person firm = house.login("firm", Role.FIRM, AlarmedCity.FIRM, "");
        for (String path : List.of("/rules", "/rules/" + HandMadeBooks.RULE, "/regulations", "/jobs")) {
            assertThat(firm.get(path).statusCode()).as(path).isIn(403, 404);
        }
    }

    private static String all(String body, String pattern) {
        return Pattern.compile(pattern)
                .matcher(body)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.joining(" "));
    }
}
