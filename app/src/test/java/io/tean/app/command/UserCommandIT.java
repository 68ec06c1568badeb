package io.tean.app.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tean.app.Service;
import io.tean.app.load.Browser;
import io.tean.core.audit.Actor;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UserCommandIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final String PASSWORD = "梅花香自苦寒来 4711";

    @BeforeAll
    static void an_administrator_is_there() {
        new AccountLedger(DATABASE.pool())
                .add(
                        new AccountDraft("root.zhao", "赵", "administrator", "", ""),
                        Optional.of(PASSWORD),
                        Actor.command());
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void what_is_wrong_is_one_line_and_exit_code_1() throws Exception {
        assertThat(tean("user", "add", "wang.fang", "--role", "boss"))
                .isEqualTo(new Ran(
                        1,
                        List.of("tean: --role 'boss' is none of dispatcher, inspector, firm, station, use-unit,"
                                + " administrator, read-only")));
        assertThat(tean("user", "add", "wang.fang", "--role", "firm"))
                .isEqualTo(
                        new Ran(1, List.of("tean: organisation: This role needs the credit code of an organisation")));
        assertThat(tean("user", "add", "root.zhao", "--role", "inspector"))
                .isEqualTo(new Ran(1, List.of("tean: name: There is an account of this name already")));
        assertThat(tean("user", "reset", "nobody"))
                .isEqualTo(new Ran(1, List.of("tean: there is no account 'nobody'; bin/tean user list shows all")));
        assertThat(DATABASE.number("SELECT count(*) FROM account WHERE name IN ('wang.fang', 'nobody')"))
                .isZero();
    }

    @Test
    void an_account_that_is_disabled_loses_its_open_session_and_comes_back_by_a_one_time_password() throws Exception {
        try (Service service = Service.start(DATABASE.settings(), StreamCatalogue.builtIn(), InstantSource.system());
                HttpClient http = HttpClient.newHttpClient()) {
            URI address = URI.create("http://127.0.0.1:" + service.httpPort());
            Ran added = Ran.tean(
                    DATABASE,
                    List.of(PASSWORD),
                    "user",
                    "add",
                    "li.wei",
                    "--role",
                    "dispatcher",
                    "--display-name",
                    "李伟",
                    "--password-stdin");
            assertThat(added)
                    .as("nothing to say: the password is the person's own")
                    .isEqualTo(new Ran(0, List.of()));
            Browser browser = new Browser(address, http);
            assertThat(browser.logIn("li.wei", PASSWORD).status()).isEqualTo(303);
            assertThat(browser.get("/status").status()).isEqualTo(200);

            assertThat(tean("user", "disable", "li.wei")).isEqualTo(new Ran(0, List.of("li.wei is disabled")));
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> browser.get("/status").location().startsWith("/login"));
            assertThat(new Browser(address, http).logIn("li.wei", PASSWORD).status())
                    .isEqualTo(401);
            assertThat(tean("user", "list").lines())
                    .contains("name,display_name,role,organisation,division,state,last_used")
                    .anySatisfy(line -> assertThat(line).startsWith("li.wei,李伟,dispatcher,,,disabled,"))
                    .anySatisfy(line -> assertThat(line).startsWith("root.zhao,赵,administrator,,,active,"));

            assertThat(tean("user", "enable", "li.wei")).isEqualTo(new Ran(0, List.of("li.wei is enabled")));
            assertThat(browser.get("/status").location())
                    .as("a session that has ended stays so")
                    .startsWith("/login");
            Ran reset = tean("user", "reset", "li.wei");
            assertThat(reset.exit()).isZero();
            assertThat(reset.lines()).hasSize(1);
            Browser next = new Browser(address, http);
            assertThat(next.logIn("li.wei", PASSWORD).status()).isEqualTo(401);
            assertThat(next.logIn("li.wei", reset.lines().getFirst()).status()).isEqualTo(303);
            assertThat(next.get("/status").location()).isEqualTo("/password");
        }
    }

    private static Ran tean(String... arguments) throws Exception {
        return Ran.tean(DATABASE, arguments);
    }
}
