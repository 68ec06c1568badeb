package io.tean.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.LoadStreams;
import io.tean.app.load.Login;
import io.tean.app.load.MessageShape;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Processes;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The short form of {@code bin/bench alerts}, with what goes wrong meanwhile. */
final class AlertsIT {
    private static final long SEED = new SplittableRandom().nextLong(1, 1_000_000_000);
    private static final int DAY_MACHINES = 100;
    private static final int STORM_MACHINES = 1_250;
    private static final double STORM_SECONDS = 15;
    private static final int KILLS = 10;
    private static final long MOST_RSS_MIB = 768;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Each machine tells all of them, the entrapment last. */
    private static final List<MessageShape> ALARMS = List.of(alarm(1), alarm(2), alarm(41), alarm(11));

    private static HttpServer direct;
    private static final List<String> TOLD_DIRECTLY = new CopyOnWriteArrayList<>();
    private static House house;

    private static MessageShape alarm(int code) {
        return MessageShape.of("elevator-event", """
                {"time":"<time>","code":%d,"sequence":1<n9>,"cleared":false}""".formatted(code));
    }

    @BeforeAll
    static void open() throws IOException {
        direct = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        direct.createContext("/", exchange -> {
            TOLD_DIRECTLY.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        direct.start();
        List<String> categories = new ArrayList<>(ScriptedDay.categories(DAY_MACHINES));
        categories.addAll(Collections.nCopies(STORM_MACHINES + 1, "elevator"));
        house = new House(
                "alerts-it",
                categories,
                Map.of(
                        "TEAN_ALERTING_DIRECT_URL",
                        "http://127.0.0.1:" + direct.getAddress().getPort() + "/"),
                ScriptedDay.preparation(DAY_MACHINES));
    }

    @AfterAll
    static void close() {
        house.close();
        direct.stop(0);
    }

    @Test
    void dayWithKills_raisesEveryFaultOnce() throws SQLException {
        Random random = new Random(SEED);
        ScriptedDay day = new ScriptedDay(
                house.logins().subList(0, DAY_MACHINES),
                Instant.now().minus(Duration.ofMinutes(30)),
                Duration.ofDays(1),
                Duration.ofMinutes(5),
                SEED);
        day.writeTruth(house.folder().resolve("ground-truth.csv"));
        new DayPlayer(house, day, Duration.ofMinutes(30)).play((step, steps) -> {
            if (step % (steps / KILLS) == 0 && step / (steps / KILLS) <= KILLS) {
                Pauses.millis(random.nextInt(200));
                house.service().kill();
                house.startServiceAgain();
            }
        });
        Comparison comparison = Comparison.of(house, day);
        DayPlayer.stopClock(house);

        assertThat(comparison.planted()).as("seed %d", SEED).hasSizeGreaterThan(5);
        assertThat(comparison.isFlawless())
                .as("seed %d%n%s", SEED, comparison.report())
                .isTrue();
    }

    @Test
    void fiveThousandAlarms_areAllThereOnce_emergenciesFirst() throws SQLException {
        List<Login> logins = house.logins().subList(DAY_MACHINES, DAY_MACHINES + STORM_MACHINES);
        List<Terminal> terminals = terminals(logins, ALARMS);
        int[] told = new int[terminals.size()];
        Feed feed = (terminal, draft) -> {
            int shape = told[terminal.index()];
            if (shape == ALARMS.size()) {
                return false;
            }
            told[terminal.index()]++;
            draft.message(shape, terminal.newNumber(), terminal.newTime(draft.nowMicros()));
            return true;
        };
        long highestRss = 0;
        try (Fleet fleet = new Fleet(house.mqtt(), terminals, feed, Recorder.NONE)) {
            fleet.awaitOnline(terminals.size(), PATIENCE);
            fleet.pace(new Pace.Steady(ALARMS.size() * STORM_MACHINES / STORM_SECONDS));
            Instant end = Instant.now().plus(PATIENCE);
            while (fleet.acknowledged() < (long) ALARMS.size() * STORM_MACHINES
                    && Instant.now().isBefore(end)) {
                highestRss =
                        Math.max(highestRss, Processes.rssKib(house.service().pid()) >> 10);
                Pauses.millis(100);
            }
        }

        String ofStorm = "FROM alert a JOIN equipment e USING (equipment_id) WHERE e.code BETWEEN '"
                + logins.getFirst().equipment() + "' AND '" + logins.getLast().equipment()
                + "' AND a.state <> 'closed'";
        assertThat(ask(
                        "SELECT string_agg(rule || ' ' || n, ', ' ORDER BY rule) FROM (SELECT rule, count(*) AS n, count(DISTINCT equipment_id) "
                                + ofStorm + " GROUP BY rule) r"))
                .isEqualTo("door-fault 1250, entrapment 1250, main-power-off 1250, safety-chain-open 1250");
        assertThat(
                        ask(
                                "SELECT count(*) FROM (SELECT severity " + ofStorm
                                        + " ORDER BY severity_rank, activated_at DESC, alert_id DESC LIMIT 1250) first WHERE severity = 'EMERGENCY'"))
                .isEqualTo("1250");
        assertThat(highestRss).isPositive().isLessThan(MOST_RSS_MIB);
    }

    @Test
    void emergencyWhileTheDatabaseIsAway_isToldDirectlyAndStoredLater() throws SQLException {
        List<Login> logins = List.of(house.logins().getLast());
        try (Fleet fleet = new Fleet(
                house.mqtt(), terminals(logins, List.of(LoadStreams.ENTRAPMENT)), Feed.once(1), Recorder.NONE)) {
            fleet.awaitOnline(1, PATIENCE);
            house.database().pause();
            try {
                fleet.pace(new Pace.Full());

                assertThat(await(Duration.ofSeconds(10), () -> !TOLD_DIRECTLY.isEmpty()))
                        .as("told directly within 10 s")
                        .isTrue();
                assertThat(fleet.acknowledged()).isZero();
            } finally {
                house.database().resume();
            }
            assertThat(await(PATIENCE, () -> fleet.acknowledged() == 1))
                    .as("PUBACK")
                    .isTrue();
        }

        assertThat(TOLD_DIRECTLY).hasSize(1);
        assertThat(TOLD_DIRECTLY.getFirst())
                .contains("\"entrapment\"", logins.getFirst().equipment());
        String notice = ask(
                "SELECT n.notice_id FROM notice n JOIN alert a USING (alert_id) JOIN equipment e USING (equipment_id) WHERE e.code = '"
                        + logins.getFirst().equipment() + "' AND a.rule = 'entrapment' AND n.occasion = 'OPENED'");
        assertThat(TOLD_DIRECTLY.getFirst()).contains(notice);
    }

    private static List<Terminal> terminals(List<Login> logins, List<MessageShape> shapes) {
        return IntStream.range(0, logins.size())
                .mapToObj(i -> new Terminal(i, logins.get(i), 10, null, shapes))
                .toList();
    }

    private static boolean await(Duration most, BooleanSupplier condition) {
        Instant end = Instant.now().plus(most);
        while (!condition.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Pauses.millis(20);
        }
        return true;
    }

    /** The one value that a query answers, as text. */
    private static String ask(String sql) throws SQLException {
        try (Connection owner = house.database().connect();
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            assertThat(row.next()).as(sql).isTrue();
            return String.valueOf(row.getString(1));
        }
    }
}
