package io.tean.app.bench;

import io.tean.app.bench.Visitors.Served;
import io.tean.app.bench.Visitors.Visit;
import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Processes;
import io.tean.app.load.Recorder;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * People at the pages beside devices that publish as fast as they are acknowledged. Each round measures the devices alone, then the
 * people alone, then both, so that what one costs the other can be told.
 */
final class Door {
    private final int seconds;
    private final int rounds;
    private final PrintStream progress;

    private final List<Double> logins = new ArrayList<>();
    private final List<Double> loginsQuiet = new ArrayList<>();
    private final List<Double> loginRatios = new ArrayList<>();
    private final List<Double> pages = new ArrayList<>();
    private final List<Double> pagesQuiet = new ArrayList<>();
    private final List<Double> pageRatios = new ArrayList<>();
    private final List<Double> streams = new ArrayList<>();
    private final List<Double> silences = new ArrayList<>();
    private final List<Double> alone = new ArrayList<>();
    private final List<Double> beside = new ArrayList<>();
    private final List<Double> ingestRatios = new ArrayList<>();
    private final List<Double> refused = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> rss = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();

    Door(int seconds, int rounds, PrintStream progress) {
        this.seconds = seconds;
        this.rounds = rounds;
        this.progress = progress;
    }

    /** What the devices got acknowledged in a second, and the most memory that the service had meanwhile. */
    private record Ingested(double perSecond, double rssMib) {}

    Outcome measure() throws SQLException {
        progress.println(
                "setting up a database, " + Spine.CONNECTIONS + " devices and " + Visitors.ACCOUNTS + " accounts");
        Tally tally = new Tally();
        try (House house = new House("bench", Spine.CONNECTIONS);
                Connection connection = house.database().connect();
                Visitors visitors = new Visitors(house);
                Fleet fleet = new Fleet(house.mqtt(), Spine.terminals(house.logins()), Feed.live(), Recorder.NONE)) {
            progress.println("pages: " + String.join(", ", visitors.pages()));
            fleet.awaitOnline(Spine.CONNECTIONS, Duration.ofSeconds(30));
            Load load = new Load(fleet, connection, Spine.stream(house).table(), tally);
            // Round 0 warms up everything, the JIT above all, and does not count.
            for (int round = 0; round <= rounds; round++) {
                round(round, house, load, visitors);
            }
        }
        return new Outcome(figures(), tally, problems);
    }

    private List<Figure> figures() {
        return List.of(
                Figure.of("login_p95_ms", "ms from POST /login to its answer, beside full ingest", 0, logins),
                Figure.of("login_p95_ms_quiet", "ms without ingest", 0, loginsQuiet),
                Figure.of("login_ratio", "of the two, round by round", 1, loginRatios),
                Figure.of("page_p95_ms", "ms from GET to the end of the page, beside full ingest", 1, pages),
                Figure.of("page_p95_ms_quiet", "ms without ingest", 1, pagesQuiet),
                Figure.of("page_ratio", "of the two, round by round", 1, pageRatios),
                Figure.of("streams_open", "streams that were open and told until the end", 0, streams)
                        .atLeast(Visitors.TABS),
                Figure.of("stream_silence_s", "s, the longest that any of them heard nothing", 1, silences)
                        .atMost(Served.LONGEST_SILENCE),
                Figure.of("refused", "logins and pages that were not served, with ingest and without", 0, refused)
                        .atMost(0),
                Figure.of("ingest_alone_per_s", "messages/s stored and acknowledged, nobody at the pages", 0, alone),
                Figure.of("ingest_beside_per_s", "messages/s beside streams, logins and pages", 0, beside),
                Figure.of("ingest_ratio", "of the two, round by round", 2, ingestRatios),
                Figure.of("people_cpu_cores", "cores that the service needs for the people alone", 2, cpu),
                Figure.of("rss_mib", "MiB of the service, highest under both loads", 0, rss)
                        .atMost(512));
    }

    private void round(int round, House house, Load load, Visitors visitors) throws SQLException {
        load.empty();
        load.start(new Pace.Full());
        warmUp();
        Ingested devicesAlone = ingested(house, load.fleet());
        load.stop();
        load.empty();
        try (Visit visit = visitors.visit()) {
            warmUp();
            visit.cut();
            double cpuBefore = Processes.cpuSeconds(house.service().pid());
            Pauses.millis(1_000L * seconds);
            Served quiet = visit.cut();
            double cores = (Processes.cpuSeconds(house.service().pid()) - cpuBefore) / seconds;
            load.start(new Pace.Full());
            warmUp();
            visit.cut();
            Ingested both = ingested(house, load.fleet());
            Served busy = visit.cut();
            load.stop();
            say(round, devicesAlone, both, quiet, busy);
            if (round > 0) {
                note(devicesAlone, both, quiet, busy);
                cpu.add(cores);
            }
        }
    }

    private static void warmUp() {
        Pauses.millis(1_000L * Spine.WARM_UP_SECONDS);
    }

    private Ingested ingested(House house, Fleet fleet) {
        long pid = house.service().pid();
        long before = fleet.acknowledged();
        long start = System.nanoTime();
        long highestRss = 0;
        for (int i = 0; i < seconds * 5; i++) {
            Pauses.millis(200);
            highestRss = Math.max(highestRss, Processes.rssKib(pid));
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        return new Ingested((fleet.acknowledged() - before) / elapsed, highestRss / 1024.0);
    }

    private void note(Ingested devicesAlone, Ingested both, Served quiet, Served busy) {
        compare(busy.logins().p95(), quiet.logins().p95(), logins, loginsQuiet, loginRatios);
        compare(busy.pages().p95(), quiet.pages().p95(), pages, pagesQuiet, pageRatios);
        streams.add((double) busy.streams());
        silences.add(busy.silence());
        refused.add((double) (quiet.refused() + busy.refused()));
        alone.add(devicesAlone.perSecond());
        beside.add(both.perSecond());
        ingestRatios.add(both.perSecond() / devicesAlone.perSecond());
        rss.add(both.rssMib());
    }

    /** Where nobody was served there is no time to note; it is among the problems already. */
    private static void compare(
            double busy, double quiet, List<Double> busyOnes, List<Double> quietOnes, List<Double> ratios) {
        if (!Double.isNaN(busy) && !Double.isNaN(quiet)) {
            busyOnes.add(busy);
            quietOnes.add(quiet);
            ratios.add(busy / quiet);
        }
    }

    private void say(int round, Ingested devicesAlone, Ingested both, Served quiet, Served busy) {
        String name = round == 0 ? "warm-up" : "round " + round;
        progress.printf(
                Locale.ROOT,
                "%s: ingest %,.0f/s alone, %,.0f/s beside people; login p95 %.0f ms quiet, %.0f ms beside ingest (%d);"
                        + " page p95 %.1f ms quiet, %.1f ms beside ingest (%d); %d streams%n",
                name,
                devicesAlone.perSecond(),
                both.perSecond(),
                quiet.logins().p95(),
                busy.logins().p95(),
                busy.logins().latencies().count(),
                quiet.pages().p95(),
                busy.pages().p95(),
                busy.pages().latencies().count(),
                busy.streams());
        for (Served served : List.of(quiet, busy)) {
            for (String problem : served.problems()) {
                String line = name + (served.equals(quiet) ? ", quiet: " : ", beside ingest: ") + problem;
                if (round == 0) {
                    progress.println(line);
                } else {
                    problems.add(line);
                }
            }
        }
    }
}
