package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
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
                    "Takes in a CSV (UTF-8) or XLSX file of the sheet organisations of docs/imports.md: all rows or, when one is"
                            + " wrong, none. Short for tean register import organisations.")
    int importFile(@Parameters(paramLabel = "FILE") Path file) {
        return RegisterCommand.importWhole("organisations", file);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the organisations as CSV.")
    int list() {
        try (HikariDataSource database = Tean.database()) {
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
}
