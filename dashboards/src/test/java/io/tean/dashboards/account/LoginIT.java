package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tean.core.audit.Actor;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoginIT {
    private static OpenHouse house;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void stranger_isSentToTheLogin_andFromThereToWhereHeWanted() {
        house.addAccount("wanderer", Role.INSPECTOR, "", "");
        Person person = house.stranger();
        HttpResponse<String> answer = person.get("/status?x=1");
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(location(answer)).isEqualTo("/login?next=%2Fstatus%3Fx%3D1");
        HttpResponse<String> in = person.post(
                "/login", Map.of("name", "wanderer", "password", OpenHouse.PASSWORD, "next", "/status?x=1"));
        assertThat(location(in)).isEqualTo("/status?x=1");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
    }

    @Test
    void nextAddress_isNeverSomebodyElses() {
        assertThat(LoginPages.next(Optional.of("//evil.example/"))).isEqualTo("/");
        assertThat(LoginPages.next(Optional.of("https://evil.example/"))).isEqualTo("/");
        assertThat(LoginPages.next(Optional.of("/\\evil.example"))).isEqualTo("/");
        assertThat(LoginPages.next(Optional.of("/a\r\nSet-Cookie: x"))).isEqualTo("/");
        assertThat(LoginPages.next(Optional.of("/devices?q=1"))).isEqualTo("/devices?q=1");
    }

    @Test
    void wrongPassword_andUnknownAccount_areAnsweredAlike() {
        house.addAccount("known", Role.INSPECTOR, "", "");
        HttpResponse<String> wrong =
                house.stranger().post("/login", Map.of("name", "known", "password", "not-this-one"));
        HttpResponse<String> unknown =
                house.stranger().post("/login", Map.of("name", "unknown", "password", "not-this-one"));
        assertThat(wrong.statusCode()).isEqualTo(401).isEqualTo(unknown.statusCode());
        assertThat(withoutWords(wrong, "known")).isEqualTo(withoutWords(unknown, "unknown"));
    }

    @Test
    void logout_endsTheSession_forAStolenCookieToo() {
        Person person = house.login("leaver", Role.DISPATCHER, "", "");
        String cookie = person.cookie("tean-session").orElseThrow();
        Person thief = house.stranger();
        assertThat(thief.get("/password", "Cookie", "tean-session=" + cookie).statusCode())
                .isEqualTo(200);
        assertThat(location(person.post("/logout", Map.of()))).startsWith("/login");
        assertThat(thief.get("/password", "Cookie", "tean-session=" + cookie).statusCode())
                .isEqualTo(303);
    }

    @Test
    void disabledAccount_losesItsOpenSession_andCannotComeAgain() {
        Person person = house.login("goner", Role.DISPATCHER, "", "");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
        house.ledger().disable("goner", Actor.command());
        await().until(() -> person.get("/status").statusCode() == 303);
        assertThat(house.stranger()
                        .post("/login", Map.of("name", "goner", "password", OpenHouse.PASSWORD))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void otherRole_endsTheOpenSession() {
        Person person = house.login("climber", Role.DISPATCHER, "", "");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
        house.ledger().change(new AccountDraft("climber", "Climber", "inspector", "", ""), Actor.command());
        await().until(() -> person.get("/status").statusCode() == 303);
    }

    @Test
    void oneTimePassword_opensNothingButThePageForANewOne() {
        var added = house.ledger()
                .add(new AccountDraft("fresh", "Fresh", "inspector", "", ""), Optional.empty(), Actor.command());
        String oneTime = ((AccountLedger.Outcome.Done) added).oneTimePassword().orElseThrow();
        Person person = house.stranger();
        person.login("fresh", oneTime);
        assertThat(location(person.get("/status"))).isEqualTo("/password");
        Map<String, String> form = Map.of("current", oneTime, "fresh", "a long new one", "again", "a long new one");
        assertThat(location(person.post("/password", form))).isEqualTo("/inspection?done=password");
        assertThat(person.get("/status").statusCode()).isEqualTo(200);
        assertThat(house.stranger()
                        .post("/login", Map.of("name", "fresh", "password", oneTime))
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void sessionCookie_isOutOfReachOfScripts_andOfOtherSites() {
        house.addAccount("cookie", Role.INSPECTOR, "", "");
        HttpResponse<String> in =
                house.stranger().post("/login", Map.of("name", "cookie", "password", OpenHouse.PASSWORD));
        assertThat(in.headers().allValues("set-cookie"))
                .anySatisfy(cookie -> assertThat(cookie)
                        .startsWith("tean-session=")
                        .containsIgnoringCase("HttpOnly")
                        .contains("SameSite=Lax", "Path=/")
                        .doesNotContain("Secure"));
    }

    @Test
    void underHttps_cookiesAreSecure_andOfThisHostOnly() {
        try (OpenHouse secure = OpenHouse.open(Map.of("TEAN_PUBLIC_URL", "https://tean.example"))) {
            HttpResponse<String> page = secure.stranger().get("/login");
            assertThat(page.headers().allValues("set-cookie"))
                    .singleElement()
                    .satisfies(cookie ->
                            assertThat(cookie).startsWith("__Host-tean-visit=").contains("Secure"));
            assertThat(page.headers().firstValue("strict-transport-security")).isPresent();
        }
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("location").orElse("status " + answer.statusCode());
    }

    private static String withoutWords(HttpResponse<String> answer, String name) {
        return answer.body().replaceAll("name=\"csrf\" value=\"[^\"]+\"", "").replace(name, "NAME");
    }
}
