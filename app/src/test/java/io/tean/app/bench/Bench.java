package io.tean.app.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The command {@code bin/bench}. */
final class Bench {
    private static final String USAGE = """
            bin/bench [spine | door | register | alerts | dispatch | console] [--json FILE] [--seconds N] [--rounds N] [--idle N]
                      [--readings N]

              spine       PUBLISH to PUBACK against raw COPY: rates, latencies, memory, CPU (the default)
              door        500 event streams, logins and pages beside full ingest, and each without the other
              register    a file of a million rows, and rates and lists of a city of a million machines
              alerts      a scripted day of 2,000 machines with known faults; emergencies to a subscriber; what the rules cost
              dispatch    an entrapment to 50 open boards and to the firm's server, beside 20,000 readings/s
              console     every page, the API and a chart over a year in a city of a million machines, beside 5,000 readings/s

              --json      also write the medians and the spread into FILE
              --seconds   length of each measurement (10)
              --rounds    rounds that count, behind one that warms up (5)
              --idle      connections that spine holds to measure their memory (10000); 0 leaves that out
              --readings  that the city of console has from its last year (100000000); it is made once and kept
            """;

    private @Nullable Path json;
    private int seconds = 10;
    private int rounds = 5;
    private int idle = 10_000;
    private boolean door;
    private boolean register;
    private boolean alerts;
    private boolean dispatch;
    private boolean console;
    private int readings = 100_000_000;

    private Bench() {}

    public static void main(String[] arguments) throws IOException, SQLException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Bench bench = new Bench();
        try {
            if (!bench.read(new ArrayDeque<>(List.of(arguments)))) {
                out.print(USAGE);
                return;
            }
        } catch (IllegalArgumentException e) {
            System.err.println("bench: " + e.getMessage());
            System.exit(2);
        }
        Outcome outcome = bench.measure(out);
        bench.report(outcome, out);
        System.exit(outcome.complete() ? 0 : 1);
    }

    private Outcome measure(PrintStream out) throws IOException, SQLException {
        if (register) {
            return new Archive(rounds, out).measure();
        }
        if (alerts) {
            return new Alerts(seconds, rounds, out).measure();
        }
        if (dispatch) {
            return new Dispatch(seconds, rounds, out).measure();
        }
        if (console) {
            return new Console(rounds, readings, out).measure();
        }
        return door ? new Door(seconds, rounds, out).measure() : new Spine(seconds, rounds, idle, out).measure();
    }

    private boolean read(Deque<String> arguments) {
        while (!arguments.isEmpty()) {
            String word = arguments.pop();
            switch (word) {
                case "spine" -> door = false;
                case "door" -> door = true;
                case "register" -> register = true;
                case "alerts" -> alerts = true;
                case "dispatch" -> dispatch = true;
                case "console" -> console = true;
                case "--readings" -> readings = number(word, arguments, 1_000_000);
                case "--json" -> json = Path.of(value(word, arguments));
                case "--seconds" -> seconds = number(word, arguments, 1);
                case "--rounds" -> rounds = number(word, arguments, 1);
                case "--idle" -> idle = number(word, arguments, 0);
                case "-h", "--help" -> {
                    return false;
                }
                default -> throw new IllegalArgumentException("there is no '" + word + "'; there are:\n" + USAGE);
            }
        }
        return true;
    }

    private static String value(String word, Deque<String> arguments) {
        if (arguments.isEmpty()) {
            throw new IllegalArgumentException(word + " needs a value; see bin/bench --help");
        }
        return arguments.pop();
    }

    private static int number(String word, Deque<String> arguments, int least) {
        String value = value(word, arguments);
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) < least) {
            throw new IllegalArgumentException(
                    word + " is '" + value + "': a whole number from " + least + " is needed");
        }
        return Integer.parseInt(value);
    }

    private void report(Outcome outcome, PrintStream out) throws IOException {
        List<Figure> figures =
                outcome.figures().stream().filter(f -> !f.values().isEmpty()).toList();
        out.println();
        out.printf("%-28s %10s   %s%n", "", "median", "lowest to highest");
        figures.forEach(f -> out.println(f.row()));
        if (json != null) {
            Files.writeString(json, json(figures, outcome));
        }
        out.println();
        if (!register) {
            out.printf(
                    Locale.ROOT,
                    "acknowledged %,d messages, found %,d rows: %s%n",
                    outcome.tally().acknowledged(),
                    outcome.tally().rows(),
                    outcome.tally().complete() ? "the same" : "NOT THE SAME");
        }
        outcome.problems().forEach(out::println);
        out.println(figures.stream()
                .filter(Figure::hasAim)
                .map(Figure::verdict)
                .collect(Collectors.joining(", ", "measured against aim: ", "")));
    }

    private String json(List<Figure> figures, Outcome outcome) {
        String medians = figures.stream()
                .map(f -> "  \"%s\": %s,%n".formatted(f.key(), f.number(f.median())))
                .collect(Collectors.joining());
        String spread = figures.stream()
                .map(f -> "    \"%s\": [%s, %s]".formatted(f.key(), f.number(f.lowest()), f.number(f.highest())))
                .collect(Collectors.joining(",\n", "  \"spread\": {\n", "\n  },\n"));
        return "{\n" + medians + spread
                + "  \"acknowledged\": %d,%n  \"rows\": %d,%n  \"seconds\": %d,%n  \"rounds\": %d,%n  \"processors\": %d%n}%n"
                        .formatted(
                                outcome.tally().acknowledged(),
                                outcome.tally().rows(),
                                seconds,
                                rounds,
                                Runtime.getRuntime().availableProcessors());
    }
}
