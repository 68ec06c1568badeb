package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.register.equipment.EquipmentRegister;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "equipment",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The register of special equipment.")
final class EquipmentCommand {
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Takes in a CSV (UTF-8) or XLSX file of the sheet equipment of docs/imports.md: all rows or, when one is wrong,"
                            + " none. A column that the file does not have stays as it is. Short for tean register import equipment.")
    int importFile(@Parameters(paramLabel = "FILE") Path file) {
        return RegisterCommand.importWhole("equipment", file);
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the registered equipment as CSV.")
    int list(
            @Option(names = "--category", description = "Only this category, such as elevator.") @Nullable String category) {
        try (HikariDataSource database = Tean.database()) {
            CsvOutput csv = new CsvOutput(System.out);
            csv.row("code", "category", "name", "division_code", "site_address", "rescue_code", "use_unit");
            for (var machine : new EquipmentRegister(database).list(Optional.ofNullable(category))) {
                csv.row(
                        machine.code(),
                        machine.category(),
                        machine.name(),
                        machine.divisionCode().orElse(""),
                        machine.siteAddress().orElse(""),
                        machine.rescueCode().orElse(""),
                        machine.useUnit().orElse(""));
            }
            return 0;
        }
    }
}
