package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.core.audit.AuditChain;
import io.tean.core.audit.AuditTrail;
import io.tean.core.audit.Head;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

@Command(
        name = "audit",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Who changed what, and whether that record is as it was written.")
final class AuditCommand {
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description =
                    "Checks every entry against the chain of seals. Exit code 0: intact; 1: broken, with the row that is.")
    int verify(
            @Option(
                            names = "--head",
                            paramLabel = "NO:HASH",
                            converter = HeadConverter.class,
                            description =
                                    "A head that was noted down before: without one, nobody can tell whether the newest"
                                            + " entries were cut off together with their seals.")
                    @Nullable Head head) {
        try (HikariDataSource database = Tean.database()) {
            return switch (AuditChain.verify(database, Optional.ofNullable(head))) {
                case AuditChain.Finding.Intact intact -> {
                    System.out.printf(
                            "intact: %d entries sealed, %d waiting, head %s (note it down: audit verify --head proves later that"
                                    + " nothing up to here was cut off)%n",
                            intact.entries(), intact.waiting(), intact.head());
                    yield 0;
                }
                case AuditChain.Finding.Broken broken -> {
                    System.out.println("broken: " + broken.what());
                    yield 1;
                }
            };
        }
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the newest entries first, as CSV.")
    int list(
            @Option(names = "--limit", defaultValue = "100", description = "At most so many; default ${DEFAULT-VALUE}.")
                    int limit) {
        try (HikariDataSource database = Tean.database()) {
            CsvOutput csv = new CsvOutput(System.out);
            csv.row(
                    "id",
                    "at",
                    "actor_kind",
                    "actor",
                    "source",
                    "action",
                    "subject_kind",
                    "subject",
                    "organisation_id",
                    "before",
                    "after",
                    "reason",
                    "seal_no");
            for (var entry : AuditTrail.newest(database, limit)) {
                csv.row(
                        Long.toString(entry.id()),
                        entry.at().toString(),
                        entry.actorKind(),
                        printable(entry.actor()),
                        printable(entry.source().orElse("")),
                        printable(entry.action()),
                        printable(entry.subjectKind()),
                        printable(entry.subject()),
                        entry.organisationId().isPresent()
                                ? Integer.toString(entry.organisationId().getAsInt())
                                : "",
                        printable(entry.before().orElse("")),
                        printable(entry.after().orElse("")),
                        printable(entry.reason().orElse("")),
                        entry.sealNo().isPresent()
                                ? Long.toString(entry.sealNo().getAsLong())
                                : "");
            }
            return 0;
        }
    }

    /** A reason may hold anything; control characters must not reach the terminal. */
    private static String printable(String text) {
        return CONTROL.matcher(text).replaceAll("\uFFFD");
    }

    /** What picocli says of a bad head, in one line. */
    static final class HeadConverter implements ITypeConverter<Head> {
        @Override
        public Head convert(String text) {
            try {
                return Head.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
