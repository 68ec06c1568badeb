package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TokensIT {
    private static final String FIRM = "913708000000000001";
    private static final Pattern SECRET = Pattern.compile("<code id=\"secret\"[^>]*>([^<]+)</code>");

    private static OpenHouse house;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        house.addOrganisation(FIRM, "MAINTENANCE_FIRM", "Firm", "370800");
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void token_isShownOnce_andOpensTheApi() throws IOException {
        Person person = house.login("maker", Role.INSPECTOR, "", "");
        HttpResponse<String> answer = person.post("/tokens", token("collector", "status:read"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("cache-control")).contains("no-store");
        String word = secret(answer);
        assertThat(person.get("/tokens").body()).contains("collector").doesNotContain(word);
        assertThat(ask(word)).isEqualTo(200);
        assertThat(person.get("/tokens").body()).doesNotContain("从未");
        assertThat(house.database().text("SELECT string_agg(e::text, '') FROM audit_entry e"))
                .contains("maker/collector")
                .doesNotContain(word);
        assertThat(Files.readString(Path.of("target/test.log"))).doesNotContain(word);
    }

    @Test
    void scopesOnThePage_areThoseThatTheAccountHasAUseFor() {
        Person firm = house.login("office", Role.FIRM, FIRM, "");
        assertThat(firm.get("/tokens").body())
                .contains("value=\"devices:read\"", "value=\"dead-letters:read\"", "value=\"audit:read\"")
                .doesNotContain("accounts:", "status:read", "metrics:read", "dead-letters:decide");
        Person chief = house.login("chief", Role.ADMINISTRATOR, "", "");
        assertThat(chief.get("/tokens").body())
                .contains("accounts:read", "accounts:change", "metrics:read", "dead-letters:decide");
    }

    @Test
    void scopeThatTheAccountHasNot_isRefused() {
        Person firm = house.login("greedy", Role.FIRM, FIRM, "");
        HttpResponse<String> answer = firm.post("/tokens", token("sneak", "accounts:change"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("您的账号没有所选的权限");
    }

    @Test
    void wrongFields_areNamedAllAtOnce_andWhatWasTypedStays() {
        Person person = house.login("sloppy", Role.INSPECTOR, "", "");
        HttpResponse<String> answer =
                person.post("/tokens", Map.of("name", "x".repeat(61), "scope", "", "days", "100000"));
        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body())
                .contains("value=\"" + "x".repeat(61) + "\"")
                .contains("<a href=\"#name\">", "<a href=\"#scope\">", "<a href=\"#days\">");
        assertThat(house.database()
                        .number("SELECT count(*) FROM api_token JOIN account USING (account_id)"
                                + " WHERE account.name = 'sloppy'"))
                .isZero();
    }

    @Test
    void nameOfAUsableToken_isTaken() {
        Person person = house.login("twice", Role.INSPECTOR, "", "");
        secret(person.post("/tokens", token("collector", "status:read")));
        HttpResponse<String> again = person.post("/tokens", token("collector", "status:read"));
        assertThat(again.statusCode()).isEqualTo(422);
        assertThat(again.body()).contains("已有同名的有效令牌");
    }

    @Test
    void revokedToken_opensNothing_andItsNameIsFree() {
        Person person = house.login("revoker", Role.INSPECTOR, "", "");
        String word = secret(person.post("/tokens", token("collector", "status:read")));
        HttpResponse<String> answer = person.post("/tokens/" + id("revoker") + "/revoke", Map.of());
        assertThat(answer.headers().firstValue("location")).contains("/tokens?done=token-revoked");
        assertThat(ask(word)).isEqualTo(401);
        secret(person.post("/tokens", token("collector", "status:read")));
    }

    @Test
    void tokenOfSomebodyElse_isNotFound() {
        Person owner = house.login("owner", Role.INSPECTOR, "", "");
        String word = secret(owner.post("/tokens", token("collector", "status:read")));
        Person thief = house.login("thief", Role.ADMINISTRATOR, "", "");
        assertThat(thief.post("/tokens/" + id("owner") + "/revoke", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(thief.post("/tokens/99999999999/revoke", Map.of()).statusCode())
                .isEqualTo(404);
        assertThat(ask(word)).isEqualTo(200);
    }

    @Test
    void token_cannotMakeAnother() {
        Person person = house.login("breeder", Role.ADMINISTRATOR, "", "");
        String word = secret(person.post("/tokens", token("first", "accounts:change")));
        assertThat(house.stranger()
                        .postAsIs("/tokens", token("second", "accounts:change"), "Authorization", "Bearer " + word)
                        .statusCode())
                .isEqualTo(401);
    }

    private static int ask(String word) {
        return house.stranger()
                .get("/api/v1/me", "Authorization", "Bearer " + word)
                .statusCode();
    }

    private static long id(String account) {
        return house.database()
                .number("SELECT max(token_id) FROM api_token t JOIN account a USING (account_id) WHERE a.name = '"
                        + account + "'");
    }

    private static Map<String, String> token(String name, String scope) {
        return Map.of("name", name, "scope", scope, "days", "30");
    }

    private static String secret(HttpResponse<String> answer) {
        Matcher secret = SECRET.matcher(answer.body());
        assertThat(secret.find()).as("status %s", answer.statusCode()).isTrue();
        return secret.group(1);
    }
}
