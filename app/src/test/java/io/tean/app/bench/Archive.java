package io.tean.app.bench;

import io.tean.app.load.Browser;
import io.tean.app.load.House;
import io.tean.app.load.Pauses;
import io.tean.app.load.Processes;
import io.tean.core.audit.Actor;
import io.tean.dashboards.account.AccountDraft;
import io.tean.dashboards.account.AccountLedger;
import io.tean.simulators.Simulators;
import io.tean.simulators.city.CityPart;
import io.tean.simulators.city.CityPlan;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The register with a million rows of each kind: how fast a file comes in, and how long people wait for rates and lists. */
final class Archive {
    private static final int CYLINDERS = 1_000_000;
    private static final int MACHINES = 1_000_000;
    private static final String PASSWORD = "Only-for-bin/bench-4712";
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final int ASKED = 60;
    /** At each of the lists. */
    private static final int LOOKS = 8;

    /** What people ask for, and how long it may take. */
    private enum Asked {
        RATES("rate_p95_ms", "ms for the page of both rates, as of days of two years", 200),
        YEARS("year_rate_p95_ms", "ms for the same from the first of the year", Double.NaN),
        LISTS("list_p95_ms", "ms for any page of the lists of a million machines", 50),
        TEXTS("text_p95_ms", "ms for the machines with a part of a code, a name or a place", Double.NaN);

        private final String key;
        private final String unit;
        private final double most;

        Asked(String key, String unit, double most) {
            this.key = key;
            this.unit = unit;
            this.most = most;
        }

        Figure figure(List<Double> millis) {
            Figure figure = Figure.of(key, unit, 0, millis);
            return Double.isNaN(most) ? figure : figure.atMost(most);
        }

        List<String> paths() {
            return switch (this) {
                case RATES -> rates();
                case YEARS -> years();
                case LISTS -> lists();
                case TEXTS -> texts();
            };
        }
    }

    private final int rounds;
    private final PrintStream progress;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> refused = new LinkedHashSet<>();

    Archive(int rounds, PrintStream progress) {
        this.rounds = rounds;
        this.progress = progress;
    }

    Outcome measure() throws SQLException, IOException {
        List<Figure> figures;
        Map<Asked, List<Double>> measured = new EnumMap<>(Asked.class);
        try (House house = new House("bench", 1)) {
            figures = new ArrayList<>(importCylinders(house));
            progress.println("filling a city of " + MACHINES + " machines");
            try (Connection connection = house.database().connect()) {
                fill(connection);
            }
            try (HttpClient http = HttpClient.newHttpClient()) {
                Browser browser = logIn(house, http);
                for (int round = 0; round <= rounds; round++) {
                    for (Asked asked : Asked.values()) {
                        double millis = p95(browser, asked.paths());
                        progress.printf("round %d: %s %.0f ms%n", round, asked.key, millis);
                        if (round > 0) {
                            measured.computeIfAbsent(asked, ignored -> new ArrayList<>())
                                    .add(millis);
                        }
                    }
                }
            }
        }
        if (!refused.isEmpty()) {
            problems.addAll(refused);
            return new Outcome(figures, new Tally(), problems);
        }
        measured.forEach((asked, millis) -> figures.add(asked.figure(millis)));
        return new Outcome(figures, new Tally(), problems);
    }

    private List<Figure> importCylinders(House house) throws IOException {
        Path folder = house.folder("city");
        progress.println("making up " + CYLINDERS + " cylinders");
        Simulators.writeCity(
                new CityPlan(
                        1, TODAY, CityPlan.counts(0.0001, Map.of(CityPart.CYLINDERS, CYLINDERS)), Optional.empty()),
                folder);
        run(house, folder.resolve("organisations.csv"), "organisations");
        long start = System.nanoTime();
        double mib = run(house, folder.resolve("cylinders.csv"), "cylinders");
        double seconds = (System.nanoTime() - start) / 1e9;
        if (!problems.isEmpty()) {
            return List.of();
        }
        return List.of(
                Figure.of(
                        "import_rows_per_s",
                        "cylinders a second, from the file to the commit, audited row by row",
                        0,
                        List.of(CYLINDERS / seconds)),
                Figure.of("import_peak_mib", "MiB of the importing process at its highest", 0, List.of(mib))
                        .atMost(700));
    }

    /** Runs the command and answers the most memory that it had. */
    private double run(House house, Path file, String kind) throws IOException {
        Process process = house.command("register", "import", kind, file.toString(), "--duties-later")
                .redirectErrorStream(true)
                .redirectOutput(new File(file + ".out"))
                .start();
        long highest = 0;
        while (process.isAlive()) {
            Pauses.millis(200);
            highest = Math.max(
                    highest,
                    Stream.concat(Stream.of(process.toHandle()), process.descendants())
                            .mapToLong(each -> memory(each.pid()))
                            .max()
                            .orElse(0));
        }
        if (process.exitValue() != 0) {
            problems.add("the import of %s ended with %d: %s"
                    .formatted(
                            kind,
                            process.exitValue(),
                            Files.readString(Path.of(file + ".out")).strip()));
        }
        return highest / 1024.0;
    }

    private static long memory(long pid) {
        try {
            return Processes.rssKib(pid);
        } catch (IllegalStateException | UncheckedIOException e) {
            // It ended meanwhile.
            return 0;
        }
    }

    /** Without triggers: the keeper of the service must not compute anew what is made up here. */
    private static void fill(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET session_replication_role = replica");
            for (String sql : List.of(
                    """
                    INSERT INTO equipment (code, category, name, type_code, catalogue, division_code, site_address, rescue_code, use_unit_id,
                        inspection_body_id, in_use_since, supervised_on, state, crowded_place)
                    SELECT '3110371' || lpad(n::text, 11, '0'), 'elevator', n || '号梯', '3110', '2014', '3713' || lpad((n %% 12 + 1)::text, 2, '0'),
                        '某路 ' || n || ' 号', lpad((n %% 1000000)::text, 6, '0'), 900000 + n %% 1500, 910000 + n %% 5, '2015-01-01', '2015-01-01',
                        CASE WHEN n %% 50 = 7 THEN 'SUSPENDED' ELSE 'IN_USE' END, n %% 20 = 3
                    FROM generate_series(1, %1$d) AS n
                    """,
                    """
                    INSERT INTO organisation (organisation_id, credit_code, kind, name, division_code) OVERRIDING SYSTEM VALUE
                    SELECT 900000 + n, 'U' || lpad(n::text, 17, '0'), 'USE_UNIT', '使用单位 ' || n, '371302' FROM generate_series(0, 1499) AS n
                    UNION ALL SELECT 910000 + n, 'B' || lpad(n::text, 17, '0'), 'INSPECTION_BODY', '检验机构 ' || n, '371302'
                    FROM generate_series(0, 4) AS n
                    UNION ALL SELECT 920000 + n, 'F' || lpad(n::text, 17, '0'), 'MAINTENANCE_FIRM', '维保单位 ' || n, '371302'
                    FROM generate_series(0, 49) AS n
                    """,
                    """
                    INSERT INTO equipment_state (equipment_id, state, from_on) SELECT equipment_id, state, '2015-01-01' FROM equipment
                    ON CONFLICT DO NOTHING
                    """,
                    """
                    INSERT INTO state_count (state, day, division_code, machines)
                    SELECT state, '2015-01-01'::date, division_code, count(*) FROM equipment WHERE use_unit_id >= 900000 GROUP BY 1, 2, 3
                    """,
                    // A year ago and this year: inspected some days around the due day, every 30th not this year.
                    """
                    INSERT INTO duty (equipment_id, kind, from_on, until_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                    SELECT equipment_id, 'INSPECTION', d.from_on, d.until_on, d.due_on, 'elevator-periodic', category, division_code, use_unit_id,
                        inspection_body_id
                    FROM equipment e, LATERAL (SELECT '2025-01-01'::date + equipment_id %% 365 AS due) AS y,
                    LATERAL (VALUES ('2015-01-01'::date, y.due + equipment_id %% 17 - 12, y.due),
                        (y.due + equipment_id %% 17 - 12,
                         CASE WHEN y.due + 353 + equipment_id %% 17 > '2026-11-22' OR equipment_id %% 30 = 0 THEN 'infinity'::date
                              ELSE y.due + 353 + equipment_id %% 17 END, y.due + 365)) AS d (from_on, until_on, due_on)
                    WHERE use_unit_id >= 900000 AND state = 'IN_USE'
                    """,
                    """
                    INSERT INTO duty (equipment_id, kind, from_on, due_on, rule, category, division_code, use_unit_id, answerable_id)
                    SELECT equipment_id, 'MAINTENANCE', day, day + 15, 'maintenance-half-month', category, division_code, use_unit_id,
                        920000 + equipment_id %% 50
                    FROM equipment, LATERAL (SELECT '2026-11-22'::date - (equipment_id %% 14 + CASE WHEN equipment_id %% 33 = 0 THEN 20 ELSE 0 END)
                        AS day) AS d
                    WHERE use_unit_id >= 900000 AND state = 'IN_USE'
                    """,
                    """
                    INSERT INTO duty_count (kind, day, division_code, category, answerable_id, base, inside)
                    SELECT kind, day, division_code, category, coalesce(answerable_id, 0), sum(base), sum(inside) FROM (
                        SELECT kind, from_on AS day, division_code, category, answerable_id, 1 AS base, (due_on >= from_on)::integer AS inside FROM duty
                        WHERE use_unit_id >= 900000
                        UNION ALL SELECT kind, until_on, division_code, category, answerable_id, -1, 0 FROM duty
                        WHERE use_unit_id >= 900000 AND until_on < 'infinity'
                        UNION ALL SELECT kind, least(until_on, due_on + 1), division_code, category, answerable_id, 0, -1 FROM duty
                        WHERE use_unit_id >= 900000 AND due_on >= from_on) AS change
                    GROUP BY 1, 2, 3, 4, 5
                    ON CONFLICT (kind, day, division_code, category, answerable_id) DO UPDATE
                        SET base = duty_count.base + excluded.base, inside = duty_count.inside + excluded.inside
                    """,
                    "DELETE FROM duty_month",
                    """
                    INSERT INTO duty_month (kind, month, division_code, category, answerable_id, base, inside)
                    SELECT kind, first_of_month(day), division_code, category, answerable_id, sum(base), sum(inside) FROM duty_count
                    GROUP BY 1, 2, 3, 4, 5
                    """,
                    """
                    INSERT INTO submission (submission_no, equipment_id, body_id, kind, state, division_code, category, use_unit_id, submitted_on,
                        accepted_on, agreed_on, inspected_on, reported_on, conclusion, report_no, next_due_on)
                    SELECT 'B' || equipment_id, equipment_id, inspection_body_id, 'PERIODIC_INSPECTION',
                        CASE WHEN equipment_id %% 40 = 0 THEN 'APPOINTED' ELSE 'REPORT_ISSUED' END, division_code, category, use_unit_id,
                        due - 40, due - 35, due - 10, CASE WHEN equipment_id %% 40 <> 0 THEN due - 10 END,
                        CASE WHEN equipment_id %% 40 <> 0 THEN due - 4 END, CASE WHEN equipment_id %% 40 <> 0 THEN 'PASS' END,
                        CASE WHEN equipment_id %% 40 <> 0 THEN 'R' || equipment_id END, CASE WHEN equipment_id %% 40 = 0 THEN due END
                    FROM equipment, LATERAL (SELECT '2025-12-01'::date + equipment_id %% 365 AS due) AS y
                    WHERE use_unit_id >= 900000
                    """,
                    "VACUUM ANALYZE")) {
                statement.execute(sql.contains("%") ? sql.formatted(MACHINES) : sql);
            }
        }
    }

    private static Browser logIn(House house, HttpClient http) {
        new AccountLedger(house.database().source())
                .add(
                        new AccountDraft("archive", "Archive", "administrator", "", ""),
                        Optional.of(PASSWORD),
                        Actor.command());
        Browser browser = new Browser(house.http(), http);
        Browser.Answer answer = browser.logIn("archive", PASSWORD);
        if (answer.status() != 303) {
            throw new IllegalStateException("POST /login answered " + answer.status());
        }
        return browser;
    }

    private static List<String> rates() {
        List<String> rates = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            rates.add("/inspection?day=" + TODAY.minusDays(11L * i));
        }
        return rates;
    }

    private static List<String> years() {
        List<String> years = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            LocalDate day = TODAY.minusDays(31L * i);
            years.add("/inspection?day=" + day + "&from=" + day.withDayOfYear(1));
        }
        return years;
    }

    private static List<String> lists() {
        List<String> lists = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            LocalDate day = TODAY.minusDays(31L * i);
            int machine = 1 + i * 70_001;
            lists.add("/maintenance?page=" + (i + 1));
            lists.add("/maintenance?state=due-soon&page=" + (i + 1));
            lists.add("/inspection/machines?in=missing&day=" + day + "&page=" + (i + 1));
            lists.add("/equipment?page=" + (i * 7 + 1));
            lists.add("/inspection/submissions?page=" + (i + 1));
            lists.add("/cylinders?page=" + (i + 1));
            lists.add("/equipment?q=" + code(machine));
            lists.add("/equipment?state=SUSPENDED&page=" + (i + 1));
            lists.add("/equipment?state=SCRAPPED");
            lists.add("/equipment?crowded=true&division=371302&page=" + (i + 1));
        }
        return lists;
    }

    private static List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            int machine = 1 + i * 70_001;
            texts.add("/equipment?q=" + code(machine).substring(8));
            texts.add("/equipment?q=" + encode(machine + "号梯"));
            texts.add("/equipment?q=" + encode("路 " + machine + " 号"));
            texts.add("/equipment?q=" + encode("某路"));
            texts.add("/equipment?q=" + encode("无此"));
        }
        return texts;
    }

    private static String code(int machine) {
        return "3110371%011d".formatted(machine);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private double p95(Browser browser, List<String> paths) {
        double[] millis = new double[paths.size()];
        for (int i = 0; i < millis.length; i++) {
            String path = paths.get(i);
            long start = System.nanoTime();
            int status = browser.look(path);
            millis[i] = (System.nanoTime() - start) / 1e6;
            if (status != 200) {
                refused.add("GET " + path + " answered " + status + ", not 200");
            }
            if (System.getenv("TEAN_BENCH_VERBOSE") != null) {
                progress.printf("%6.0f ms %s%n", millis[i], path);
            }
        }
        Arrays.sort(millis);
        return millis[(int) Math.ceil(millis.length * 0.95) - 1];
    }
}
