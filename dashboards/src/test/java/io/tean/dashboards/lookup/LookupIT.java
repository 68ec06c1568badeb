package io.tean.dashboards.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a machine's label tells a stranger, and what it tells those in whose scope the machine lies. */
class LookupIT {
    /** Of what only some may see of ELV-1001. */
    private static final List<String> INSIDE = List.of("门系统故障", "欧阳修", "李师傅", "/equipment/ELV-1001");

    private static final List<String> PERSONS =
            List.of("欧阳修", "王安石", "李师傅", "张经理", "0512-1111111", "13900000000", "门系统故障", "door-fault");

    private static OpenHouse house;
    private static Fleet.People people;

    @BeforeAll
    static void open() {
        // Each test's strangers come from an address of their own: the brake counts by it.
        house = OpenHouse.open(
                Map.of("TEAN_PUBLIC_URL", "http://tean.test/", "TEAN_HTTP_TRUSTED_PROXIES", "127.0.0.1,::1"));
        LabelledCity.moveInto(house);
        people = Fleet.people(house);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private static HttpResponse<String> from(String address, String path) {
        return house.stranger().get(path, "X-Forwarded-For", address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/q/ELV-1001", "/q/elv-1001", "/q/512345", "/q/%E6%A2%AF11%E8%8B%8FE00001%EF%BC%8819%EF%BC%89"})
    void stranger_learnsWhatEverybodyMayKnow_andNothingElse(String path) {
        HttpResponse<String> answer = from("192.0.2.1", path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains(
                        "东方之门 1 号梯",
                        "苏州大道东 1 号",
                        "东方之门物业",
                        "梯11苏E00001(19)",
                        "2098-12-31",
                        "苏州市特种设备检验研究院",
                        "2026-02-03",
                        "在用，检验合格且在有效期内",
                        "姑苏电梯维保有限公司",
                        "tel:96333",
                        "512345",
                        "/login?next=%2Fq%2FELV-1001")
                .doesNotContain(PERSONS)
                .doesNotContain(LabelledCity.HOSTILE);
        assertThat(answer.headers().firstValue("x-robots-tag")).hasValue("noindex, nofollow");
        assertThat(answer.headers().firstValue("cache-control")).hasValue("no-store");
        assertThat(answer.headers().firstValue("referrer-policy")).hasValue("no-referrer");
        assertThat(answer.headers().firstValue("set-cookie")).isEmpty();
    }

    @Test
    void visit_countsByItsDayInChina_andASuspectOneDoesNot() {
        assertThat(from("192.0.2.1", "/q/ELV-1001").body())
                .contains("2026-03-02")
                .doesNotContain("2026-03-09");
    }

    @Test
    void overdueMachine_andOneOutOfUse_areSaidToBe() {
        assertThat(from("192.0.2.1", "/q/ELV-2002").body()).contains("检验已超期", "2021-06-30", "并报设备代码");
        assertThat(from("192.0.2.1", "/q/CRN-1").body()).contains("未在用，请勿使用", "停用");
        assertThat(from("192.0.2.1", "/q/CRN-2").body()).contains("没有检验有效期记录");
    }

    @Test
    void codeOfSeveralMachines_letsOneChoose() {
        assertThat(from("192.0.2.1", "/q/599999").body()).contains("href=\"/q/CRN-1\"", "href=\"/q/CRN-2\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"city", "division", "firm-a", "unit-u"})
    void viewerInWhoseScopeItLies_seesMore(String name) {
        String page = people.named(name).get("/q/512345").body();
        assertThat(page).contains("门系统故障", "李师傅", "/equipment/ELV-1001", "WB-2");
        // A use unit does not look into the firm's staff.
        assertThat(page.contains("欧阳修")).isEqualTo(!name.equals("unit-u"));
    }

    @Test
    void viewerOfElsewhere_seesWhatTheStrangerSees() {
        Person elsewhere = house.login("elsewhere", Role.INSPECTOR, "", "320506");
        assertThat(elsewhere.get("/q/ELV-1001").body()).contains("东方之门 1 号梯").doesNotContain(INSIDE);
        assertThat(elsewhere.get("/q/ELV-2002").body()).contains("门系统故障");
    }

    @Test
    void unknownCode_isSaidOnTheSamePage() {
        for (String path : List.of("/q/NO-SUCH", "/q/certificates/NO-SUCH", "/q/%00", "/q/" + "9".repeat(65))) {
            HttpResponse<String> answer = from("192.0.2.2", path);
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(answer.body()).contains("id=\"unknown\"", "action=\"/q\"");
            assertThat(answer.headers().firstValue("x-robots-tag")).isPresent();
        }
    }

    @Test
    void form_worksWithoutScripts() {
        assertThat(from("192.0.2.1", "/q?code=512345").headers().firstValue("location"))
                .hasValue("/q/512345");
        assertThat(from("192.0.2.1", "/q?certificate=T-1").headers().firstValue("location"))
                .hasValue("/q/certificates/T-1");
        assertThat(from("192.0.2.1", "/q?code=%20").statusCode()).isEqualTo(200);
    }

    @Test
    void certificate_isMaskedToStrangers_andFullWithinTheScope() {
        String masked = from("192.0.2.1", "/q/certificates/T-320500-01").body();
        assertThat(masked)
                .contains("证书有效", "欧*", "2089-12-31")
                .doesNotContain(PERSONS)
                .doesNotContain("姑苏");
        assertThat(from("192.0.2.1", "/q/certificates/T-320500-02").body()).contains("证书不在有效期内", "王*", "2023-12-31");
        assertThat(people.firmA().get("/q/certificates/T-320500-01").body()).contains("欧阳修", "姑苏电梯维保有限公司");
        assertThat(people.firmB().get("/q/certificates/T-320500-01").body())
                .contains("欧*")
                .doesNotContain("欧阳修");
    }

    @Test
    void stranger_whoTriesCodes_isBraked_andOthersAreNot() {
        List<Integer> answers = IntStream.range(0, 40)
                .mapToObj(i -> from("198.51.100.7", "/q/" + (700000 + i)).statusCode())
                .toList();
        assertThat(answers).startsWith(404, 404, 404).endsWith(429).containsOnly(404, 429);
        assertThat(from("198.51.100.7", "/q/ELV-1001").statusCode()).isEqualTo(429);
        assertThat(from("198.51.100.8", "/q/ELV-1001").statusCode()).isEqualTo(200);
        assertThat(people.city()
                        .get("/q/ELV-1001", "X-Forwarded-For", "198.51.100.7")
                        .statusCode())
                .isEqualTo(200);
        assertThat(house.meters()
                        .get("tean.web.lookup")
                        .tag("outcome", "braked")
                        .counter()
                        .count())
                .isPositive();
    }

    @Test
    void labels_areOfTheVeryList_withinTheScope() {
        assertThat(people.city().get("/equipment/labels").body())
                .contains("http://tean.test/q/ELV-1001", "http://tean.test/q/CRN-2", "96333", "512345");
        assertThat(people.city().get("/equipment/labels?category=crane").body())
                .contains("q/CRN-1")
                .doesNotContain("q/ELV");
        assertThat(people.unitU().get("/equipment/labels").body())
                .contains("q/ELV-1001")
                .doesNotContain("q/ELV-2002");
        assertThat(people.city().get("/equipment?category=crane").body())
                .contains("href=\"/equipment/labels?category=crane\"");
    }

    @Test
    void labelsThatWouldLeadNowhere_areNotPrinted() {
        try (OpenHouse other = OpenHouse.open()) {
            Fleet.moveInto(other);
            String page =
                    other.login(Role.ADMINISTRATOR).get("/equipment/labels").body();
            assertThat(page).contains("id=\"no-address\"", "TEAN_PUBLIC_URL").doesNotContain("<path", "ELV-1001");
        }
    }
}
