package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AccountsIT {
    private static final String FIRM = "913708000000000001";
    private static final Pattern SECRET = Pattern.compile("<code id=\"secret\"[^>]*>([^<]+)</code>");

    private static OpenHouse house;
    private static Person administrator;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        administrator = house.login("chief", Role.ADMINISTRATOR, "", "");
        house.addOrganisation(FIRM, "MAINTENANCE_FIRM", "济宁电梯维保有限公司", "370800");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void accounts_areForAdministratorsOnly() {
        Person inspector = house.login("curious", Role.INSPECTOR, "", "");
        assertThat(inspector.get("/accounts").statusCode()).isEqualTo(403);
        assertThat(inspector.get("/accounts.csv").statusCode()).isEqualTo(403);
        assertThat(inspector.post("/accounts/chief/disable", Map.of()).statusCode())
                .isEqualTo(403);
        assertThat(inspector
                        .post("/accounts/new", form("sneak", "administrator", ""))
                        .statusCode())
                .isEqualTo(403);
        assertThat(house.ledger().find("sneak")).isEmpty();
    }

    @Test
    void unknownAccount_isNotFound_whateverItsName() {
        assertThat(administrator.get("/accounts/nobody").statusCode()).isEqualTo(404);
        assertThat(administrator.get("/accounts/%00").statusCode()).isIn(400, 404);
        assertThat(administrator.post("/accounts/nobody/disable", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(administrator.post("/accounts/nobody/reset", Map.of()).statusCode())
                .isEqualTo(404);
    }

    @Test
    void newAccount_showsItsOneTimePasswordOnce_andItOpensTheDoor() {
        HttpResponse<String> answer = administrator.post("/accounts/new", form("newcomer", "inspector", ""));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        String password = secret(answer);
        assertThat(administrator.get("/accounts/newcomer").body())
                .contains("一次性密码")
                .doesNotContain(password);
        assertThat(house.stranger().login("newcomer", password).statusCode()).isEqualTo(303);
    }

    @Test
    void oneTimePassword_standsInNoLog_andInNoAuditEntry() throws IOException {
        String added = secret(administrator.post("/accounts/new", form("secretive", "inspector", "")));
        String reset = secret(administrator.post("/accounts/secretive/reset", Map.of()));
        assertThat(house.database().text("SELECT string_agg(e::text, '') FROM audit_entry e"))
                .contains("secretive")
                .doesNotContain(added)
                .doesNotContain(reset);
        assertThat(Files.readString(Path.of("target/test.log")))
                .doesNotContain(added)
                .doesNotContain(reset);
    }

    @Test
    void wrongFields_areNamedAllAtOnce_andWhatWasTypedStays() {
        Map<String, String> form = form("Wrong Name", "firm", "");
        form.put(AccountDraft.DISPLAY_NAME, "<b>张三</b>");
        HttpResponse<String> answer = administrator.post("/accounts/new", form);
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("value=\"Wrong Name\"", "&lt;b>张三&lt;/b>")
                .contains("<option value=\"firm\" selected>")
                .contains("<a href=\"#name\">", "<a href=\"#organisation\">")
                .contains("id=\"name-problem\"", "id=\"organisation-problem\"")
                .containsPattern("id=\"name\"[^>]* autofocus")
                .doesNotContain("<b>");
        assertThat(answer.body().split(" autofocus", -1)).hasSize(2);
    }

    @Test
    void takenName_isSaidAtItsField() {
        house.addAccount("taken", Role.INSPECTOR, "", "");
        HttpResponse<String> answer = administrator.post("/accounts/new", form("taken", "inspector", ""));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("该账号已存在");
    }

    @Test
    void hostileText_isAProblemOfItsField_andNoError() {
        Map<String, String> form = form("hostile", "firm", "91370800000000\0\0\0\0");
        assertThat(administrator.post("/accounts/new", form).statusCode()).isEqualTo(422);
        assertThat(administrator.get("/accounts?q=%00").statusCode()).isEqualTo(400);
        assertThat(administrator.get("/accounts?q=%27%3B--%25_").statusCode()).isEqualTo(200);
        assertThat(house.stranger()
                        .post("/login", Map.of("name", "a\0b", "password", "x"))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void fields_thatTheFormDoesNotHave_changeNothing() {
        house.addAccount("modest", Role.INSPECTOR, "", "");
        Map<String, String> form = form("chief", "inspector", "");
        form.put("password_hash", "x");
        form.put("rights_revision", "7");
        administrator.post("/accounts/modest", form);
        assertThat(house.ledger().find("modest").orElseThrow().displayName()).isEqualTo("Somebody");
        assertThat(house.ledger().find("chief").orElseThrow().displayName()).isNotEqualTo("Somebody");
    }

    @Test
    void otherRole_endsTheOpenSessionAtOnce() {
        Person person = house.login("riser", Role.DISPATCHER, "", "");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
        HttpResponse<String> answer = administrator.post("/accounts/riser", form("", "firm", FIRM));
        assertThat(location(answer)).isEqualTo("/accounts/riser?done=account-changed");
        assertThat(person.get("/status").statusCode()).isEqualTo(303);
        assertThat(administrator.get("/accounts/riser").body()).contains("济宁电梯维保有限公司");
    }

    @Test
    void disabling_endsTheOpenSessionAtOnce_andEnablingLetsTheAccountInAgain() {
        Person person = house.login("pauser", Role.DISPATCHER, "", "");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
        assertThat(location(administrator.post("/accounts/pauser/disable", Map.of())))
                .isEqualTo("/accounts/pauser?done=account-disabled");
        assertThat(person.get("/status").statusCode()).isEqualTo(303);
        assertThat(administrator.get("/accounts/pauser").body()).contains("已停用", "恢复启用");
        administrator.post("/accounts/pauser/enable", Map.of());
        assertThat(house.stranger().login("pauser", OpenHouse.PASSWORD).statusCode())
                .isEqualTo(303);
    }

    @Test
    void reset_endsTheOpenSessionAtOnce_andThePasswordOpensNothingMore() {
        Person person = house.login("forgetter", Role.DISPATCHER, "", "");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
        secret(administrator.post("/accounts/forgetter/reset", Map.of()));
        assertThat(person.get("/status").statusCode()).isEqualTo(303);
        assertThat(house.stranger()
                        .post("/login", Map.of("name", "forgetter", "password", OpenHouse.PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void ownReset_isSentToThePasswordPage() {
        assertThat(location(administrator.post("/accounts/chief/reset", Map.of())))
                .isEqualTo("/password");
        assertThat(administrator.get("/accounts/chief").body()).doesNotContain("action=\"/accounts/chief/reset\"");
    }

    @Test
    void lastAdministrator_isNeitherDisabledNorDemoted_andThePageSaysSo() {
        try (OpenHouse alone = OpenHouse.open()) {
            Person last = alone.login("only", Role.ADMINISTRATOR, "", "");
            assertThat(last.get("/accounts/only").body())
                    .contains("最后一个可用的系统管理员")
                    .doesNotContain("action=\"/accounts/only/disable\"");
            HttpResponse<String> disabled = last.post("/accounts/only/disable", Map.of());
            assertThat(disabled.statusCode()).isEqualTo(409);
            assertThat(disabled.body()).contains("role=\"alert\">这是最后一个可用的系统管理员");
            assertThat(last.post("/accounts/only", form("", "inspector", "")).statusCode())
                    .isEqualTo(422);
            // One who could not log in any more is no help.
            alone.addAccount("late", Role.ADMINISTRATOR, "", "");
            alone.ledger().reset("late", Actor.command());
            alone.database().execute("UPDATE account SET one_time_until = clock_timestamp() WHERE name = 'late'");
            assertThat(last.post("/accounts/only/disable", Map.of()).statusCode())
                    .isEqualTo(409);
            alone.addAccount("second", Role.ADMINISTRATOR, "", "");
            assertThat(last.post("/accounts/only/disable", Map.of()).statusCode())
                    .isEqualTo(303);
            assertThat(location(last.get("/accounts"))).startsWith("/login");
        }
    }

    @Test
    void list_isFilteredAndSorted_byTheDatabase() {
        house.addAccount("zz-first", Role.READ_ONLY, "", "");
        house.addAccount("zz-second", Role.READ_ONLY, "", "370811");
        house.ledger().disable("zz-second", Actor.command());
        assertThat(names("/accounts?q=ZZ-")).containsExactly("zz-first", "zz-second");
        assertThat(names("/accounts?q=zz-&sort=-name")).containsExactly("zz-second", "zz-first");
        assertThat(names("/accounts?q=zz-&sort=added&size=1&page=2")).containsExactly("zz-second");
        assertThat(names("/accounts?q=zz-&state=disabled")).containsExactly("zz-second");
        assertThat(names("/accounts?q=zz-&role=read-only&state=active")).containsExactly("zz-first");
        assertThat(names("/accounts?q=zz-&role=inspector")).isEmpty();
        assertThat(names("/accounts?role=administrator&sort=-last-used").getFirst())
                .isEqualTo("chief");
    }

    @Test
    void accountsOfAnOrganisation_areFoundByItsNameAndItsCode() {
        house.addAccount("of-firm", Role.FIRM, FIRM, "");
        assertThat(names("/accounts?q=%E7%BB%B4%E4%BF%9D")).contains("of-firm");
        assertThat(names("/accounts?q=" + FIRM)).contains("of-firm");
    }

    @Test
    void filterThatCannotBeUsed_isRefused() {
        assertThat(administrator.get("/accounts?role=king").statusCode()).isEqualTo(400);
        assertThat(administrator.get("/accounts?state=x").statusCode()).isEqualTo(400);
        assertThat(administrator.get("/accounts?sort=password_hash").statusCode())
                .isEqualTo(400);
    }

    @Test
    void export_holdsWhatTheListShows_andNoFormula() {
        Map<String, String> form = form("formula", "read-only", "");
        form.put(AccountDraft.DISPLAY_NAME, "=HYPERLINK(1)");
        administrator.post("/accounts/new", form);
        HttpResponse<String> file = administrator.get("/accounts.csv?q=formula");
        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body().lines()).hasSize(2).last().asString().startsWith("formula,'=HYPERLINK(1),只读,");
    }

    @Test
    void page_listsTokensAndLatestEntries() {
        Person owner = house.login("owner", Role.INSPECTOR, "", "");
        owner.post("/tokens", Map.of("name", "collector", "scope", "status:read", "days", "30"));
        String page = administrator.get("/accounts/owner").body();
        assertThat(page).contains("collector", "新建", "登录", "href=\"/audit?q=owner\"");
        int token = (int)
                house.database()
                        .number(
                                "SELECT token_id FROM api_token t JOIN account USING (account_id) WHERE account.name = 'owner'");
        assertThat(administrator
                        .post("/accounts/chief/tokens/" + token + "/revoke", Map.of())
                        .statusCode())
                .as("of another account")
                .isEqualTo(404);
        assertThat(administrator
                        .post("/accounts/owner/tokens/" + token + "/revoke", Map.of())
                        .statusCode())
                .isEqualTo(303);
        assertThat(administrator.get("/accounts/owner").body()).contains("已吊销");
    }

    private static List<String> names(String path) {
        return Pattern.compile("<a href=\"/accounts/([^\"]+)\">\\1</a>")
                .matcher(administrator.get(path).body())
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static Map<String, String> form(String name, String role, String organisation) {
        Map<String, String> form = new HashMap<>();
        form.put(AccountDraft.NAME, name);
        form.put(AccountDraft.DISPLAY_NAME, "Somebody");
        form.put(AccountDraft.ROLE, role);
        form.put(AccountDraft.ORGANISATION, organisation);
        form.put(AccountDraft.DIVISION, "");
        return form;
    }

    private static String secret(HttpResponse<String> answer) {
        Matcher secret = SECRET.matcher(answer.body());
        assertThat(secret.find()).as("status %s", answer.statusCode()).isTrue();
        return secret.group(1);
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("location").orElse("status " + answer.statusCode());
    }
}
