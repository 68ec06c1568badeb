package io.tean.app.bench;

import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.LatencyLog;
import io.tean.app.load.LoadStreams;
import io.tean.app.load.Login;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Processes;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The way from a PUBLISH to its PUBACK, against raw COPY of the same rows into the same table. The two are measured in turns, on a
 * table that is empty and a server that has just written its checkpoint, so that every round is alike.
 */
final class Spine {
    static final int CONNECTIONS = 100;
    private static final int WINDOW = 100;
    static final int WARM_UP_SECONDS = 2;
    private static final int IDLE_A_SOURCE = 4_000;

    private final int seconds;
    private final int rounds;
    private final int idle;
    private final PrintStream progress;

    private final List<Double> copied = new ArrayList<>();
    private final List<Double> stored = new ArrayList<>();
    private final List<Double> ratios = new ArrayList<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private final List<Double> rss = new ArrayList<>();
    private final List<Double> cpu = new ArrayList<>();
    private final List<Double> generatorCpu = new ArrayList<>();
    private final List<Double> idleKib = new ArrayList<>();
    private final List<Double> idleHeapKib = new ArrayList<>();

    Spine(int seconds, int rounds, int idle, PrintStream progress) {
        this.seconds = seconds;
        this.rounds = rounds;
        this.idle = idle;
        this.progress = progress;
    }

    Outcome measure() throws SQLException {
        progress.println("setting up a database and " + Math.max(CONNECTIONS, idle) + " devices");
        Tally tally = new Tally();
        try (House house = new House("bench", Math.max(CONNECTIONS, idle));
                Connection connection = house.database().connect()) {
            StreamDeclaration stream = stream(house);
            List<Login> logins = house.logins().subList(0, CONNECTIONS);
            List<String> codes = logins.stream().map(Login::equipment).toList();
            RawCopy raw = new RawCopy(stream, codes, equipmentIds(connection, codes));
            try (Fleet fleet = new Fleet(house.mqtt(), terminals(logins), Feed.live(), Recorder.NONE)) {
                fleet.awaitOnline(CONNECTIONS, Duration.ofSeconds(30));
                // Round 0 warms up both sides, the JIT above all, and does not count.
                for (int round = 0; round <= rounds; round++) {
                    round(round, house, connection, raw, new Load(fleet, connection, stream.table(), tally));
                }
            }
            Load.empty(connection, stream.table());
            idleConnections(house);
        }
        return new Outcome(
                List.of(
                        Figure.of("copy_rows_per_s", "rows/s by raw COPY, the limit", 0, copied),
                        Figure.of("stored_per_s", "messages/s published, stored and acknowledged", 0, stored),
                        Figure.of("ratio", "of the limit, round by round", 2, ratios)
                                .atLeast(0.6),
                        Figure.of("puback_p50_ms", "ms from PUBLISH to PUBACK at half of that rate", 1, p50),
                        Figure.of("puback_p99_ms", "ms", 1, p99).atMost(250),
                        Figure.of("rss_mib", "MiB of the service, highest under full load", 0, rss)
                                .atMost(512),
                        Figure.of("cpu_s_per_million", "CPU seconds of the service for a million readings", 1, cpu),
                        Figure.of("kib_per_connection", "KiB for each of " + idle + " idle connections", 1, idleKib)
                                .atMost(64),
                        Figure.of("heap_kib_per_connection", "KiB of living objects for each of them", 1, idleHeapKib),
                        Figure.of(
                                "generator_cpu_s_per_million",
                                "CPU seconds of the load generator for a million readings",
                                1,
                                generatorCpu)),
                tally,
                List.of());
    }

    private void round(int round, House house, Connection connection, RawCopy raw, Load load) throws SQLException {
        load.empty();
        double copyRate = raw.rowsPerSecond(connection, seconds);
        load.empty();
        double storedRate = endToEnd(house, load, round);
        load.empty();
        LatencyLog latencies = atHalf(load, storedRate / 2);
        if (round > 0) {
            copied.add(copyRate);
            stored.add(storedRate);
            ratios.add(storedRate / copyRate);
            p50.add(latencies.millis(0.50));
            p99.add(latencies.millis(0.99));
        }
        progress.printf(
                Locale.ROOT,
                "%s: COPY %,.0f/s, end to end %,.0f/s (%.2f), at half of it p50 %.1f ms, p99 %.1f ms%n",
                round == 0 ? "warm-up" : "round " + round,
                copyRate,
                storedRate,
                storedRate / copyRate,
                latencies.millis(0.50),
                latencies.millis(0.99));
    }

    private double endToEnd(House house, Load load, int round) throws SQLException {
        Fleet fleet = load.fleet();
        long pid = house.service().pid();
        long self = ProcessHandle.current().pid();
        load.start(new Pace.Full());
        Pauses.millis(1_000L * WARM_UP_SECONDS);
        long startAcknowledged = fleet.acknowledged();
        double startCpu = Processes.cpuSeconds(pid);
        double startSelf = Processes.cpuSeconds(self);
        long start = System.nanoTime();
        long highestRss = 0;
        for (int i = 0; i < seconds * 5; i++) {
            Pauses.millis(200);
            highestRss = Math.max(highestRss, Processes.rssKib(pid));
        }
        double elapsed = (System.nanoTime() - start) / 1e9;
        long messages = fleet.acknowledged() - startAcknowledged;
        if (round > 0) {
            cpu.add((Processes.cpuSeconds(pid) - startCpu) * 1e6 / messages);
            generatorCpu.add((Processes.cpuSeconds(self) - startSelf) * 1e6 / messages);
            rss.add(highestRss / 1024.0);
        }
        load.stop();
        return messages / elapsed;
    }

    private LatencyLog atHalf(Load load, double rate) throws SQLException {
        load.start(new Pace.Steady(rate));
        Pauses.millis(1_000L * WARM_UP_SECONDS);
        load.fleet().cutLatencies();
        Pauses.millis(1_000L * seconds);
        LatencyLog latencies = load.fleet().cutLatencies();
        load.stop();
        return latencies;
    }

    /** On a service that has just started: garbage of the load would hide what connections need. */
    private void idleConnections(House house) {
        if (idle == 0) {
            return;
        }
        house.service().stop();
        house.startServiceAgain();
        Held few = hold(house, Math.min(idle, 200));
        Held all = hold(house, idle);
        double more = Math.max(1, idle - few.connections());
        idleKib.add((all.rssKib() - few.rssKib()) / more);
        idleHeapKib.add((all.heapKib() - few.heapKib()) / more);
    }

    /** What the service needs while it holds so many connections. */
    private record Held(int connections, long rssKib, long heapKib) {}

    private Held hold(House house, int connections) {
        progress.println("holding " + connections + " idle connections");
        List<Terminal> terminals = IntStream.range(0, connections)
                .mapToObj(i -> new Terminal(
                        i, house.logins().get(i), 1, source(2 + i / IDLE_A_SOURCE), List.of(LoadStreams.READING)))
                .toList();
        try (Fleet fleet = new Fleet(house.mqtt(), terminals, Feed.silence(), Recorder.NONE)) {
            fleet.awaitOnline(connections, Duration.ofMinutes(3));
            Pauses.millis(2_000);
            long heap = house.service().liveHeapKib();
            Pauses.millis(2_000);
            fleet.awaitOnline(connections, Duration.ofMinutes(1));
            return new Held(connections, Processes.rssKib(house.service().pid()), heap);
        }
    }

    /** A local address of our own, because one address has too few ports. */
    private static InetAddress source(int last) {
        try {
            return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The stream that the load is made of. */
    static StreamDeclaration stream(House house) {
        return StreamCatalogue.load(List.of(house.folder().resolve("streams"))).stream(LoadStreams.READING.stream())
                .orElseThrow();
    }

    /** Terminals that publish without waiting for one another. */
    static List<Terminal> terminals(List<Login> logins) {
        return IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(i, logins.get(i), WINDOW, null, List.of(LoadStreams.READING)))
                .toList();
    }

    private static List<Integer> equipmentIds(Connection connection, List<String> codes) throws SQLException {
        Map<String, Integer> ids = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT code, equipment_id FROM equipment")) {
            while (row.next()) {
                ids.put(row.getString(1), row.getInt(2));
            }
        }
        List<Integer> found = new ArrayList<>();
        for (String code : codes) {
            Integer id = ids.get(code);
            if (id == null) {
                throw new IllegalStateException("bin/tean equipment import did not register " + code);
            }
            found.add(id);
        }
        return found;
    }
}
