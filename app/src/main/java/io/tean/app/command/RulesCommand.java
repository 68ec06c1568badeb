package io.tean.app.command;

import com.zaxxer.hikari.HikariDataSource;
import io.tean.alerting.judge.History;
import io.tean.alerting.judge.Trial;
import io.tean.alerting.rule.Condition;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.settings.TeanSettings;
import io.tean.core.stream.StreamCatalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        description = "The alert rules: whether they are right, which there are, and what they would have found.")
final class RulesCommand {
    private static final Duration RUN_ON = Duration.ofMinutes(10);

    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description =
                    "Reads and type-checks the rules that Tean brings along, those of TEAN_ALERTING_RULES, and those of the folder."
                            + " Exit code 1 with one line for each problem.")
    int check(
            @Parameters(arity = "0..1", paramLabel = "FOLDER", description = "A further folder of rule files.")
                    @Nullable Path folder) {
        RuleCatalogue rules = rules(Optional.ofNullable(folder));
        long sweeps = rules.all().stream().filter(r -> r.sweep().isPresent()).count();
        int conditions =
                rules.all().stream().mapToInt(r -> r.conditions().size()).sum();
        System.out.printf(
                "%d rules, %d conditions on readings, %d sweeps: nothing wrong%n",
                rules.all().size(), conditions, sweeps);
        return 0;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Prints the rules as CSV.")
    int list() {
        CsvOutput csv = new CsvOutput(System.out);
        csv.row(
                "rule",
                "version",
                "severity",
                "dispatch",
                "subject",
                "asks",
                "title_zh",
                "title_en",
                "source",
                "clause_zh",
                "clause",
                "mark");
        for (Rule rule : rules(Optional.empty()).all()) {
            csv.row(
                    rule.name(),
                    Integer.toString(rule.version()),
                    rule.severity().name(),
                    rule.dispatchClass(),
                    rule.subject().name(),
                    rule.sweep()
                            .map(s -> "every " + s.every().toSeconds() + "s")
                            .orElseGet(() -> rule.conditions().stream()
                                    .map(Condition::stream)
                                    .distinct()
                                    .collect(Collectors.joining(" "))),
                    rule.title().zh(),
                    rule.title().en(),
                    rule.source(),
                    rule.clause().zh(),
                    rule.clause().en(),
                    rule.mark().word());
        }
        return 0;
    }

    @Command(
            name = "try",
            mixinStandardHelpOptions = true,
            description =
                    "Plays readings through the rules and prints as CSV what would have been found and when it would have been over."
                            + " Changes nothing. From a file, one JSON object a line: equipment, stream, time and the fields, and"
                            + " facts as an object where the register would know something; or from the database with --from.")
    int tryOut(
            @Parameters(arity = "0..1", paramLabel = "FILE", description = "The file of readings; - is standard input.")
                    @Nullable Path file,
            @Option(
                            names = "--from",
                            paramLabel = "TIME",
                            description = "Stored readings from this moment, such as 2026-11-22T08:00:00+08:00.")
                    @Nullable String from,
            @Option(names = "--until", paramLabel = "TIME", description = "Until this moment; default now.") @Nullable String until,
            @Option(names = "--equipment", paramLabel = "CODE", description = "Only this machine's stored readings.")
                    @Nullable String equipment,
            @Option(names = "--rule", paramLabel = "RULE", description = "Only what this rule finds.") @Nullable String rule,
            @Option(names = "--folder", paramLabel = "FOLDER", description = "A further folder of rule files.")
                    @Nullable Path folder)
            throws IOException {
        if ((file == null) == (from == null)) {
            throw new CommandException("give either a file of readings or --from for stored ones");
        }
        StreamCatalogue streams = streams();
        RuleCatalogue rules = rules(Optional.ofNullable(folder));
        if (rule != null && rules.rule(rule).isEmpty()) {
            throw new CommandException("no rule '" + rule + "'; bin/tean rules list names them");
        }
        Trial trial = new Trial(rules, streams);
        Optional<ReadingsFile> readings =
                file == null ? Optional.empty() : Optional.of(ReadingsFile.read(file, streams));
        CsvOutput csv = new CsvOutput(System.out);
        csv.row("time", "equipment", "rule", "severity", "what", "seen");
        Print print = new Print(csv, Optional.ofNullable(rule));
        if (readings.isPresent()) {
            ReadingsFile played = readings.get();
            print.all(
                    trial.play(played.readings(), played::facts, played.last().plus(RUN_ON)),
                    e -> played.codes().getOrDefault(e.equipmentId(), ""));
        } else {
            Instant begin = time("--from", String.valueOf(from));
            Instant end = until == null ? Instant.now() : time("--until", until);
            try (HikariDataSource database = Tean.database()) {
                int played = new History(database, streams, trial)
                        .play(
                                Optional.ofNullable(equipment),
                                begin,
                                end,
                                (code, events) -> print.all(events, e -> code));
                if (played == 0 && equipment != null) {
                    throw new CommandException(
                            "no equipment '" + equipment + "' in the register; bin/tean equipment list names them");
                }
            }
        }
        System.err.println(print.found + " findings, " + print.over + " times over");
        return 0;
    }

    private static final class Print {
        private final CsvOutput csv;
        private final Optional<String> rule;
        private int found;
        private int over;

        Print(CsvOutput csv, Optional<String> rule) {
            this.csv = csv;
            this.rule = rule;
        }

        void all(List<Trial.Event> events, Function<Trial.Event, String> code) {
            for (Trial.Event event : events) {
                if (rule.isPresent() && !rule.get().equals(event.rule().name())) {
                    continue;
                }
                found += event.over() ? 0 : 1;
                over += event.over() ? 1 : 0;
                csv.row(
                        event.at().toString(),
                        code.apply(event),
                        event.rule().name(),
                        event.rule().severity().name(),
                        event.over() ? "over" : event.byClock() ? "found, by the clock" : "found",
                        event.seen().entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .collect(Collectors.joining(" ")));
            }
        }
    }

    private static Instant time(String option, String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new CommandException(
                    option + " is '" + text + "', not a time with zone such as 2026-11-22T08:00:00+08:00");
        }
    }

    private static RuleCatalogue rules(Optional<Path> folder) {
        List<Path> folders =
                new ArrayList<>(settings().flatMap(s -> s.alerting().rules()).orElse(List.of()));
        folder.ifPresent(folders::add);
        return RuleCatalogue.load(streams(), folders);
    }

    private static StreamCatalogue streams() {
        return settings().map(Tean::catalogue).orElseGet(StreamCatalogue::builtIn);
    }

    /** Rules can be written where no service is set up: then only what Tean brings along is beside them. */
    private static Optional<TeanSettings> settings() {
        return System.getenv("TEAN_DB_URL") == null && System.getenv("TEAN_CONFIG") == null
                ? Optional.empty()
                : Optional.of(Tean.settings());
    }
}
