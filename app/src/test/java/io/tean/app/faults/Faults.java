package io.tean.app.faults;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/** The command {@code bin/faults}. */
final class Faults {
    private static final String USAGE = """
            bin/faults [--rounds N] [--seed N] [--short] [NAME...]

              --rounds  how often each scenario is played, at other moments each time (20)
              --seed    plays the moments of an earlier run again
              --short   pauses and outages of seconds, as in bin/verify
              NAME      the scenarios to play (all): %s

            A database, a service and a load of their own are started. After each play: nothing acknowledged is missing, nothing is
            stored twice, memory stayed bounded, and the service recovered by itself. What it said, and the journal of a play that
            went wrong, are in app/target/faults.
            """.formatted(String.join(
            ", ", List.of(Scenario.values()).stream().map(Scenario::word).toList()));

    private int rounds = 20;
    private long seed = new SplittableRandom().nextLong(1, 1_000_000_000);
    private Lengths lengths = Lengths.LONG;
    private final List<Scenario> scenarios = new ArrayList<>();

    private Faults() {}

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        Faults faults = new Faults();
        try {
            if (!faults.read(new ArrayDeque<>(List.of(arguments)))) {
                out.print(USAGE);
                return;
            }
        } catch (IllegalArgumentException e) {
            System.err.println("faults: " + e.getMessage());
            System.exit(2);
        }
        System.exit(faults.play(out) ? 0 : 1);
    }

    private boolean read(Deque<String> arguments) {
        while (!arguments.isEmpty()) {
            String word = arguments.pop();
            switch (word) {
                case "--rounds" -> rounds = (int) number(word, arguments);
                case "--seed" -> seed = number(word, arguments);
                case "--short" -> lengths = Lengths.SHORT;
                case "-h", "--help" -> {
                    return false;
                }
                default -> scenarios.add(Scenario.of(word));
            }
        }
        if (scenarios.isEmpty()) {
            scenarios.addAll(List.of(Scenario.values()));
        }
        return true;
    }

    private static long number(String word, Deque<String> arguments) {
        if (arguments.isEmpty() || !arguments.peek().matches("[1-9]\\d{0,8}")) {
            throw new IllegalArgumentException(word + " needs a whole number from 1, such as " + word + " 3");
        }
        return Long.parseLong(arguments.pop());
    }

    private boolean play(PrintStream out) {
        out.println("seed " + seed + " (bin/faults --seed " + seed + " plays the same moments)");
        int bad = 0;
        int played = 0;
        try (Theatre theatre = new Theatre("faults", rounds * scenarios.size(), lengths, seed)) {
            for (int round = 1; round <= rounds; round++) {
                for (Scenario scenario : scenarios) {
                    Theatre.Outcome outcome = theatre.play(scenario);
                    played++;
                    bad += outcome.good() ? 0 : 1;
                    tell(out, round, outcome);
                }
            }
        }
        out.printf(
                "%d of %d plays went well%s%n",
                played - bad, played, bad == 0 ? "" : "; journals and the service's log are in app/target/faults");
        return bad == 0;
    }

    private void tell(PrintStream out, int round, Theatre.Outcome outcome) {
        out.printf(
                Locale.ROOT,
                "%-15s %2d/%d  %s  %,9d acknowledged, %d MiB  %s%n",
                outcome.scenario().word(),
                round,
                rounds,
                outcome.good() ? "good" : "BAD ",
                outcome.acknowledged(),
                outcome.rssMib(),
                String.join("; ", outcome.notes()));
        outcome.problems().forEach(p -> out.println("    " + p));
    }
}
