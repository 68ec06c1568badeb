package io.tean.app.bench;

import com.sun.net.httpserver.HttpServer;
import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.LoadStreams;
import io.tean.app.load.Login;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * How long it takes from an entrapment's PUBLISH until 50 open boards show its case, and until the maintenance firm's notice of the call is handed
 * over, while a city's readings come in.
 */
final class Dispatch {
    private static final int BOARDS = 50;
    private static final int LOAD_MACHINES = Spine.CONNECTIONS;
    private static final int LOAD_WINDOW = 100;
    private static final double OFFERED = 20_000;
    /** A city has some dozen a day; one after the other, so that none waits for another one's screen. */
    private static final double EMERGENCIES_A_SECOND = 1;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int seconds;
    private final int rounds;
    private final PrintStream progress;
    private final List<String> problems = new ArrayList<>();
    private final List<Double> p50 = new ArrayList<>();
    private final List<Double> p99 = new ArrayList<>();
    private final List<Double> handedOver = new ArrayList<>();
    private final List<Double> sustained = new ArrayList<>();

    Dispatch(int seconds, int rounds, PrintStream progress) {
        this.seconds = seconds;
        this.rounds = rounds;
        this.progress = progress;
    }

    Outcome measure() throws SQLException, IOException {
        int emergencies = (int) (seconds * EMERGENCIES_A_SECOND);
        int machines = LOAD_MACHINES + (rounds + 1) * emergencies;
        progress.println("setting up a database and " + machines + " devices");
        HttpServer firm = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        firm.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        Path channels = Files.createTempFile("tean-bench-channels", ".yaml");
        Tally tally = new Tally();
        try {
            Files.writeString(channels, """
                    channels:
                      - name: firm
                        kind: webhook
                        url: http://127.0.0.1:%d/
                        secret: for-the-bench-only
                        allow: [127.0.0.0/8]
                    """.formatted(firm.getAddress().getPort()));
            try (House house = new House(
                            "bench-dispatch",
                            Collections.nCopies(machines, "elevator"),
                            Map.of("TEAN_ALERTING_CHANNELS", channels.toString()),
                            Dispatch::giveAllToOneFirm);
                    Connection connection = house.database().connect();
                    Boards boards = new Boards(house, BOARDS);
                    Fleet fleet = new Fleet(
                            house.mqtt(),
                            loadTerminals(house.logins().subList(0, LOAD_MACHINES)),
                            Feed.silence(),
                            Recorder.NONE)) {
                firm.createContext("/", exchange -> {
                    boards.handedOver(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
                    exchange.sendResponseHeaders(204, -1);
                    exchange.close();
                });
                firm.start();
                fleet.awaitOnline(LOAD_MACHINES, PATIENCE);
                fleet.feed(Feed.live());
                for (int round = 0; round <= rounds; round++) {
                    int from = LOAD_MACHINES + round * emergencies;
                    round(
                            round,
                            new Load(fleet, connection, "elevator_status", tally),
                            house,
                            house.logins().subList(from, from + emergencies),
                            boards);
                    endCases(connection);
                }
                if (boards.open() < BOARDS) {
                    problems.add((BOARDS - boards.open()) + " of " + BOARDS + " boards lost their stream of events");
                }
            }
        } finally {
            firm.stop(0);
            Files.delete(channels);
        }
        return new Outcome(
                List.of(
                        Figure.of("event_to_screen_p50_ms", "ms from PUBLISH to the case on a board", 1, p50),
                        Figure.of("event_to_screen_p99_ms", "ms, the slowest of all boards", 1, p99)
                                .atMost(300),
                        Figure.of(
                                "notice_handed_over_p99_ms",
                                "ms from PUBLISH until the firm's server has the notice of the call",
                                1,
                                handedOver),
                        Figure.of("beside_cases_per_s", "messages/s meanwhile", 0, sustained)),
                tally,
                problems);
    }

    private void round(int round, Load load, House house, List<Login> logins, Boards boards) throws SQLException {
        load.empty();
        load.start(new Pace.Steady(OFFERED));
        List<Terminal> terminals = IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(i, logins.get(i), 1, null, List.of(LoadStreams.ENTRAPMENT)))
                .toList();
        try (Fleet criers = new Fleet(house.mqtt(), terminals, Feed.once(terminals.size()), boards)) {
            criers.awaitOnline(terminals.size(), PATIENCE);
            Pauses.millis(1_000L * Spine.WARM_UP_SECONDS);
            boards.cut();
            long before = load.fleet().acknowledged();
            long start = System.nanoTime();
            criers.pace(new Pace.Steady(EMERGENCIES_A_SECOND));
            long missing =
                    boards.await(terminals.size(), Duration.ofSeconds(seconds).plus(PATIENCE));
            double rate = (load.fleet().acknowledged() - before) / ((System.nanoTime() - start) / 1e9);
            if (missing > 0) {
                problems.add(missing + " boards or notices were still missing after " + PATIENCE.toSeconds() + " s");
            }
            Boards.Served served = boards.cut();
            if (round > 0) {
                p50.add(served.screens().millis(0.50));
                p99.add(served.screens().millis(0.99));
                handedOver.add(served.notices().millis(0.99));
                sustained.add(rate);
            }
            progress.printf(
                    Locale.ROOT,
                    "%s: %d cases on %d boards, p50 %.1f ms, p99 %.1f ms; notices p99 %.1f ms; %,.0f readings/s, %d fetches%n",
                    round == 0 ? "warm-up" : "round " + round,
                    terminals.size(),
                    BOARDS,
                    served.screens().millis(0.50),
                    served.screens().millis(0.99),
                    served.notices().millis(0.99),
                    rate,
                    served.fetches());
        }
        load.stop();
    }

    private static List<Terminal> loadTerminals(List<Login> logins) {
        return IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(i, logins.get(i), LOAD_WINDOW, null, List.of(LoadStreams.ELEVATOR_STATUS)))
                .toList();
    }

    /** One firm with a webhook maintains all machines. */
    private static void giveAllToOneFirm(Connection owner, List<String> codes) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("""
                    WITH firm AS (INSERT INTO organisation (credit_code, kind, name, telephone, latitude, longitude)
                        VALUES ('91371300BENCH00001', 'MAINTENANCE_FIRM', 'Bench', '0539-96333', 35.1, 118.3) RETURNING organisation_id),
                    told AS (INSERT INTO recipient (organisation_id, duty, name, addresses)
                        SELECT organisation_id, 'RESCUE', 'duty', '[{"channel": "firm", "to": ""}]' FROM firm)
                    INSERT INTO contract (contract_no, equipment_id, firm_id, from_on)
                    SELECT 'all', e.equipment_id, f.organisation_id, DATE '2020-01-01' FROM firm f, equipment e
                    """);
        }
    }

    /** What a round opened is led to its end, so that the next finds a board as empty. */
    private static void endCases(Connection owner) throws SQLException {
        try (PreparedStatement update = owner.prepareStatement("""
                UPDATE rescue_case SET state = 'CLOSED', outcome = 'RELEASED', released_at = now(), closed_at = now(),
                    next_due_at = NULL, next_due = NULL
                WHERE state <> 'CLOSED'
                """)) {
            update.executeUpdate();
        }
    }
}
