package io.tean.dashboards.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AuditPageIT {
    private static final String OURS = "91320500000000001X";
    private static final String THEIRS = "91320500000000002X";
    private static final String HOSTILE = "<script>alert('1')</script>\"';--%_\\";

    private static OpenHouse house;
    private static Person boss;
    private static Person firm;
    private static Person division;
    private static long ourEntry;
    private static long theirEntry;
    private static long hostileEntry;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        int ours = house.addOrganisation(OURS, "MAINTENANCE_FIRM", "我方维保", "320508");
        int theirs = house.addOrganisation(THEIRS, "MAINTENANCE_FIRM", "他方维保", "320105");
        boss = house.login("boss", Role.ADMINISTRATOR, "", "");
        firm = house.login("ours", Role.FIRM, OURS, "");
        division = house.login("district", Role.INSPECTOR, "", "320500");
        write(
                "device-of-ours",
                "device.disable",
                "device",
                ours,
                Map.of("state", "enabled"),
                Map.of("state", "disabled"));
        ourEntry = last();
        write("device-of-theirs", "device.enable", "device", theirs, Map.of(), Map.of("secret-of", "theirs"));
        theirEntry = last();
        write(
                HOSTILE,
                HOSTILE,
                "hostile",
                ours,
                Map.of(HOSTILE, HOSTILE, "list", List.of("a", 1)),
                Map.of(HOSTILE, 1.50));
        hostileEntry = last();
        house.database()
                .execute("INSERT INTO audit_seal (seal_no, audit_id, hash) VALUES (1, %d, sha256('any'))"
                        .formatted(ourEntry));
        house.database().execute("""
                INSERT INTO audit_entry (at, actor_kind, actor, action, subject_kind, subject)
                VALUES ('2025-05-31 15:59:59.999+00', 'system', 'clock', 'alert.open', 'alert', 'before-june'),
                       ('2025-05-31 16:00:00+00', 'system', 'clock', 'alert.open', 'alert', 'first-of-june'),
                       ('2025-06-01 15:59:59.999+00', 'system', 'clock', 'alert.open', 'alert', 'end-of-first'),
                       ('2025-06-01 16:00:00+00', 'system', 'clock', 'alert.open', 'alert', 'second-of-june')
                """);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void firm_seesEntriesOfItsOwnOrganisationOnly() {
        for (String path :
                List.of("/audit", "/audit.csv", "/api/v1/audit", "/audit?sort=actor", "/api/v1/audit?size=200")) {
            assertThat(body(firm, path))
                    .as(path)
                    .contains("device-of-ours")
                    .doesNotContain("device-of-theirs", "secret-of", "boss");
            assertThat(body(boss, path)).as(path).contains("device-of-ours", "device-of-theirs");
        }
    }

    @Test
    void firm_findsNothingOfOthers_andLearnsNothingFromTheirNumber() {
        assertThat(body(firm, "/audit?q=device-of-theirs")).doesNotContain("device-of-theirs</");
        assertThat(body(firm, "/audit.csv?q=device-of-theirs").lines()).hasSize(1);
        assertThat(body(firm, "/api/v1/audit?q=device-of-theirs")).contains("\"items\":[]", "\"total\":0");
        assertThat(body(boss, "/api/v1/audit?q=device-of-theirs")).contains("\"total\":1");
    }

    @Test
    void foreignEntry_isNotToBeToldFromNone() {
        for (String path : List.of("/audit/", "/api/v1/audit/")) {
            assertThat(firm.get(path + ourEntry).statusCode()).isEqualTo(200);
            HttpResponse<String> foreign = firm.get(path + theirEntry);
            HttpResponse<String> none = firm.get(path + "999999999");
            assertThat(foreign.statusCode()).isEqualTo(404);
            assertThat(foreign.body().replace(path + theirEntry, "N"))
                    .isEqualTo(none.body().replace(path + "999999999", "N"));
            assertThat(boss.get(path + theirEntry).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void inspectorOfADivision_seesItsOrganisationsOnly() {
        assertThat(body(division, "/audit")).contains("device-of-ours").doesNotContain("device-of-theirs");
        assertThat(division.get("/audit/" + theirEntry).statusCode()).isEqualTo(404);
    }

    @Test
    void wordThatIsNoNumber_isNoEntry() {
        for (String id : List.of("0", "-1", "x", "1x", "%00", "99999999999999999999", "1%2F2")) {
            assertThat(boss.get("/audit/" + id).statusCode()).as(id).isEqualTo(404);
        }
    }

    @Test
    void filters_leaveOutWhatTheyName() {
        assertThat(body(boss, "/api/v1/audit?action=device.disable")).contains("device-of-ours", "\"total\":1");
        assertThat(body(boss, "/api/v1/audit?q=device-of-o")).contains("\"total\":1");
        assertThat(body(boss, "/api/v1/audit?q=clock")).contains("\"total\":4");
        assertThat(body(boss, "/api/v1/audit?q=lock")).contains("\"total\":0");
        assertThat(body(boss, "/api/v1/audit?q=clock&action=device.disable")).contains("\"total\":0");
        assertThat(body(boss, "/audit?q=lock")).contains("class=\"empty\"");
    }

    @Test
    void days_areDaysOfChina() {
        assertThat(body(boss, "/api/v1/audit?from=2025-06-01&to=2025-06-01"))
                .contains("first-of-june", "end-of-first", "\"total\":2");
        assertThat(body(boss, "/api/v1/audit?to=2025-05-31")).contains("before-june", "\"total\":1");
        assertThat(body(boss, "/audit?from=2025-06-02&to=2025-06-02"))
                .contains("second-of-june")
                .doesNotContain("end-of-first");
        assertThat(body(boss, "/audit.csv?from=2025-06-02&to=2025-06-02"))
                .contains("second-of-june")
                .doesNotContain("end-of-first");
    }

    @Test
    void badDays_andOtherBadWords_areRefused() {
        for (String query : List.of(
                "from=yesterday",
                "from=2025-02-30",
                "to=2025-6-1",
                "from=01.06.2025",
                "to=%2B999999-01-01",
                "from=2025-06-02&to=2025-06-01",
                "q=a%00b",
                "action=a%0Ab",
                "sort=subject",
                "q=" + "x".repeat(101))) {
            for (String path : List.of("/audit?", "/audit.csv?", "/api/v1/audit?")) {
                assertThat(boss.get(path + query).statusCode()).as(path + query).isEqualTo(400);
            }
        }
    }

    @Test
    void hostileText_isShownAsItIs_andRunsNowhere() {
        String escaped = "&lt;script&gt;";
        for (String path : List.of(
                "/audit",
                "/audit/" + hostileEntry,
                "/audit?q=" + encoded(HOSTILE),
                "/audit?action=" + encoded(HOSTILE))) {
            assertThat(body(boss, path)).as(path).contains(escaped).doesNotContain("<script>alert");
        }
        assertThat(body(boss, "/api/v1/audit?q=" + encoded(HOSTILE))).contains("\"total\":1");
        assertThat(body(boss, "/api/v1/audit?q=%25")).contains("\"total\":0");
    }

    @Test
    void formula_isNoneInTheExport() {
        write("=HYPERLINK(1)", "device.bind", "device", null, Map.of(), Map.of());
        assertThat(body(boss, "/audit.csv?q=%3DHYPER")).contains("'=HYPERLINK(1)");
    }

    @Test
    void export_hasAllPages_inTheOrderAskedFor() {
        assertThat(body(boss, "/audit.csv?q=clock&size=1&page=3").lines()).hasSize(5);
        assertThat(body(boss, "/audit.csv?q=clock&sort=time")
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow())
                .contains("before-june");
        assertThat(body(boss, "/audit.csv?q=clock&sort=-time")
                        .lines()
                        .skip(1)
                        .findFirst()
                        .orElseThrow())
                .contains("second-of-june");
    }

    @Test
    void entry_tellsWhatChanged_andItsSeal() {
        String page = body(boss, "/audit/" + ourEntry + "?lang=en");
        assertThat(page)
                .contains(
                        "Disable device",
                        "State",
                        "enabled",
                        "disabled",
                        "Seal number",
                        "href=\"/devices/device-of-ours\"");
        String waiting = body(boss, "/audit/" + hostileEntry + "?lang=en");
        assertThat(waiting).contains("waits for its seal", "a, 1", "1.5").doesNotContain("Seal number");
        assertThat(body(boss, "/api/v1/audit/" + ourEntry))
                .contains(
                        "\"before\":{\"state\":\"enabled\"}",
                        "\"after\":{\"state\":\"disabled\"}",
                        "\"number\":1",
                        "\"credit_code\":\"" + OURS);
    }

    @Test
    void accountsPage_isLinkedForWhoMayOpenItOnly() {
        assertThat(body(boss, "/audit?q=ours")).contains("href=\"/accounts/ours\"");
        assertThat(body(firm, "/audit?q=ours")).contains("ours").doesNotContain("href=\"/accounts/ours\"");
    }

    private static void write(
            String subject,
            String action,
            String kind,
            @Nullable Integer organisation,
            Map<String, ?> before,
            Map<String, ?> after) {
        try (Connection connection = house.pool().getConnection()) {
            AuditEntry entry =
                    AuditEntry.of(Actor.account("someone", "10.0.0.7"), action, kind, subject, before, after);
            AuditTrail.write(
                    connection, organisation == null ? entry : entry.withOrganisation(OptionalInt.of(organisation)));
            if (!connection.getAutoCommit()) {
                connection.commit();
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot write an entry", e);
        }
    }

    private static long last() {
        return house.database().number("SELECT max(audit_id) FROM audit_entry");
    }

    private static String body(Person person, String path) {
        HttpResponse<String> answer = person.get(path);
        assertThat(answer.statusCode()).as(path + " " + answer.body()).isEqualTo(200);
        return answer.body();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
