package io.tean.app.faults;

import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.Login;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** One round of one scenario: a fleet of its own, its ledger, and the list of what went wrong. */
final class Stage implements AutoCloseable {
    static final int MACHINES = 40;
    private static final int WINDOW = 50;
    /** What the database may take to come back, the service to notice, and a backlog to drain: generous. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static final Duration UNREADY_WITHIN = Duration.ofSeconds(10);
    /** Commits of the last moment may still be told; their PUBACKs are on the way. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private static final long MOST_RSS_MIB = 512;

    private final House house;
    private final Scenario scenario;
    private final Random random;
    private final Lengths lengths;
    private final Check check;
    private final Ledger ledger;
    private final Fleet fleet;
    private final Watch watch;
    private final long logFrom;
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private long servicePid;

    Stage(House house, Scenario scenario, List<Login> logins, Random random, Lengths lengths, Check check) {
        this.house = house;
        this.scenario = scenario;
        this.random = random;
        this.lengths = lengths;
        this.check = check;
        List<Terminal> terminals = IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(i, logins.get(i), WINDOW, null, scenario.shapes()))
                .toList();
        Path journal = house.folder().resolve("journal-" + scenario.word() + ".txt");
        this.ledger = new Ledger(terminals, scenario.shapes(), journal);
        this.fleet = new Fleet(house.mqtt(), terminals, Feed.silence(), ledger);
        this.watch = new Watch(house);
        this.logFrom = size(house.log());
        this.servicePid = house.service().pid();
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot look at " + file, e);
        }
    }

    House house() {
        return house;
    }

    Random random() {
        return random;
    }

    Lengths lengths() {
        return lengths;
    }

    Ledger ledger() {
        return ledger;
    }

    void note(String what) {
        notes.add(what);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    long acknowledged() {
        return fleet.acknowledged();
    }

    long highestRssMib() {
        return watch.highestRssMib();
    }

    /**
     * Plays the scenario and compares.
     *
     * @param sabotage SQL between the two, which proves that the comparison finds what is wrong
     * @return what is wrong, one line each
     */
    List<String> run(List<String> sabotage) {
        try {
            playAndCompare(sabotage);
        } catch (IllegalStateException e) {
            problems.add("the play broke off: " + e.getMessage());
        }
        return List.copyOf(problems);
    }

    private void playAndCompare(List<String> sabotage) {
        fleet.awaitOnline(ledger.terminals().size(), PATIENCE);
        fleet.feed(scenario.feed(this));
        scenario.play(this);
        drain();
        sabotage.forEach(this::execute);
        problems.addAll(check.problems(ledger));
        if (!house.service().isAlive() || house.service().pid() != servicePid) {
            problems.add("the service is not the process that it was");
        }
        if (watch.highestRssMib() > MOST_RSS_MIB) {
            problems.add("the service took " + watch.highestRssMib() + " MiB of memory, more than " + MOST_RSS_MIB);
        }
        errorsInTheLog();
    }

    private void execute(String sql) {
        try (Connection connection = house.database().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute " + sql + ": " + e.getMessage(), e);
        }
    }

    /** Until some random moment under full load. */
    void loadForAMoment() {
        fleet.pace(scenario.pace());
        if (!fleet.awaitAcknowledged(1, PATIENCE)) {
            problems.add("nothing is acknowledged before the fault");
        }
        long most = lengths.load().toMillis();
        Pauses.millis(most / 4 + random.nextLong(most));
    }

    /** Publishing must be possible again by itself. */
    void loadGoesOn() {
        if (!fleet.awaitAcknowledged(1_000, PATIENCE)) {
            problems.add("nothing is acknowledged any more " + PATIENCE.toSeconds() + " s after the fault");
        }
        Pauses.millis(lengths.load().toMillis() / 2);
    }

    /** Publishes nothing new; everything under way must be acknowledged. */
    void drain() {
        long left = fleet.drain(PATIENCE);
        if (left > 0) {
            problems.add(
                    left + " messages are still not acknowledged " + PATIENCE.toSeconds() + " s after the load ended");
        }
    }

    void killService() {
        house.service().kill();
        house.startServiceAgain();
        servicePid = house.service().pid();
    }

    void noneAcknowledgedDuring(Duration time) {
        Pauses.millis(GRACE.toMillis());
        long before = fleet.acknowledged();
        Pauses.millis(Math.max(500, time.minus(GRACE).toMillis()));
        long early = fleet.acknowledged() - before;
        if (early > 0) {
            problems.add(early + " messages were acknowledged while the database was away");
        }
    }

    void mustBecomeUnready() {
        if (!watch.sees(false, UNREADY_WITHIN)) {
            problems.add(
                    "/health/ready still says yes " + UNREADY_WITHIN.toSeconds() + " s after the database has gone");
        }
    }

    void mustBecomeReady() {
        if (!watch.sees(true, PATIENCE)) {
            problems.add(
                    "/health/ready does not say yes again " + PATIENCE.toSeconds() + " s after the database is back");
        }
    }

    /** Publishes what the feed has, to its end. */
    void publishAll(Feed feed, long messages) {
        fleet.feed(feed);
        fleet.pace(new Pace.Full());
        if (!fleet.awaitAcknowledged(messages, PATIENCE)) {
            problems.add("not all of " + messages + " messages are acknowledged after " + PATIENCE.toSeconds() + " s");
        }
        drain();
    }

    /** Publishes everything once more: every message must be acknowledged, and no row may come or go. */
    void replayChangesNothing() {
        String before = check.census(ledger);
        publishAll(Feeds.replay(ledger), ledger.count());
        String after = check.census(ledger);
        note("census " + after);
        if (!after.equals(before)) {
            problems.add("a replay changed the rows: " + before + " before, " + after + " after");
        }
    }

    void alertsMustFit() {
        problems.addAll(check.alertProblems(ledger));
    }

    private void errorsInTheLog() {
        try (var in = Files.newInputStream(house.log())) {
            in.skipNBytes(logFrom);
            String said = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            said.lines()
                    .filter(line -> line.matches("\\S+ ERROR .*"))
                    .filter(line -> !AllowedErrors.allows(line))
                    .limit(3)
                    .forEach(line -> problems.add("the service's log says: " + line));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + house.log(), e);
        }
    }

    @Override
    public void close() {
        fleet.close();
        watch.close();
        ledger.close();
        if (problems.isEmpty()) {
            try {
                Files.deleteIfExists(ledger.file());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot delete " + ledger.file(), e);
            }
        }
    }
}
