package io.tean.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.audit.Actor;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger.Outcome;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Whatever opens something is shown once, to the one whom it is for, and stands nowhere else. */
class SecretsIT {
    private static final Path LOG = Path.of("target", "test.log");
    private static final Pattern TOKEN = Pattern.compile("tean_[A-Za-z0-9_-]{43}");

    @Test
    void whatOpensSomething_standsNeitherInTheLogNorInTheDatabaseNorInTheMeters() throws IOException, SQLException {
        try (OpenHouse house = OpenHouse.open()) {
            List<String> secrets = new ArrayList<>(List.of(OpenHouse.PASSWORD));
            Person person = house.login("keeper", Role.ADMINISTRATOR, "", "");
            secrets.add(person.cookie("tean-session").orElseThrow());
            secrets.add(person.cookie("tean-seat").orElseThrow());
            house.stranger().post("/login", Map.of("name", "keeper", "password", "canary-Kp4-mistyped"));
            secrets.add("canary-Kp4-mistyped");
            Outcome added = house.ledger()
                    .add(new AccountDraft("guest", "Guest", "inspector", "", ""), Optional.empty(), Actor.command());
            String oneTime = ((Outcome.Done) added).oneTimePassword().orElseThrow();
            secrets.add(oneTime);
            house.stranger().login("guest", oneTime);
            HttpResponse<String> made =
                    person.post("/tokens", Map.of("name", "probe", "scope", "devices:read", "days", "30"));
            Matcher word = TOKEN.matcher(made.body());
            assertThat(word.find())
                    .as("the page shows the token once: %s", made.statusCode())
                    .isTrue();
            String token = word.group();
            secrets.add(token);
            assertThat(house.stranger()
                            .get("/api/v1/devices", "Authorization", "Bearer " + token)
                            .statusCode())
                    .isEqualTo(200);
            house.stranger().get("/api/v1/audit", "Authorization", "Bearer " + token);
            // Failures are what logs are full of.
            house.databaseAway(true);
            house.stranger().get("/api/v1/devices", "Authorization", "Bearer " + token);
            house.stranger().get("/status", "Cookie", "tean-session=canary-Kp4-unknown-cookie");
            secrets.add("canary-Kp4-unknown-cookie");
            house.databaseAway(false);

            assertThat(person.get("/tokens").body()).doesNotContain(token);
            assertThat(person.get("/accounts/guest").body()).doesNotContain(oneTime);
            assertThat(person.get("/audit").body()).doesNotContain(secrets);
            assertThat(person.get("/audit.csv").body()).doesNotContain(secrets);
            assertThat(everythingIn(house)).contains("keeper").doesNotContain(secrets);
            secrets.add(person.csrf());
            secrets.add("canary-Xq7-database-password");
            // Read as late as possible: the whole module's tests have written into it by now.
            assertThat(Files.readString(LOG)).contains("pages at http://").doesNotContain(secrets);
        }
    }

    /** Every value of every column, as text. */
    private static String everythingIn(OpenHouse house) throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = house.database().owner();
                Statement tables = connection.createStatement();
                ResultSet table = tables.executeQuery("""
                        SELECT quote_ident(table_name) FROM information_schema.tables
                        WHERE table_schema = 'public' AND table_type = 'BASE TABLE'
                        """)) {
            while (table.next()) {
                try (Statement rows = connection.createStatement();
                        ResultSet row = rows.executeQuery("SELECT t::text FROM " + table.getString(1) + " AS t")) {
                    while (row.next()) {
                        all.append(row.getString(1)).append('\n');
                    }
                }
            }
        }
        return all.toString();
    }
}
