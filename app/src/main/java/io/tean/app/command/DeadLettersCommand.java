package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.core.audit.Actor;
import io.tean.ingest.store.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "dead-letters",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "Messages that were acknowledged and kept, but not stored as readings.")
final class DeadLettersCommand {
    private static final int REPLAY_SECONDS = 15;

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the newest ones first, as CSV.")
    int list(
            @Option(names = "--reason", description = "Only those with this reason, such as out-of-range.") @Nullable String reason,
            @Option(names = "--all", description = "Also those that were replayed or discarded.") boolean all,
            @Option(names = "--limit", defaultValue = "100", description = "At most so many; default ${DEFAULT-VALUE}.")
                    int limit) {
        try (HikariDataSource database = Tean.database()) {
            CsvOutput csv = new CsvOutput(System.out);
            csv.row("id", "received_at", "device_id", "equipment_code", "stream", "reason", "times", "state", "detail");
            for (var letter : new DeadLetters(database).list(Optional.ofNullable(reason), all, limit)) {
                csv.row(
                        Long.toString(letter.id()),
                        letter.receivedAt().toString(),
                        letter.deviceId(),
                        letter.equipmentCode(),
                        letter.stream(),
                        letter.reason(),
                        Integer.toString(letter.times()),
                        letter.state(),
                        letter.detail());
            }
            return 0;
        }
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Prints one with its payload as it came.")
    int show(@Parameters(paramLabel = "ID") long id) {
        try (HikariDataSource database = Tean.database()) {
            var letter = find(new DeadLetters(database), id);
            System.out.printf(
                    "id             %d%nreceived       %s%ndevice         %s%nequipment      %s%nstream         %s%n"
                            + "reason         %s%ndetail         %s%ntimes          %d%nstate          %s%npayload        %d bytes%n%n",
                    letter.id(),
                    letter.receivedAt(),
                    letter.deviceId(),
                    letter.equipmentCode(),
                    letter.stream(),
                    letter.reason(),
                    letter.detail(),
                    letter.times(),
                    letter.state(),
                    letter.payload().length);
            // A payload may hold anything; control characters must not reach the terminal.
            System.out.println(new String(letter.payload(), StandardCharsets.UTF_8)
                    .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "\uFFFD"));
            return 0;
        }
    }

    @Command(
            name = "replay",
            mixinStandardHelpOptions = true,
            description =
                    "Has the running service take a message in again, for instance after the declaration was widened."
                            + " The age of its readings is measured from when it first came.")
    int replay(@Parameters(paramLabel = "ID") long id) throws InterruptedException {
        try (HikariDataSource database = Tean.database()) {
            DeadLetters letters = new DeadLetters(database);
            var letter = find(letters, id);
            if (!letters.replay(id, Actor.command())) {
                throw new CommandException("dead letter " + id + " is " + letter.state() + " already");
            }
            for (int i = 0; i < REPLAY_SECONDS; i++) {
                Thread.sleep(1_000);
                if (find(letters, id).state().equals("replayed")) {
                    System.out.println(
                            "replayed; if it is still wrong, it stands under a new id: bin/tean dead-letters list");
                    return 0;
                }
            }
            System.out.println("marked; it will be replayed as soon as a service runs (bin/tean serve)");
            return 0;
        }
    }

    @Command(
            name = "discard",
            mixinStandardHelpOptions = true,
            description = "Keeps it for the record and asks no more questions.")
    int discard(@Parameters(paramLabel = "ID") long id) {
        try (HikariDataSource database = Tean.database()) {
            DeadLetters letters = new DeadLetters(database);
            var letter = find(letters, id);
            if (!letters.discard(id, Actor.command())) {
                throw new CommandException("dead letter " + id + " is " + letter.state() + " already");
            }
            System.out.println("discarded");
            return 0;
        }
    }

    private static DeadLetters.Listed find(DeadLetters letters, long id) {
        return letters.find(id)
                .orElseThrow(() -> new CommandException(
                        "there is no dead letter " + id + "; bin/tean dead-letters list shows them"));
    }
}
