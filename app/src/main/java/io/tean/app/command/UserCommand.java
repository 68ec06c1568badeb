package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.core.audit.Actor;
import io.tean.dashboards.access.Role;
import io.tean.dashboards.account.Account;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger;
import io.tean.dashboards.account.AccountLedger.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "user",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "People's accounts for the pages and the API.")
final class UserCommand {
    @Command(
            name = "add",
            mixinStandardHelpOptions = true,
            description = "Adds an account and prints its one-time password: at the first login a new one is set.")
    int add(
            @Parameters(paramLabel = "NAME", description = "2 to 40 small letters, digits, dots, underscores, hyphens.")
                    String name,
            @Option(
                            names = "--role",
                            required = true,
                            paramLabel = "ROLE",
                            description = "dispatcher, inspector, firm, station, use-unit, administrator or read-only.")
                    String role,
            @Option(names = "--display-name", paramLabel = "TEXT", description = "As pages show it; else the name.")
                    @Nullable String displayName,
            @Option(
                            names = "--organisation",
                            paramLabel = "CREDIT_CODE",
                            description =
                                    "Its organisation: firm, station and use-unit need one; it sees nothing else.")
                    @Nullable String organisation,
            @Option(
                            names = "--division",
                            paramLabel = "CODE",
                            description = "Holds it to one administrative division, such as 320505.")
                    @Nullable String division,
            @Option(
                            names = "--password-stdin",
                            description =
                                    "Reads the person's own password from standard input; it is not a one-time one.")
                    boolean passwordFromInput)
            throws IOException {
        if (Role.of(role).isEmpty()) {
            throw new CommandException("--role '" + role + "' is none of "
                    + Arrays.stream(Role.values()).map(Role::word).collect(Collectors.joining(", ")));
        }
        Optional<String> password = passwordFromInput ? Optional.of(firstLine()) : Optional.empty();
        AccountDraft draft = new AccountDraft(
                name,
                Objects.requireNonNullElse(displayName, name),
                role,
                Objects.requireNonNullElse(organisation, ""),
                Objects.requireNonNullElse(division, ""));
        try (HikariDataSource database = Tean.database()) {
            report(new AccountLedger(database).add(draft, password, Actor.command()));
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints all accounts as CSV.")
    int list() {
        try (HikariDataSource database = Tean.database()) {
            CsvOutput csv = new CsvOutput(System.out);
            csv.row("name", "display_name", "role", "organisation", "division", "state", "last_used");
            for (Account account : new AccountLedger(database).list()) {
                csv.row(
                        account.name(),
                        account.displayName(),
                        account.role().word(),
                        account.organisation()
                                .map(Account.Organisation::creditCode)
                                .orElse(""),
                        account.division().orElse(""),
                        account.isDisabled() ? "disabled" : account.oneTime() ? "one-time password" : "active",
                        account.lastUsed().map(Instant::toString).orElse(""));
            }
            return 0;
        }
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Ends what an account may do; its open pages and tokens end within seconds.")
    int disable(@Parameters(paramLabel = "NAME") String name) {
        try (HikariDataSource database = Tean.database()) {
            report(new AccountLedger(database).disable(name, Actor.command()));
            System.out.println(name + " is disabled");
            return 0;
        }
    }

    @Command(name = "enable", mixinStandardHelpOptions = true, description = "Lets a disabled account in again.")
    int enable(@Parameters(paramLabel = "NAME") String name) {
        try (HikariDataSource database = Tean.database()) {
            report(new AccountLedger(database).enable(name, Actor.command()));
            System.out.println(name + " is enabled");
            return 0;
        }
    }

    @Command(
            name = "reset",
            mixinStandardHelpOptions = true,
            description = "Gives an account a one-time password, prints it, and ends its open pages.")
    int reset(@Parameters(paramLabel = "NAME") String name) {
        try (HikariDataSource database = Tean.database()) {
            report(new AccountLedger(database).reset(name, Actor.command()));
            return 0;
        }
    }

    /** The one-time password alone on its line, so that a script can take it. */
    private static void report(Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(Optional<String> password) -> password.ifPresent(System.out::println);
            case Outcome.Wrong ignored -> throw new CommandException(String.join("; ", outcome.said()));
        }
    }

    private static String firstLine() throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String line = input.readLine();
        if (line == null || line.isEmpty()) {
            throw new CommandException("--password-stdin: there is no line on standard input");
        }
        return line;
    }
}
