package io.tean.app.bench;

import io.tean.app.alerts.Comparison;
import io.tean.app.alerts.DayPlayer;
import io.tean.app.alerts.ScriptedDay;
import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.LatencyLog;
import io.tean.app.load.LoadStreams;
import io.tean.app.load.Login;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Whether every fault of a scripted day becomes one alert; how long an emergency takes to somebody who waits for it while the rules
 * judge a city's load; and what the rules cost. For the last, the very same readings are published under the name that the rules
 * judge and under one that no rule knows, in turns: nothing but the rules differs.
 */
final class Alerts {
    private static final int MACHINES = 2_000;
    private static final Duration STEP = Duration.ofMinutes(5);
    private static final int LOAD_MACHINES = Spine.CONNECTIONS;
    private static final int LOAD_WINDOW = 100;
    private static final double OFFERED = 20_000;
    private static final double EMERGENCIES_A_SECOND = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int JUDGED = 0;
    private static final int UNJUDGED = 1;

    private final int seconds;
    private final int rounds;
    private final PrintStream progress;
    private final List<String> problems = new ArrayList<>();
    private final List<Double> dayRates = new ArrayList<>();
    private final List<Double> judged = new ArrayList<>();
    private final List<Double> unjudged = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> sustained = new ArrayList<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();

    Alerts(int seconds, int rounds, PrintStream progress) {
        this.seconds = seconds;
        this.rounds = rounds;
        this.progress = progress;
    }

    Outcome measure() throws SQLException {
        int emergencies = (int) (seconds * EMERGENCIES_A_SECOND);
        List<String> categories = new ArrayList<>(ScriptedDay.categories(MACHINES));
        categories.addAll(Collections.nCopies(LOAD_MACHINES + (rounds + 1) * emergencies, "elevator"));
        progress.println("setting up a database and " + categories.size() + " devices");
        Tally tally = new Tally();
        try (House house = new House("bench-alerts", categories, Map.of(), ScriptedDay.preparation(MACHINES))) {
            Comparison comparison = playDay(house);
            List<Login> rest = house.logins().subList(MACHINES, house.logins().size());
            try (Connection connection = house.database().connect();
                    Subscriber subscriber = new Subscriber(house.database().connect());
                    Fleet fleet = new Fleet(
                            house.mqtt(),
                            loadTerminals(rest.subList(0, LOAD_MACHINES)),
                            Feed.silence(),
                            Recorder.NONE)) {
                fleet.awaitOnline(LOAD_MACHINES, PATIENCE);
                Load withRules = new Load(fleet, connection, "elevator_status", tally);
                Load without = new Load(fleet, connection, "unjudged_status", tally);
                Load.empty(connection, "boiler_status");
                Load.empty(connection, "cylinder_fill");
                for (int round = 0; round <= rounds; round++) {
                    int from = LOAD_MACHINES + round * emergencies;
                    round(round, withRules, without, house, rest.subList(from, from + emergencies), subscriber);
                }
            }
            return outcome(comparison, tally);
        }
    }

    private Outcome outcome(Comparison comparison, Tally tally) {
        return new Outcome(
                List.of(
                        Figure.of("missed", "faults without an alert", 0, List.of((double)
                                        comparison.missed().size()))
                                .atMost(0),
                        Figure.of("false", "alerts of no fault", 0, List.of((double)
                                        comparison.unfounded().size()))
                                .atMost(0),
                        Figure.of("doubled", "faults with more than one", 0, List.of((double)
                                        comparison.doubled().size()))
                                .atMost(0),
                        Figure.of("alert_p50_ms", "ms from PUBLISH to a subscriber", 1, p50),
                        Figure.of("alert_p99_ms", "ms", 1, p99).atMost(200),
                        Figure.of("ratio_with_rules", "of the rate without rules, round by round", 2, ratios)
                                .atLeast(0.5),
                        Figure.of("judged_per_s", "messages/s that all rules judge", 0, judged),
                        Figure.of("unjudged_per_s", "messages/s that none judges", 0, unjudged),
                        Figure.of("beside_alerts_per_s", "messages/s while emergencies were timed", 0, sustained),
                        Figure.of("day_per_s", "messages/s of the scripted day", 0, dayRates)),
                tally,
                problems);
    }

    private Comparison playDay(House house) throws SQLException {
        Instant start = Instant.now();
        ScriptedDay day = new ScriptedDay(
                house.logins().subList(0, MACHINES), start.minus(Duration.ofMinutes(30)), Duration.ofDays(1), STEP, 5);
        day.writeTruth(house.folder().resolve("ground-truth.csv"));
        progress.printf(
                Locale.ROOT,
                "a day of %,d machines: %,d messages, %d stories%n",
                MACHINES,
                day.messages(),
                day.faults().size());
        long acknowledged = new DayPlayer(house, day, STEP).play((step, steps) -> {
            if (step % 50 == 0) {
                progress.println("  step " + step + " of " + steps);
            }
        });
        dayRates.add(acknowledged / (Duration.between(start, Instant.now()).toMillis() / 1_000.0));
        Comparison comparison = Comparison.of(house, day);
        DayPlayer.stopClock(house);
        progress.print(comparison.report());
        return comparison;
    }

    private void round(
            int round, Load withRules, Load without, House house, List<Login> emergencies, Subscriber subscriber)
            throws SQLException {
        // Whoever is second finds a busier server: they take turns in that as well.
        boolean rulesFirst = round % 2 == 1;
        double first = rate(rulesFirst ? withRules : without, rulesFirst ? JUDGED : UNJUDGED);
        double second = rate(rulesFirst ? without : withRules, rulesFirst ? UNJUDGED : JUDGED);
        double rules = rulesFirst ? first : second;
        double none = rulesFirst ? second : first;
        withRules.empty();
        LatencyLog latencies = emergencies(withRules, house, emergencies, subscriber, round > 0);
        if (round > 0) {
            judged.add(rules);
            unjudged.add(none);
            ratios.add(rules / none);
            p50.add(latencies.millis(0.50));
            p99.add(latencies.millis(0.99));
        }
        progress.printf(
                Locale.ROOT,
                "%s: judged %,.0f/s, unjudged %,.0f/s (%.2f); %d emergencies seen, p50 %.1f ms, p99 %.1f ms%n",
                round == 0 ? "warm-up" : "round " + round,
                rules,
                none,
                rules / none,
                latencies.count(),
                latencies.millis(0.50),
                latencies.millis(0.99));
    }

    private double rate(Load load, int shape) throws SQLException {
        load.empty();
        load.fleet().feed(running(shape));
        load.start(new Pace.Full());
        Pauses.millis(1_000L * Spine.WARM_UP_SECONDS);
        double rate = during(load.fleet(), () -> Pauses.millis(1_000L * seconds));
        load.stop();
        return rate;
    }

    private LatencyLog emergencies(Load load, House house, List<Login> logins, Subscriber subscriber, boolean counts)
            throws SQLException {
        load.fleet().feed(running(JUDGED));
        load.start(new Pace.Steady(OFFERED));
        List<Terminal> terminals = IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(i, logins.get(i), 1, null, List.of(LoadStreams.ENTRAPMENT)))
                .toList();
        try (Fleet criers = new Fleet(house.mqtt(), terminals, Feed.once(terminals.size()), subscriber)) {
            criers.awaitOnline(terminals.size(), PATIENCE);
            Pauses.millis(1_000L * Spine.WARM_UP_SECONDS);
            subscriber.cut();
            double rate = during(load.fleet(), () -> {
                criers.pace(new Pace.Steady(EMERGENCIES_A_SECOND));
                criers.awaitAcknowledged(
                        terminals.size(), Duration.ofSeconds(seconds).plus(PATIENCE));
            });
            if (counts) {
                sustained.add(rate);
            }
            int missing = subscriber.awaitAll(PATIENCE);
            if (missing > 0) {
                problems.add(missing + " emergencies were not seen within " + PATIENCE.toSeconds() + " s");
            }
        }
        load.stop();
        return subscriber.cut();
    }

    private static double during(Fleet fleet, Runnable what) {
        long before = fleet.acknowledged();
        long start = System.nanoTime();
        what.run();
        return (fleet.acknowledged() - before) / ((System.nanoTime() - start) / 1e9);
    }

    private static List<Terminal> loadTerminals(List<Login> logins) {
        return IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(
                        i,
                        logins.get(i),
                        LOAD_WINDOW,
                        null,
                        List.of(LoadStreams.ELEVATOR_STATUS, LoadStreams.UNJUDGED_STATUS)))
                .toList();
    }

    private static Feed running(int shape) {
        return (terminal, draft) -> {
            draft.message(shape, terminal.newNumber(), terminal.newTime(draft.nowMicros()));
            return true;
        };
    }
}
