package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.dashboards.OpenHouse;
import io.tean.dashboards.Person;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.access.TokenScope;
import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.access.Viewer.Credential;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.account.ApiTokens.Added;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiTokensIT {
    private static OpenHouse house;
    private static ApiTokens tokens;

    @BeforeAll
    static void open() {
        house = OpenHouse.open();
        // Another one, so that no other is the last.
        house.addAccount("chief", Role.ADMINISTRATOR, "", "");
        tokens = new ApiTokens(WebStore.over(house.pool()));
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void token_opensWhatItsScopeSays_andNothingElse() {
        String word = token("reader", Role.ADMINISTRATOR, "accounts:read");
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(200);
        assertThat(ask("/api/v1/me", word)).isEqualTo(200);
        assertThat(ask("/api/v1/status", word)).as("scope missing").isEqualTo(403);
        assertThat(ask("/accounts", word)).as("a page").isEqualTo(401);
    }

    @Test
    void token_opensMetrics_forTheBureauOnly() {
        assertThat(ask("/metrics", token("scraper", Role.READ_ONLY, "metrics:read")))
                .isEqualTo(200);
        house.addOrganisation("913708000000000091", "MAINTENANCE_FIRM", "Firm", "370800");
        house.addAccount("firm", Role.FIRM, "913708000000000091", "");
        assertThat(tokens.add(viewer("firm"), new TokenDraft("x", Set.of("metrics:read"), "30"), Actor.system("test")))
                .isInstanceOf(Added.Wrong.class);
        assertThat(TokenDraft.offered(viewer("firm")))
                .containsExactlyInAnyOrder(
                        TokenScope.ALERTS_READ,
                        TokenScope.ALERTS_DECIDE,
                        TokenScope.CASES_READ,
                        TokenScope.DEVICES_READ,
                        TokenScope.DEAD_LETTERS_READ,
                        TokenScope.REGISTER_READ,
                        TokenScope.INSPECTION_READ,
                        TokenScope.FIGURES_READ,
                        TokenScope.MAINTENANCE_READ,
                        TokenScope.MAINTENANCE_RECORD,
                        TokenScope.AUDIT_READ);
    }

    @Test
    void expiredToken_opensNothing() {
        String word = token("expired", Role.ADMINISTRATOR, "accounts:read");
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(200);
        house.database()
                .execute("UPDATE api_token SET expires_at = clock_timestamp() WHERE account_id = "
                        + viewer("expired").accountId());
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(401);
    }

    @Test
    void revokedToken_opensNothing() {
        String word = token("revoker", Role.ADMINISTRATOR, "accounts:read");
        int account = viewer("revoker").accountId();
        int id = tokens.list(account).getFirst().id();
        assertThat(tokens.revoke(account, id, Actor.system("test"))).isTrue();
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(401);
        assertThat(tokens.revoke(account, id, Actor.system("test")))
                .as("a second time")
                .isFalse();
    }

    @Test
    void tokenOfADisabledAccount_opensNothing_untilItIsEnabledAgain() {
        String word = token("sleeper", Role.ADMINISTRATOR, "accounts:read");
        house.ledger().disable("sleeper", Actor.command());
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(401);
        house.ledger().enable("sleeper", Actor.command());
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(200);
    }

    @Test
    void token_losesWhatItsAccountLoses() {
        String word = token("demoted", Role.ADMINISTRATOR, "accounts:read");
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(200);
        house.ledger().change(new AccountDraft("demoted", "Demoted", "inspector", "", ""), Actor.command());
        assertThat(ask("/api/v1/accounts", word)).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tean_", "tean_x", "nonsense", "''; DROP TABLE api_token", "Bearer", "tean_%00"})
    void garbage_opensNothing(String word) {
        assertThat(ask("/api/v1/me", word)).isEqualTo(401);
    }

    @Test
    void wordOfAToken_standsNowhereInTheDatabase() {
        String word = token("keeper", Role.INSPECTOR, "status:read");
        assertThat(house.database().text("SELECT string_agg(t::text, '') FROM api_token t"))
                .doesNotContain(word);
        assertThat(house.database().text("SELECT string_agg(e::text, '') FROM audit_entry e"))
                .doesNotContain(word);
    }

    @Test
    void name_isTakenOnce_amongUsableTokens() {
        token("namer", Role.INSPECTOR, "status:read");
        TokenDraft again = new TokenDraft("program", Set.of("status:read"), "30");
        assertThat(tokens.add(viewer("namer"), again, Actor.system("test"))).isInstanceOf(Added.Wrong.class);
        int account = viewer("namer").accountId();
        tokens.revoke(account, tokens.list(account).getFirst().id(), Actor.system("test"));
        assertThat(tokens.add(viewer("namer"), again, Actor.system("test"))).isInstanceOf(Added.Done.class);
    }

    @Test
    void scopeThatTheRoleHasNoUseFor_isNotGiven() {
        house.addAccount("greedy", Role.INSPECTOR, "", "");
        TokenDraft draft = new TokenDraft("program", Set.of("status:read", "accounts:change"), "30");
        assertThat(tokens.add(viewer("greedy"), draft, Actor.system("test"))).isInstanceOf(Added.Wrong.class);
    }

    private static String token(String account, Role role, String scope) {
        house.addAccount(account, role, "", "");
        Added added = tokens.add(viewer(account), new TokenDraft("program", Set.of(scope), "30"), Actor.system("test"));
        return ((Added.Done) added).word();
    }

    private static Viewer viewer(String name) {
        Account account = house.ledger().find(name).orElseThrow();
        return new Viewer(
                account.id(),
                name,
                account.displayName(),
                account.role(),
                account.scope(),
                new Credential.Session("", false));
    }

    private static int ask(String path, String word) {
        Person program = house.stranger();
        return program.get(path, "Authorization", "Bearer " + word).statusCode();
    }
}
