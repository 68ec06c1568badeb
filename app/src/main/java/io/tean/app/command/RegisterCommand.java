package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.audit.Actor;
import io.tean.register.Register;
import io.tean.register.intake.ImportMode;
import io.tean.register.intake.ImportRequest;
import io.tean.register.intake.Imported;
import io.tean.register.intake.Imports;
import io.tean.register.intake.Landing;
import io.tean.register.intake.SheetExport;
import io.tean.register.landing.CylinderDue;
import io.tean.register.landing.Landings;
import io.tean.register.regulation.RegulationBook;
import io.tean.register.sheet.Language;
import io.tean.register.sheet.Sheet;
import io.tean.register.sheet.Sheets;
import java.io.Console;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "register",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description =
                "Files of the register: in, out, and the headings of an empty one. docs/imports.md has the kinds.")
final class RegisterCommand {
    @Command(
            name = "import",
            mixinStandardHelpOptions = true,
            description =
                    "Takes in a CSV (UTF-8) or XLSX file: all rows or, when one is wrong, none. Exit code 1 when a row was refused.")
    int importFile(
            @Parameters(paramLabel = "KIND", description = "Such as equipment, contracts or cylinders.") String kind,
            @Parameters(paramLabel = "FILE") Path file,
            @Option(names = "--accept-good", description = "Takes in the good rows when others are refused.")
                    boolean acceptGood,
            @Option(
                            names = "--errors",
                            paramLabel = "FILE.csv",
                            description = "Gets the refused rows with what is wrong, to be corrected and imported.")
                    @Nullable Path errors,
            @Option(
                            names = "--duties-later",
                            description = "Leaves computing what is due to the service, or to the next import.")
                    boolean later)
            throws IOException {
        try (HikariDataSource database = Tean.database();
                Register register = register(database)) {
            Imports imports = register.imports();
            var request = ImportRequest.of(
                    kind,
                    file,
                    file.toString(),
                    acceptGood ? ImportMode.ACCEPT_GOOD : ImportMode.ALL_OR_NOTHING,
                    Actor.command());
            ProgressBar bar = new ProgressBar(System.err, isTerminal());
            Imported done = imports.run(request, bar);
            bar.end();
            if (errors != null && done.refused() > 0) {
                try (OutputStream out = Files.newOutputStream(errors)) {
                    imports.writeCorrections(done.importId(), Language.CHINESE, out);
                }
            }
            tell(done);
            imports.whole(request, done);
            if (!later) {
                computeDuties(register, database);
            }
            return 0;
        }
    }

    @Command(
            name = "import-folder",
            mixinStandardHelpOptions = true,
            description =
                    "Takes in KIND.csv or KIND.xlsx of every kind that a folder has, in the order in which they build on each"
                            + " other; each file wholly or not at all. Stops at the first one with a problem.")
    int importFolder(@Parameters(paramLabel = "FOLDER") Path folder) {
        try (HikariDataSource database = Tean.database();
                Register register = register(database)) {
            boolean any = false;
            for (Sheet sheet : Sheets.all()) {
                for (String ending : List.of(".csv", ".xlsx")) {
                    Path file = folder.resolve(sheet.name() + ending);
                    if (Files.exists(file)) {
                        any = true;
                        System.out.printf("%s: ", file.getFileName());
                        tell(register.imports().runWhole(sheet.name(), file, Actor.command()));
                    }
                }
            }
            if (!any) {
                throw new CommandException(folder + " has no file such as equipment.csv; the kinds are "
                        + Sheets.all().stream().map(Sheet::name).collect(Collectors.joining(", ")));
            }
            computeDuties(register, database);
            return 0;
        }
    }

    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Writes all rows of a kind as a file that, imported again, changes nothing.")
    int exportFile(
            @Parameters(paramLabel = "KIND") String kind,
            @Parameters(paramLabel = "FILE", description = "XLSX when it is called so.") Path file,
            @Option(names = "--xlsx", description = "An XLSX, whatever the file is called.") boolean xlsx,
            @Option(names = "--english", description = "English headings.") boolean english)
            throws IOException {
        try (HikariDataSource database = Tean.database()) {
            var export = new SheetExport(database, landings());
            sheet(kind);
            try (OutputStream out = Files.newOutputStream(file)) {
                long rows = export.write(kind, xlsx ? "all.xlsx" : file.toString(), language(english), out);
                System.out.printf("%d rows%n", rows);
            }
            return 0;
        }
    }

    @Command(
            name = "template",
            mixinStandardHelpOptions = true,
            description = "Writes a file with the headings of a kind, to be filled and imported.")
    int template(
            @Parameters(paramLabel = "KIND") String kind,
            @Parameters(paramLabel = "FILE", description = "XLSX when it is called so, else CSV.") Path file,
            @Option(names = "--english", description = "English headings.") boolean english)
            throws IOException {
        Sheet sheet = sheet(kind);
        try (OutputStream out = Files.newOutputStream(file)) {
            SheetExport.writeTemplate(sheet, file.toString(), language(english), out);
        }
        return 0;
    }

    /** Imports a file or, when a row is wrong, nothing of it. */
    static int importWhole(String kind, Path file) {
        try (HikariDataSource database = Tean.database();
                Register register = register(database)) {
            tell(register.imports().runWhole(kind, file, Actor.command()));
            computeDuties(register, database);
            return 0;
        }
    }

    private static void tell(Imported done) {
        System.out.printf("%d added, %d changed, %d unchanged", done.added(), done.changed(), done.unchanged());
        System.out.println(done.refused() > 0 ? ", " + done.refused() + " refused" : "");
    }

    /** With what the running service does after an import, but for the meters that nobody would read. */
    private static Register register(HikariDataSource database) {
        return new Register(database, RegulationBook.builtIn(), new SimpleMeterRegistry(), InstantSource.system());
    }

    /** What is due is computed at once: a service may not be running. */
    private static void computeDuties(Register register, HikariDataSource database) {
        long machines = register.workOffDuties(database);
        if (machines > 0) {
            System.out.printf("the duties of %d machines were computed%n", machines);
        }
    }

    private static List<Landing> landings() {
        return Landings.all(CylinderDue.UNKNOWN);
    }

    private static Sheet sheet(String kind) {
        return Sheets.all().stream()
                .filter(sheet -> sheet.name().equals(kind))
                .findFirst()
                .orElseThrow(() -> new CommandException("'" + kind + "' is none of the kinds "
                        + Sheets.all().stream().map(Sheet::name).collect(Collectors.joining(", "))));
    }

    /** A script, a container or a pipe has none. */
    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static Language language(boolean english) {
        return english ? Language.ENGLISH : Language.CHINESE;
    }
}
