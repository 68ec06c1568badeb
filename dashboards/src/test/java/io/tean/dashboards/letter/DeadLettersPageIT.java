package io.tean.dashboards.letter;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.Fleet;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.RecordedDecisions;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Letters 1 to 5 are those of {@link Fleet}. */
class DeadLettersPageIT {
    private static final RecordedDecisions DECISIONS = new RecordedDecisions();
    private static final String SCRIPT = "</pre><script>window.__xss=1</script>";

    private static OpenHouse house;
    private static Fleet.People people;

    @BeforeAll
    static void open() {
        house = OpenHouse.open(DECISIONS);
        Fleet.moveInto(house);
        people = Fleet.people(house);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @BeforeEach
    void forget() {
        DECISIONS.answer(true);
        house.database().execute("DELETE FROM dead_letter WHERE dead_letter_id > 5");
    }

    @ParameterizedTest
    @CsvSource({"city, 1 2 3 4 5", "division, 1 5", "firm-a, 1 2 4 5", "firm-b, 3", "unit-u, 1 5"})
    void pageSearchExportAndApi_showTheLettersOfTheScopeOnly(String name, String expected) {
        Person person = people.named(name);
        List<String> mine = List.of(expected.split(" "));
        assertThat(ids(person, "state=all&sort=received")).containsExactlyElementsOf(mine);
        assertThat(ids(person, "state=all&sort=received&q=ELV")).containsExactlyElementsOf(mine);
        String page = ok(person, "/dead-letters?state=all&q=dev");
        List<String> rows =
                ok(person, "/dead-letters.csv?state=all").lines().skip(1).toList();
        assertThat(rows).hasSameSizeAs(mine);
        for (String id : List.of("1", "2", "3", "4", "5")) {
            boolean seen = mine.contains(id);
            assertThat(page.contains("href=\"/dead-letters/" + id + "\"")).isEqualTo(seen);
            assertThat(rows.stream().anyMatch(row -> row.startsWith(id + ","))).isEqualTo(seen);
            for (String path :
                    List.of("/dead-letters/" + id, "/dead-letters/" + id + "/payload", "/api/v1/dead-letters/" + id)) {
                assertThat(person.get(path).statusCode()).as(path).isEqualTo(seen ? 200 : 404);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dead-letters/%s", "/dead-letters/%s/payload", "/api/v1/dead-letters/%s"})
    void foreignLetter_isLikeOneThatIsNot(String path) {
        HttpResponse<String> foreign = people.firmA().get(path.formatted("3"));
        HttpResponse<String> unknown = people.firmA().get(path.formatted("77777"));
        assertThat(foreign.statusCode()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body().replace("77777", "3"));
        for (String none : List.of("0", "-1", "x", "1x", "99999999999999999999", "%00")) {
            assertThat(people.city().get(path.formatted(none)).statusCode())
                    .as(none)
                    .isEqualTo(404);
        }
    }

    @Test
    void letterPage_linksADeviceOnlyThatTheViewerMaySee() {
        house.database().execute("UPDATE dead_letter SET device_id = 'dev-b' WHERE dead_letter_id = 5");
        try {
            assertThat(ok(people.unitU(), "/dead-letters/5")).contains("dev-b").doesNotContain("/devices/dev-b");
            assertThat(ok(people.city(), "/dead-letters/5")).contains("/devices/dev-b");
        } finally {
            house.database().execute("UPDATE dead_letter SET device_id = 'dev-shared' WHERE dead_letter_id = 5");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 4 3 2 1",
        "state=open, 4 3 2 1",
        "state=kept, 4 2 1",
        "state=to-replay, 3",
        "state=replayed, 5",
        "state=discarded, ''",
        "state=all, 5 4 3 2 1",
        "sort=received, 1 2 3 4",
        "sort=-times, 1 4 3 2",
        "sort=device, 1 2 3 4",
        "sort=received&size=3&page=2, 4",
        "q=DEV-A, 2 1",
        "q=elv-2002, 4 3",
        "q=dev_a, ''",
        "q=%, ''",
        "device=dev-a, 2 1",
        "device=dev, ''",
        "reason=not-json, 4",
        "stream=elevator-status, 2 1",
        "stream=no-such-stream, 3"
    })
    void list_isSortedPagedSearchedAndFiltered(String query, String expected) {
        assertThat(ids(people.city(), query))
                .containsExactlyElementsOf(expected.isEmpty() ? List.of() : List.of(expected.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sort=payload",
                "size=1000",
                "page=-1",
                "state=lost",
                "reason=none",
                "q=%00",
                "stream=%07",
                "device=a%0Db"
            })
    void parameterThatCannotBeUsed_isRefused(String query) {
        assertThat(people.city().get("/dead-letters?" + query).statusCode()).isEqualTo(400);
        assertThat(people.city().get("/dead-letters.csv?" + query).statusCode()).isEqualTo(400);
        HttpResponse<String> problem = people.city().get("/api/v1/dead-letters?" + query);
        assertThat(problem.statusCode()).isEqualTo(400);
        assertThat(json(problem.body()).at("/errors/0/field").asString())
                .isEqualTo(query.substring(0, query.indexOf('=')));
    }

    @Test
    void letterPage_tellsAllOfIt() {
        assertThat(ok(people.city(), "/dead-letters/1?lang=en"))
                .contains("Out of range", "about it", "dev-a", "ELV-1001", "东方之门 1 号梯", "2026-01-01 08:00:00")
                .contains("Kept", "{\n  &#34;floor&#34;: 900\n}".replace("&#34;", "\""));
        assertThat(ok(people.city(), "/dead-letters?lang=zh&state=all"))
                .contains("超出量程", "电梯", "no-such-stream", "已重放");
    }

    @Test
    void api_tellsTheSameInSnakeCase() {
        JsonNode letter = json(ok(people.city(), "/api/v1/dead-letters/1"));
        assertThat(letter.propertyNames())
                .containsExactly(
                        "dead_letter_id",
                        "received_at",
                        "last_received",
                        "device_id",
                        "equipment_code",
                        "stream",
                        "reason",
                        "detail",
                        "times",
                        "state",
                        "state_since",
                        "payload_bytes",
                        "payload");
        assertThat(letter.at("/received_at").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(letter.at("/payload").asString()).isEqualTo("{\"floor\":900}");
        assertThat(letter.at("/times").asInt()).isEqualTo(3);
    }

    @Test
    void bytesThatAreNoText_areDumpedAndDownloadedAsTheyAre() throws Exception {
        byte[] bytes = new byte[256];
        IntStream.range(0, 256).forEach(i -> bytes[i] = (byte) i);
        long id = letter("\\x" + java.util.HexFormat.of().formatHex(bytes));
        assertThat(ok(people.city(), "/dead-letters/" + id)).contains("00000040  40 41 42 43 44 45 46 47");
        assertThat(json(ok(people.city(), "/api/v1/dead-letters/" + id))
                        .at("/payload_base64")
                        .asString())
                .isEqualTo(java.util.Base64.getEncoder().encodeToString(bytes));
        HttpResponse<byte[]> file = download(id);
        assertThat(file.body()).isEqualTo(bytes);
        assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("attachment; filename=\"tean-dead-letter-" + id + ".bin\"");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void hostilePayloadAndNames_areTextAndNothingElse() {
        long id = Fleet.letter(
                house.database(),
                SCRIPT,
                "=1+1",
                "\"onclick=alert(1) ",
                "not-json",
                "kept",
                SCRIPT + "\u202E\u0007",
                1);
        for (String path : List.of("/dead-letters", "/dead-letters/" + id)) {
            assertThat(ok(people.city(), path))
                    .contains("&lt;/pre&gt;&lt;script&gt;")
                    .doesNotContain("<script>")
                    .doesNotContain("\"\"onclick");
        }
        assertThat(ok(people.city(), "/dead-letters/" + id)).contains("⟨U+202E⟩⟨U+0007⟩");
        assertThat(ok(people.city(), "/dead-letters.csv")).contains(",'=1+1,");
        assertThat(ok(people.city(), "/dead-letters?stream=%22%3E%3Cscript%3E")).doesNotContain("\"><script>");
    }

    @Test
    void payloadOfAMebibyte_isShownInPartAndDownloadedWhole() throws Exception {
        long id = house.database().number("""
                INSERT INTO dead_letter (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload)
                VALUES (clock_timestamp(), clock_timestamp(), 'dev-a', 'ELV-1001', 's', 'not-json', '',
                        convert_to(repeat('é', 524288), 'UTF8')) RETURNING dead_letter_id""");
        String page = ok(people.city(), "/dead-letters/" + id);
        assertThat(page.codePoints().filter(c -> c == 'é').count()).isEqualTo(32768);
        assertThat(page).contains("只显示开头部分");
        assertThat(download(id).body()).hasSize(1048576);
    }

    @ParameterizedTest
    @CsvSource({"replay, letter-replayed", "discard, letter-discarded"})
    void decision_reachesThePortWithItsActor(String decision, String done) {
        HttpResponse<String> answer = people.city().post("/dead-letters/1/" + decision, Map.of());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location")).contains("/dead-letters/1?done=" + done);
        assertThat(DECISIONS.made()).containsExactly(decision + " 1 by ACCOUNT city from 127.0.0.1");
        assertThat(ok(people.city(), "/dead-letters/1?done=" + done)).contains("class=\"toast\"");
    }

    @Test
    void decisionThatCameTooLate_isAConflictThatNamesTheState() {
        DECISIONS.answer(false);
        HttpResponse<String> page = people.city().post("/dead-letters/5/discard", Map.of());
        assertThat(page.statusCode()).isEqualTo(409);
        assertThat(page.body()).contains("此死信当前状态为“已重放”", "hx-get=\"/dead-letters/5\"");
        assertThat(page.body()).doesNotContain("/dead-letters/5/discard");
        HttpResponse<String> problem = change(
                people.city(), "/api/v1/dead-letters/5/replay", people.city().csrf());
        assertThat(problem.statusCode()).isEqualTo(409);
        assertThat(json(problem.body()).at("/detail").asString()).startsWith("dead letter 5 is replayed");
    }

    @Test
    void decisionOfAProgram_isAnsweredWithTheLetter() {
        HttpResponse<String> answer = change(
                people.city(), "/api/v1/dead-letters/1/replay", people.city().csrf());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer.body()).at("/dead_letter_id").asInt()).isEqualTo(1);
        assertThat(DECISIONS.made()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/dead-letters/%s/replay",
                "/dead-letters/%s/discard",
                "/api/v1/dead-letters/%s/replay",
                "/api/v1/dead-letters/%s/discard"
            })
    void decision_isRefusedToOthersAndStrangersPagesAndForNothing(String path) {
        for (String name : List.of("division", "firm-a", "unit-u")) {
            Person person = people.named(name);
            assertThat(change(person, path.formatted("1"), person.csrf()).statusCode())
                    .as(name)
                    .isEqualTo(403);
        }
        assertThat(change(people.city(), path.formatted("1"), "wrong").statusCode())
                .isEqualTo(403);
        assertThat(change(people.city(), path.formatted("77777"), people.city().csrf())
                        .statusCode())
                .isEqualTo(404);
        assertThat(DECISIONS.made()).isEmpty();
    }

    @Test
    void buttons_areForAdministratorsWhileTheStateAllows() {
        assertThat(ok(people.city(), "/dead-letters/1")).contains("/dead-letters/1/replay", "/dead-letters/1/discard");
        assertThat(ok(people.city(), "/dead-letters/3"))
                .contains("/dead-letters/3/discard")
                .doesNotContain("/dead-letters/3/replay");
        assertThat(ok(people.city(), "/dead-letters/5")).doesNotContain("/discard", "/replay");
        assertThat(ok(people.firmA(), "/dead-letters/1")).doesNotContain("/discard", "/replay");
    }

    private static long letter(String bytea) {
        return house.database().number("""
                INSERT INTO dead_letter (received_at, last_received, device_id, equipment_code, stream, reason, detail, payload)
                VALUES (clock_timestamp(), clock_timestamp(), 'dev-a', 'ELV-1001', 's', 'not-utf8', '', '%s')
                RETURNING dead_letter_id""".formatted(bytea));
    }

    private static HttpResponse<byte[]> download(long id) throws IOException, InterruptedException {
        return people.city()
                .client()
                .send(
                        people.city()
                                .request("/dead-letters/" + id + "/payload")
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray());
    }

    /** As a form and as a program that uses the browser's session do it. */
    private static HttpResponse<String> change(Person person, String path, String csrf) {
        HttpRequest.Builder request = person.request(path, "X-CSRF-Token", csrf);
        // A program sends no form.
        return person.send(
                path.startsWith("/api/")
                        ? request.POST(HttpRequest.BodyPublishers.noBody())
                        : request.header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("csrf=" + csrf)));
    }

    private static List<String> ids(Person person, String query) {
        List<String> ids = new ArrayList<>();
        String path = query.isEmpty() ? "" : "?" + Person.query(query);
        for (JsonNode item : json(ok(person, "/api/v1/dead-letters" + path)).at("/items")) {
            ids.add(item.at("/dead_letter_id").asString());
        }
        return ids;
    }

    private static JsonNode json(String body) {
        return new JsonMapper().readTree(body);
    }

    private static String ok(Person person, String path) {
        HttpResponse<String> answer = person.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        return answer.body();
    }
}
