package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.core.audit.Actor;
import io.tean.core.store.Database;
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
                    "Takes in a CSV file (UTF-8) with the columns code,category,name and optionally"
                            + " division_code,site_address,rescue_code,use_unit: all rows or, when one is wrong, none. use_unit is"
                            + " the credit code of a registered organisation; a column that the file does not have stays as it is.")
    int importFile(@Parameters(paramLabel = "FILE.csv") Path file) {
        try (HikariDataSource database = database()) {
            var done = new EquipmentRegister(database).importFile(file, Actor.command());
            System.out.printf("%d added, %d changed, %d unchanged%n", done.added(), done.changed(), done.unchanged());
            return 0;
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the registered equipment as CSV.")
    int list(
            @Option(names = "--category", description = "Only this category, such as elevator.") @Nullable String category) {
        try (HikariDataSource database = database()) {
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

    private static HikariDataSource database() {
        return new Database(Tean.settings().db()).pool("command", 1);
    }
}
