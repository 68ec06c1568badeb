package io.tean.app.rescue;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions.IsVisibleOptions;
import com.microsoft.playwright.options.SelectOption;
import io.tean.app.load.House;
import io.tean.core.audit.Actor;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger;
import io.tean.dashboards.browser.Chromium;
import io.tean.dashboards.browser.Screen;
import io.tean.dashboards.browser.Visitor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** From the PUBLISH of an entrapment to the close of its case: board, levels, notice, the crew's telephone. */
final class RescueIT {
    private static final String PASSWORD = "Only-for-tests-4711";

    private static Crews crews;
    private static Path channels;
    private static House house;
    private static Chromium chromium;

    @BeforeAll
    static void open() throws IOException {
        crews = new Crews();
        channels = crews.channels();
        house = new House(
                "rescue-it", List.of("elevator"), Map.of("TEAN_ALERTING_CHANNELS", channels.toString()), Crews::settle);
        DataSource owner = house.database().source();
        new AccountLedger(owner)
                .add(new AccountDraft("duty", "值班员", "dispatcher", "", ""), Optional.of(PASSWORD), Actor.command());
        chromium = Chromium.launch();
    }

    @AfterAll
    static void close() throws IOException {
        chromium.close();
        house.close();
        crews.close();
        Files.delete(channels);
    }

    @Test
    void entrapment_soundsOnTheBoard_climbsTheLevels_isAnsweredByPhone_andLedToItsClose() throws SQLException {
        Crews.execute(house, "INSERT INTO simulated_clock (at) VALUES (clock_timestamp())");
        try (Visitor operator = chromium.visitor(Screen.DESK, "zh-CN");
                Visitor phone = chromium.visitor(Screen.PHONE, "zh-CN")) {
            Page board = operator.page();
            logIn(board);
            board.navigate(house.http().resolve("/board").toString());
            assertThat(board.locator("#soundbar")).hasAttribute("data-sound", "off");
            board.click("#sound-on");
            assertThat(board.locator("#soundbar")).hasAttribute("data-sound", "on");

            Crews.publishEntrapment(house, 0);
            visible(board.locator("#board tr[data-case]"));
            assertThat(board.locator("#soundbar")).hasAttribute("data-sounding", "true");
            String firm = crews.awaitLink("firm", 1);

            Crews.execute(house, "UPDATE simulated_clock SET at = at + interval '3 minutes 1 second'");
            String station = crews.awaitLink("station", 1);
            visible(board.locator("#board tr[data-case]").getByText("兰山救援站"));

            Page crew = phone.page();
            crew.navigate(house.http().resolve("/r/" + firm).toString());
            visible(crew.locator("#over"));
            crew.navigate(house.http().resolve("/r/" + station).toString());
            crew.click("#answer");
            visible(crew.locator("#depart"));
            crew.fill("#minutes", "8");
            crew.click("#depart");
            crew.click("#arrive");
            crew.fill("#released", "2");
            crew.click("#release");
            visible(crew.locator("#over"));

            board.navigate(house.http().resolve("/cases/1").toString());
            close(board);
        }
        assertThat(Crews.ask(
                        house, "SELECT concat_ws(' ', state, level, outcome, released_count, cause) FROM rescue_case"))
                .isEqualTo("CLOSED 2 RELEASED 2 DOOR_SYSTEM");
        assertThat(Crews.ask(house, "SELECT concat_ws(' ', state, cause) FROM alert WHERE rule = 'entrapment'"))
                .isEqualTo("closed GENUINE");
        assertThat(Crews.ask(
                        house,
                        "SELECT string_agg(level || ' ' || state, ', ' ORDER BY dispatch_id) FROM rescue_dispatch"))
                .isEqualTo("1 NO_ANSWER, 2 DONE");
        assertThat(crews.calls("firm")).isEqualTo(1);
        assertThat(crews.calls("station")).isEqualTo(1);
    }

    private static void close(Page page) {
        Locator form = page.locator("form:has(input[name=move][value=close])");
        if (!form.isVisible()) {
            page.locator("details:has(input[name=move][value=close]) > summary").click();
        }
        form.locator("select[name=cause]").selectOption(new SelectOption().setValue("DOOR_SYSTEM"));
        form.locator("textarea[name=text]").fill("门机故障，已更换");
        form.locator("button[type=submit]").click();
        page.waitForLoadState();
    }

    private static void logIn(Page page) {
        page.navigate(house.http().resolve("/login").toString());
        page.fill("#name", "duty");
        page.fill("#password", PASSWORD);
        page.click("main button[type=submit]");
        page.waitForURL(url -> !url.contains("/login"));
    }

    private static void visible(Locator locator) {
        assertThat(locator.first()).isVisible(new IsVisibleOptions().setTimeout((double) Crews.PATIENCE.toMillis()));
    }
}
