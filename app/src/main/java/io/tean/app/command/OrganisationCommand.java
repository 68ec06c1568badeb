package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.core.audit.Actor;
import io.tean.core.store.Database;
import io.tean.register.organisation.OrganisationRegister;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "organisation",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The register of organisations: use units, maintenance firms, stations and bodies.")
final class OrganisationCommand {
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Takes in a CSV file (UTF-8) with the columns credit_code,kind,name and optionally division_code: all"
                            + " rows or, when one is wrong, none. Kinds: USE_UNIT, MAINTENANCE_FIRM, FILLING_STATION, INSPECTION_BODY,"
                            + " RESCUE_STATION.")
    int importFile(@Parameters(paramLabel = "FILE.csv") Path file) {
        try (HikariDataSource database = database()) {
            var done = new OrganisationRegister(database).importFile(file, Actor.command());
            System.out.printf("%d added, %d changed, %d unchanged%n", done.added(), done.changed(), done.unchanged());
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the organisations as CSV.")
    int list() {
        try (HikariDataSource database = database()) {
            CsvOutput csv = new CsvOutput(System.out);
            csv.row("credit_code", "kind", "name", "division_code");
            for (var organisation : new OrganisationRegister(database).list()) {
                csv.row(
                        organisation.creditCode().text(),
                        organisation.kind().name(),
                        organisation.name(),
                        organisation.divisionCode().orElse(""));
            }
            return 0;
        }
    }

    private static HikariDataSource database() {
        return new Database(Tean.settings().db()).pool("command", 1);
    }
}
