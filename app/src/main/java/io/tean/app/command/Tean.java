package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.alerting.rescue.LimitsException;
import io.tean.alerting.rule.RuleException;
import io.tean.app.Version;
import io.tean.core.settings.Settings;
import io.tean.core.settings.SettingsException;
import io.tean.core.settings.TeanSettings;
import io.tean.core.store.Database;
import io.tean.core.store.StoreException;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.DashboardsException;
import io.tean.dashboards.account.AccountException;
import io.tean.ingest.IngestException;
import io.tean.register.RegisterException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line. */
@Command(
        name = "tean",
        mixinStandardHelpOptions = true,
        version = "tean " + Version.NAME,
        description =
                "Special-equipment safety monitoring. Settings come from TEAN_… variables or the file that TEAN_CONFIG names;"
                        + " docs/settings.md lists them.",
        subcommands = {
            MigrateCommand.class,
            ServeCommand.class,
            RegisterCommand.class,
            OrganisationCommand.class,
            EquipmentCommand.class,
            DeviceCommand.class,
            DeadLettersCommand.class,
            UserCommand.class,
            RecipientCommand.class,
            RulesCommand.class,
            AuditCommand.class,
            SimulateCommand.class,
            DescribeCommand.class
        })
public final class Tean implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @SuppressWarnings("NullAway") // picocli sets the field before it calls run
    Tean() {}

    /** Runs a command and answers the exit code: 0 done, 1 not done, 2 wrong usage. */
    public static int run(String... arguments) {
        return new CommandLine(new Tean())
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    if (!isExpected(problem)) {
                        throw problem;
                    }
                    String.valueOf(problem.getMessage())
                            .lines()
                            .forEach(line -> command.getErr().println("tean: " + line));
                    return 1;
                })
                .execute(arguments);
    }

    private static boolean isExpected(Exception problem) {
        return problem instanceof SettingsException
                || problem instanceof StoreException
                || problem instanceof IngestException
                || problem instanceof RegisterException
                || problem instanceof DashboardsException
                || problem instanceof AccountException
                || problem instanceof RuleException
                || problem instanceof LimitsException
                || problem instanceof CommandException;
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    static TeanSettings settings() {
        return Settings.read(System.getenv());
    }

    /** The database as the service's role; an import needs two connections. The caller closes it. */
    static HikariDataSource database() {
        return new Database(settings().db()).pool("command", 2);
    }

    static StreamCatalogue catalogue(TeanSettings settings) {
        try {
            return StreamCatalogue.load(settings.streams().folders().orElse(List.of()));
        } catch (IllegalArgumentException e) {
            throw new CommandException(String.valueOf(e.getMessage()));
        }
    }
}
