package io.tean.app.bench;

import io.tean.app.load.Browser;
import io.tean.app.load.Feed;
import io.tean.app.load.Fleet;
import io.tean.app.load.House;
import io.tean.app.load.LatencyLog;
import io.tean.app.load.LoadStreams;
import io.tean.app.load.Pace;
import io.tean.app.load.Pauses;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How long people wait for any page, programs for any answer, and an officer for a machine's chart over a year, in a city of a million machines with
 * a year of readings, while more come in. The city is made once and kept: its database is an instance of {@code bin/timescaledb}.
 */
final class Console {
    private static final int LOAD_MACHINES = 100;
    private static final int LOAD_WINDOW = 50;
    private static final double OFFERED = 5_000;
    /** Machines with a year of readings: every so many of the million. */
    private static final int CHARTED_EVERY = 500;

    private static final int CHARTED = MillionMachines.NUMBER / CHARTED_EVERY;
    private static final int LOOKS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(60);

    private static final List<String> PAGES = List.of(
            "/overview",
            "/board",
            "/cases",
            "/alerts",
            "/alerts?state=all",
            "/rescue-figures",
            "/inspection",
            "/inspection?day=2026-06-30",
            "/inspection/machines?in=missing&day=2026-11-01",
            "/inspection/trend",
            "/inspection/firms",
            "/inspection/use-units",
            "/inspection/gap",
            "/inspection/submissions",
            "/inspection/months",
            "/inspection/comparison",
            "/maintenance",
            "/maintenance?state=due-soon",
            "/maintenance/calendar",
            "/maintenance/visits",
            "/maintenance/firms",
            "/scores",
            "/equipment",
            "/equipment?page=7",
            "/organisations",
            "/operators",
            "/cylinders",
            "/filling",
            "/filling/fills",
            "/imports",
            "/status",
            "/devices",
            "/dead-letters",
            "/notices",
            "/recipients",
            "/rules",
            "/regulations",
            "/jobs",
            "/accounts",
            "/audit");

    private static final List<String> ANSWERS = List.of(
            "/api/v1/overview",
            "/api/v1/alerts",
            "/api/v1/cases",
            "/api/v1/devices",
            "/api/v1/dead-letters",
            "/api/v1/equipment",
            "/api/v1/organisations",
            "/api/v1/cylinders",
            "/api/v1/inspection/rates",
            "/api/v1/inspection/firms",
            "/api/v1/inspection/use-units",
            "/api/v1/inspection/machines?in=missing",
            "/api/v1/inspection/submissions",
            "/api/v1/maintenance/due",
            "/api/v1/maintenance/visits",
            "/api/v1/maintenance/firms",
            "/api/v1/rescue-figures",
            "/api/v1/scores",
            "/api/v1/notices",
            "/api/v1/audit",
            "/api/v1/status");

    private final int rounds;
    private final long readings;
    private final PrintStream progress;
    private final Set<String> refused = new LinkedHashSet<>();
    private final List<Double> pages = new ArrayList<>();
    private final List<Double> answers = new ArrayList<>();
    private final List<Double> charts = new ArrayList<>();
    private final List<Double> lags = new ArrayList<>();

    Console(int rounds, long readings, PrintStream progress) {
        this.rounds = rounds;
        this.readings = readings;
        this.progress = progress;
    }

    Outcome measure() throws SQLException {
        List<String> problems = new ArrayList<>();
        Tally tally = new Tally();
        progress.printf(Locale.ROOT, "a city of a million machines with %,d readings: made anew or kept%n", readings);
        try (House house = House.kept(
                        "bench-console",
                        "city 1 with " + readings + " readings",
                        Collections.nCopies(LOAD_MACHINES, "elevator"),
                        // The year that is made up must stay.
                        Map.of("TEAN_RETENTION_STATUS", "800d"),
                        this::fill);
                Connection connection = house.database().connect();
                HttpClient http = HttpClient.newHttpClient();
                Fleet fleet = new Fleet(house.mqtt(), terminals(house), Feed.silence(), Recorder.NONE)) {
            Browser browser = Visitors.administrator(house, http);
            awaitSummaries(connection);
            rest(connection);
            fleet.awaitOnline(LOAD_MACHINES, PATIENCE);
            fleet.feed(Feed.live());
            Instant loadFrom = Instant.now();
            fleet.pace(new Pace.Steady(OFFERED));
            Pauses.millis(1_000L * Spine.WARM_UP_SECONDS);
            for (int round = 0; round <= rounds; round++) {
                round(round, browser, connection);
            }
            long left = fleet.drain(Duration.ofSeconds(60));
            if (left > 0) {
                problems.add(left + " messages were not acknowledged");
            }
            tally.add(
                    fleet.acknowledged(),
                    number(
                            connection,
                            "SELECT count(*) FROM elevator_status s JOIN equipment e USING (equipment_id)"
                                    + " WHERE e.code LIKE 'LOAD%' AND s.time >= '" + loadFrom.minusSeconds(60) + "'"));
        }
        problems.addAll(refused);
        return new Outcome(
                List.of(
                        Figure.of("page_p95_ms", "ms for any page", 0, pages).atMost(200),
                        Figure.of("api_p95_ms", "ms for any answer of the API", 0, answers),
                        Figure.of("year_chart_p95_ms", "ms for one machine's year of readings", 0, charts)
                                .atMost(100),
                        Figure.of("summary_lag_s", "s from the end of an hour to its summaries", 0, lags)),
                tally,
                problems);
    }

    private void round(int round, Browser browser, Connection connection) throws SQLException {
        LatencyLog ofPages = new LatencyLog();
        LatencyLog ofAnswers = new LatencyLog();
        LatencyLog ofCharts = new LatencyLog();
        for (int look = 0; look < LOOKS; look++) {
            PAGES.forEach(path -> look(browser, path, ofPages));
            ANSWERS.forEach(path -> look(browser, path, ofAnswers));
            for (int i = 0; i < 10; i++) {
                int machine = CHARTED_EVERY * (1 + (round * 977 + look * 131 + i * 17) % CHARTED);
                look(browser, "/equipment/" + MillionMachines.code(machine), ofPages);
                look(browser, yearOf(machine), ofCharts);
            }
        }
        double lag = number(connection, """
                SELECT coalesce(extract(epoch FROM date_trunc('hour', clock_timestamp()) - min(summarised_to)), 0)::bigint FROM summary_mark
                WHERE stream = 'elevator-status'
                """);
        progress.printf(
                Locale.ROOT,
                "round %d: pages p95 %.0f ms, API p95 %.0f ms, a year's chart p95 %.0f ms%n",
                round,
                ofPages.millis(0.95),
                ofAnswers.millis(0.95),
                ofCharts.millis(0.95));
        if (round > 0) {
            pages.add(ofPages.millis(0.95));
            answers.add(ofAnswers.millis(0.95));
            charts.add(ofCharts.millis(0.95));
            lags.add(lag);
        }
    }

    private static String yearOf(int machine) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        return "/api/v1/equipment/" + MillionMachines.code(machine)
                + "/readings?stream=elevator-status&field=load_kg&from=" + now.minus(365, ChronoUnit.DAYS) + "&to="
                + now;
    }

    private void look(Browser browser, String path, LatencyLog log) {
        long start = System.nanoTime();
        int status = browser.look(path);
        long nanos = System.nanoTime() - start;
        log.add(nanos);
        if (status != 200) {
            refused.add("GET " + path + " answered " + status + ", not 200");
        }
        if (System.getenv("TEAN_BENCH_VERBOSE") != null) {
            progress.printf("%6.0f ms %s%n", nanos / 1e6, path);
        }
    }

    private void fill(Connection owner, List<String> codes) throws SQLException {
        progress.println("filling a city of " + MillionMachines.NUMBER + " machines");
        MillionMachines.fill(owner);
        long each = readings / CHARTED;
        try (Statement statement = owner.createStatement()) {
            for (int week = 53; week > 0; week--) {
                statement.execute("""
                        INSERT INTO elevator_status (time, equipment_id, service_mode, car_running, door_closed, load_kg, speed_mps)
                        SELECT t, e.equipment_id, 'normal', random() < 0.3, true, 300 * random(), 1.75 * random()
                        FROM (SELECT equipment_id FROM equipment WHERE code LIKE '3110371%%' AND right(code, 11)::bigint %% %1$d = 0) AS e,
                        generate_series(date_trunc('hour', now()) - interval '%2$d days', date_trunc('hour', now()) - interval '%3$d days'
                            - interval '1 second', interval '1 second' * %4$d) AS t
                        """.formatted(CHARTED_EVERY, week * 7, (week - 1) * 7, 371 * 86_400L / each));
                progress.printf("readings of %d weeks to come%n", week - 1);
            }
            statement.execute("VACUUM ANALYZE elevator_status");
        }
    }

    /** The service has caught up with the year: once, for the city is kept. */
    private void awaitSummaries(Connection connection) throws SQLException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        long behind = behind(connection);
        for (long told = Long.MAX_VALUE; behind > 2; behind = behind(connection)) {
            if (behind < told - 200) {
                progress.printf("%d hours to summarise%n", behind);
                told = behind;
            }
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        behind + " hours are not summarised after " + PATIENCE.toMinutes() + " min");
            }
            Pauses.millis(500);
        }
    }

    /** Nobody is told anything in this city: what its first sweeps queued is as good as routed, and must not run beside what is measured. */
    private static void rest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE notice SET state = 'routed', routed_at = now() WHERE state = 'queued'");
            statement.execute("VACUUM ANALYZE notice");
            statement.execute("VACUUM ANALYZE alert");
        }
    }

    private static long behind(Connection connection) throws SQLException {
        return number(connection, """
                SELECT coalesce((SELECT extract(epoch FROM now() - summarised_to) / 3600 FROM summary_mark WHERE stream = 'elevator-status'), 9999)::bigint
                """);
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<Terminal> terminals(House house) {
        return IntStream.range(0, LOAD_MACHINES)
                .mapToObj(i ->
                        new Terminal(i, house.logins().get(i), LOAD_WINDOW, null, List.of(LoadStreams.ELEVATOR_STATUS)))
                .toList();
    }
}
