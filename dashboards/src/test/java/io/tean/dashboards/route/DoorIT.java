package io.tean.dashboards.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.tean.core.health.HealthCheck.Health;
import io.tean.dashboards.Forms;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What everybody meets at the door, whoever he is. */
class DoorIT {
    private static OpenHouse house;
    private static Person officer;
    private static Person stranger;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        officer = house.login("officer", Role.INSPECTOR, "", "");
        stranger = house.stranger();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/login", "/status", "/devices", "/health/live", "/metrics", "/nowhere", "/api/v1/me"})
    void everyAnswer_isHardened(String path) {
        Map<String, List<String>> headers = officer.get(path).headers().map();
        assertThat(headers)
                .containsEntry("x-content-type-options", List.of("nosniff"))
                .containsEntry("x-frame-options", List.of("DENY"))
                .containsEntry("cache-control", List.of("no-store"));
        assertThat(headers.get("content-security-policy"))
                .singleElement()
                .asString()
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void noPage_holdsInlineScriptOrStyle() {
        for (String path : List.of("/status", "/devices", "/dead-letters", "/tokens", "/audit", "/password")) {
            assertThat(officer.get(path).body())
                    .as(path)
                    .doesNotContainPattern("<script(?![^>]* src=)")
                    .doesNotContainPattern("<[^>]+ (style|on[a-z]+)=");
        }
    }

    @Test
    void stylesAndScripts_areServedForEver_underTheirHash_andNothingElseIs() {
        List<String> paths = Pattern.compile("/static/[^\"]+")
                .matcher(officer.get("/status").body())
                .results()
                .map(MatchResult::group)
                .distinct()
                .toList();
        assertThat(paths).hasSize(4);
        for (String path : paths) {
            HttpResponse<String> answer = stranger.get(path);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("cache-control").orElseThrow())
                    .contains("immutable");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/static/..%2f..%2fpom.xml",
                "/static/%2e%2e%2f%2e%2e%2fetc/passwd",
                "/static/..%5c..%5cpom.xml",
                "/static/tean.css",
                "/static/%00",
                "/..%2f..%2fetc%2fpasswd",
                "/devices/..%2f..%2faccounts"
            })
    void pathOutOfThePlace_isNotFound(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\nHost: tean\r\nConnection: close\r\n\r\n");
        assertThat(answer).doesNotContain("root:", "<artifactId>");
        assertThat(answer).containsPattern("^HTTP/1.1 (303|400|404)");
    }

    @Test
    void refusal_isAPageInTheLanguageOfThePerson_andAProblemForAProgram() {
        HttpResponse<String> page = stranger.get("/nowhere", "Cookie", "tean-lang=en");
        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.body()).contains("<html lang=\"en\"", "There is no such page");
        HttpResponse<String> problem = stranger.get("/api/v1/nowhere");
        assertThat(problem.statusCode()).isEqualTo(404);
        assertThat(problem.headers().firstValue("content-type")).contains("application/problem+json");
        assertThat(problem.body()).contains("\"type\":\"urn:tean:problem:not-found\"", "\"status\":404");
    }

    @Test
    void wrongMethod_tooLarge_andUnreadable_areToldApart() {
        assertThat(officer.send(officer.request("/status").POST(BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(officer.send(officer.request("/login").POST(BodyPublishers.ofString("x".repeat(200_000))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(officer.get("/status", "X-Large", "x".repeat(100_000)).statusCode())
                .isEqualTo(431);
        assertThat(officer.get("/" + "x".repeat(10_000)).statusCode()).isEqualTo(414);
    }

    @Test
    void wrongMethod_namesTheRightOnes() {
        HttpResponse<String> answer = officer.send(officer.request("/status").POST(BodyPublishers.noBody()));
        assertThat(answer.headers().firstValue("allow")).hasValue("GET, HEAD");
        assertThat(officer.get("/logout").headers().firstValue("allow")).hasValue("POST");
    }

    @ParameterizedTest
    @CsvSource({
        "/password, application/json",
        "/password, multipart/form-data",
        "/imports/new, application/x-www-form-urlencoded",
        "/imports/new, text/csv",
        "/api/v1/equipment/ELV-1, application/x-www-form-urlencoded",
        "/api/v1/equipment/ELV-1, text/plain"
    })
    void changeOfAnotherType_isRefused(String path, String type) {
        HttpResponse<String> answer = officer.send(officer.request(path)
                .header("Content-Type", type)
                .header(Csrf.HEADER, officer.csrf())
                .POST(BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(415);
    }

    @Test
    void fileOfSomebodyWhoMayNotSendIt_isNotTaken() {
        assertThat(stranger.send(Forms.multipart(
                                stranger.request("/imports/new"), Map.of(), "a.csv", "x".repeat(300_000)))
                        .statusCode())
                .isEqualTo(401);
        Person viewer = house.login("a-viewer", Role.READ_ONLY, "", "");
        assertThat(viewer.send(Forms.multipart(viewer.request("/imports/new"), Map.of(), "a.csv", "x"))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void methodOverride_isIgnored() {
        HttpResponse<String> answer = officer.get("/logout", "X-HTTP-Method-Override", "POST");
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(officer.get("/status").statusCode()).isEqualTo(200);
    }

    @Test
    void headRequest_isAnswered_withoutABody() {
        HttpResponse<String> answer = officer.send(officer.request("/status").method("HEAD", BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void badPercentEncoding_isARequestThatCannotBeRead() throws IOException {
        assertThat(raw("GET /status?x=%ZZ HTTP/1.1\r\nHost: tean\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(officer.get("/status").statusCode()).isEqualTo(200);
    }

    @Test
    void smuggledRequest_isNeverAnsweredAsASecondOne() throws IOException {
        String answer = raw(lines("""
                POST /login HTTP/1.1
                Host: tean
                Content-Length: 4
                Transfer-Encoding: chunked
                Connection: close

                0

                GET /health/live HTTP/1.1
                Host: tean

                """));
        assertThat(answer).doesNotContain("alive");
        String twice = raw(lines("""
                POST /login HTTP/1.1
                Host: tean
                Content-Length: 0
                Content-Length: 44
                Connection: close

                GET /health/live HTTP/1.1
                Host: tean

                """));
        assertThat(twice).startsWith("HTTP/1.1 400").doesNotContain("alive");
    }

    private static String lines(String request) {
        return request.replace("\n", "\r\n");
    }

    @Test
    void readiness_isToldToEverybody_andItsReasonsToNeighboursOnly() {
        house.health(new Health("database", false, "refused by 10.1.2.3"));
        try {
            HttpResponse<String> neighbour = stranger.get("/health/ready");
            assertThat(neighbour.statusCode()).isEqualTo(503);
            assertThat(neighbour.body()).contains("refused by 10.1.2.3");
            HttpResponse<String> far = stranger.get("/health/ready", "X-Forwarded-For", "203.0.113.9");
            assertThat(far.statusCode()).isEqualTo(503);
            assertThat(far.body()).isEqualTo("{\"ready\":false}");
        } finally {
            house.health(new Health("database", true, "answers"));
        }
    }

    @Test
    void metrics_areForNeighbours_andForTokensWithTheirScope() {
        assertThat(stranger.get("/metrics").body()).isEqualTo("tean_ingest_received_total 7.0\n");
        assertThat(stranger.get("/metrics", "X-Forwarded-For", "203.0.113.9").statusCode())
                .isEqualTo(401);
    }

    @Test
    void databaseAway_isSaid_inBoundedTime_andKnownPeopleStillSeeTheStatus() {
        try (OpenHouse other = OpenHouse.open()) {
            Person person = other.login("officer", Role.INSPECTOR, "", "");
            assertThat(person.get("/status").statusCode()).isEqualTo(200);
            other.databaseAway(true);
            assertThat(person.get("/status").statusCode()).isEqualTo(200);
            assertThat(person.get("/devices").statusCode()).isEqualTo(503);
            assertThat(person.get("/devices").body()).contains("数据库没有应答").doesNotContain("Exception", "08001");
            assertThat(person.get("/api/v1/devices").body()).contains("urn:tean:problem:database-away");
            other.databaseAway(false);
            await().until(() -> person.get("/devices").statusCode() == 200);
        }
    }

    @Test
    void downloadThatFailsMidway_doesNotLookWhole() throws Exception {
        try (OpenHouse other = OpenHouse.open()) {
            other.database().execute("""
                    INSERT INTO equipment (code, category, name, division_code)
                    SELECT 'crane-' || n, 'crane', repeat('很长的名称', 40), '320505' FROM generate_series(1, 40000) n
                    """);
            Person person = other.login("officer", Role.INSPECTOR, "", "");
            HttpRequest request = person.request("/equipment.csv").build();
            HttpResponse<InputStream> answer = person.client().send(request, BodyHandlers.ofInputStream());
            assertThat(answer.statusCode()).isEqualTo(200);
            try (InputStream rest = answer.body()) {
                assertThat(new String(rest.readNBytes(20_000), StandardCharsets.UTF_8))
                        .contains("crane-");
                String reading = """
                        FROM pg_stat_activity
                        WHERE datname = current_database() AND state = 'idle in transaction' AND query LIKE '%FROM equipment e%'
                        """;
                await().until(() -> other.database().number("SELECT count(*) " + reading) == 1);
                assertThat(other.database().number("SELECT count(pg_terminate_backend(pid)) " + reading))
                        .isEqualTo(1);
                assertThatIOException().isThrownBy(rest::readAllBytes);
            }
            assertThat(person.get("/equipment?q=crane-1").statusCode()).isEqualTo(200);
        }
    }

    private static String raw(String request) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), house.address("/").getPort())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
