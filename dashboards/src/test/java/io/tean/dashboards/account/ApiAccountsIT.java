package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.account.ApiTokens.Added;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ApiAccountsIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String FIRM = "913708000000000001";

    private static OpenHouse house;
    private static String word;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.addOrganisation(FIRM, "MAINTENANCE_FIRM", "济宁电梯维保有限公司", "370800");
        word = token("chief", Role.ADMINISTRATOR, "", "accounts:read", "accounts:change");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void program_learnsWhomItActsFor() {
        JsonNode me = json(get("/api/v1/me", word), 200);
        assertThat(me.at("/account").asString()).isEqualTo("chief");
        assertThat(me.at("/role").asString()).isEqualTo("administrator");
        assertThat(me.at("/scope/kind").asString()).isEqualTo("city");
        assertThat(me.at("/token/name").asString()).isEqualTo("program");
        assertThat(me.at("/token/scopes/1").asString()).isEqualTo("accounts:read");
        String firm = token("of-firm", Role.FIRM, FIRM, "devices:read");
        assertThat(json(get("/api/v1/me", firm), 200)
                        .at("/scope/organisation/credit_code")
                        .asString())
                .isEqualTo(FIRM);
    }

    @Test
    void person_learnsTheSame_withoutAToken() {
        JsonNode me = json(house.login("someone", Role.DISPATCHER, "", "370811").get("/api/v1/me"), 200);
        assertThat(me.at("/scope/division").asString()).isEqualTo("370811");
        assertThat(me.at("/token").isNull()).isTrue();
    }

    @Test
    void addedAccount_isAnsweredWithItsOneTimePassword_once() {
        HttpResponse<String> answer = post("/api/v1/accounts", """
                {"name": "by-program", "display_name": "张三", "role": "firm", "organisation": "%s"}""".formatted(FIRM));
        JsonNode added = json(answer, 201);
        assertThat(answer.headers().firstValue("location")).contains("/api/v1/accounts/by-program");
        assertThat(added.at("/state").asString()).isEqualTo("one-time");
        String password = added.at("/one_time_password").asString();
        assertThat(house.stranger().login("by-program", password).statusCode()).isEqualTo(303);
        HttpResponse<String> again = get("/api/v1/accounts/by-program", word);
        assertThat(again.body()).doesNotContain(password, "password");
        JsonNode account = json(again, 200);
        assertThat(account.at("/organisation/name").asString()).isEqualTo("济宁电梯维保有限公司");
        assertThat(Instant.parse(account.at("/added_at").asString())).isBefore(Instant.now());
        assertThat(house.database().text("SELECT actor FROM audit_entry WHERE subject = 'by-program' LIMIT 1"))
                .isEqualTo("chief/program");
    }

    @Test
    void wrongFields_areNamedAsInTheBody() {
        JsonNode problem = json(post("/api/v1/accounts", "{\"name\": \"X\", \"role\": \"king\"}"), 422);
        assertThat(problem.at("/type").asString()).isEqualTo("urn:tean:problem:wrong-fields");
        assertThat(problem.at("/errors").findValuesAsString("field")).containsExactly("display_name", "name", "role");
    }

    @Test
    void fieldsThatNobodyAsksFor_areRefusedByName() {
        JsonNode problem = json(post("/api/v1/accounts", """
                {"name": "pusher", "display_name": "P", "role": "inspector", "account_id": 1, "password_hash": "x"}"""), 400);
        assertThat(problem.at("/errors").findValuesAsString("field")).containsExactly("account_id", "password_hash");
        assertThat(house.ledger().find("pusher")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | {} | 415",
                "application/x-www-form-urlencoded | name=x | 415",
                "application/json | | 400",
                "application/json | [] | 400",
                "application/json | {\"name\": \"x\", \"name\": \"y\"} | 400",
                "application/json | {\"name\": \"x\"} {} | 400",
                "application/json | {\"name\": {}} | 422",
                "application/json; charset=utf-8 | {\"name\": \"x\\u0000y\"} | 422",
            })
    void bodyThatCannotBeRead_isRefused(String type, String body, int status) {
        HttpResponse<String> answer = send("/api/v1/accounts", type, body == null ? "" : body);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
    }

    @Test
    void deepAndLongBodies_areRefused() {
        assertThat(post("/api/v1/accounts", "{\"name\":" + "[".repeat(5000) + "]".repeat(5000) + "}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post("/api/v1/accounts", "{\"name\":\"" + "x".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void disabledAccount_losesItsOpenSessionAtOnce_andComesBack() {
        Person person = house.login("pauser", Role.DISPATCHER, "", "");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
        JsonNode disabled = json(post("/api/v1/accounts/pauser/disable", "{}"), 200);
        assertThat(disabled.at("/state").asString()).isEqualTo("disabled");
        assertThat(Instant.parse(disabled.at("/disabled_at").asString())).isBefore(Instant.now());
        assertThat(person.get("/status").statusCode()).isEqualTo(303);
        assertThat(json(withoutBody("/api/v1/accounts/pauser/enable"), 200)
                        .at("/state")
                        .asString())
                .isEqualTo("active");
        assertThat(post("/api/v1/accounts/pauser/disable", "{\"reason\": \"x\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void lastAdministrator_isAConflict() {
        JsonNode problem = json(post("/api/v1/accounts/chief/disable", "{}"), 409);
        assertThat(problem.at("/detail").asString()).contains("last administrator");
    }

    @Test
    void list_pagesAndFilters() {
        house.addAccount("zz-one", Role.READ_ONLY, "", "");
        house.addAccount("zz-two", Role.READ_ONLY, "", "");
        JsonNode page = json(get("/api/v1/accounts?q=zz-&size=1&sort=-name", word), 200);
        assertThat(page.at("/total").asInt()).isEqualTo(2);
        assertThat(page.at("/items").size()).isEqualTo(1);
        assertThat(page.at("/items/0/name").asString()).isEqualTo("zz-two");
        assertThat(get("/api/v1/accounts?role=king", word).statusCode()).isEqualTo(400);
    }

    @Test
    void unknownAccount_isNotFound() {
        assertThat(get("/api/v1/accounts/nobody", word).statusCode()).isEqualTo(404);
        assertThat(post("/api/v1/accounts/nobody/disable", "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void tokenWithoutTheScope_changesNothing() {
        String reader = token("reader", Role.ADMINISTRATOR, "", "accounts:read");
        assertThat(send("/api/v1/accounts/chief/disable", "application/json", "{}", reader)
                        .statusCode())
                .isEqualTo(403);
        house.ledger().disable("reader", Actor.command());
    }

    @Test
    void sessionWithoutTheCsrfWord_changesNothing() {
        Person person = house.login("careless", Role.ADMINISTRATOR, "", "");
        HttpResponse<String> answer = person.send(person.request("/api/v1/accounts/of-firm/disable")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
        assertThat(answer.statusCode()).isEqualTo(403);
        house.ledger().disable("careless", Actor.command());
    }

    private static String token(String account, Role role, String organisation, String... scopes) {
        house.addAccount(account, role, organisation, "");
        Account added = house.ledger().find(account).orElseThrow();
        Viewer viewer = new Viewer(
                added.id(),
                account,
                added.displayName(),
                added.role(),
                added.scope(),
                new Credential.Session("", false));
        return ((Added.Done) new ApiTokens(WebStore.over(house.pool()))
                        .add(viewer, new TokenDraft("program", Set.of(scopes), "30"), Actor.system("test")))
                .word();
    }

    private static HttpResponse<String> get(String path, String token) {
        return house.stranger().get(path, "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> post(String path, String body) {
        return send(path, "application/json", body);
    }

    private static HttpResponse<String> send(String path, String type, String body) {
        return send(path, type, body, word);
    }

    private static HttpResponse<String> send(String path, String type, String body, String token) {
        Person program = house.stranger();
        return program.send(program.request(path, "Authorization", "Bearer " + token, "Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static HttpResponse<String> withoutBody(String path) {
        Person program = house.stranger();
        return program.send(
                program.request(path, "Authorization", "Bearer " + word).POST(HttpRequest.BodyPublishers.noBody()));
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return JSON.readTree(answer.body());
    }
}
