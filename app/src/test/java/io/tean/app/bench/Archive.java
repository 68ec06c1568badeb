package io.tean.app.bench;

import io.tean.app.load.Browser;
import io.tean.app.load.House;
import io.tean.app.load.Pauses;
import io.tean.app.load.Processes;
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
            progress.println("filling a city of " + MillionMachines.NUMBER + " machines");
            try (Connection connection = house.database().connect()) {
                MillionMachines.fill(connection);
            }
            try (HttpClient http = HttpClient.newHttpClient()) {
                Browser browser = Visitors.administrator(house, http);
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
                        1,
                        MillionMachines.TODAY,
                        CityPlan.counts(0.0001, Map.of(CityPart.CYLINDERS, CYLINDERS)),
                        Optional.empty()),
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

    private static List<String> rates() {
        List<String> rates = new ArrayList<>();
        for (int i = 0; i < ASKED; i++) {
            rates.add("/inspection?day=" + MillionMachines.TODAY.minusDays(11L * i));
        }
        return rates;
    }

    private static List<String> years() {
        List<String> years = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            LocalDate day = MillionMachines.TODAY.minusDays(31L * i);
            years.add("/inspection?day=" + day + "&from=" + day.withDayOfYear(1));
        }
        return years;
    }

    private static List<String> lists() {
        List<String> lists = new ArrayList<>();
        for (int i = 0; i < LOOKS; i++) {
            LocalDate day = MillionMachines.TODAY.minusDays(31L * i);
            int machine = 1 + i * 70_001;
            lists.add("/maintenance?page=" + (i + 1));
            lists.add("/maintenance?state=due-soon&page=" + (i + 1));
            lists.add("/inspection/machines?in=missing&day=" + day + "&page=" + (i + 1));
            lists.add("/equipment?page=" + (i * 7 + 1));
            lists.add("/inspection/submissions?page=" + (i + 1));
            lists.add("/cylinders?page=" + (i + 1));
            lists.add("/equipment?q=" + MillionMachines.code(machine));
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
            texts.add("/equipment?q=" + MillionMachines.code(machine).substring(8));
            texts.add("/equipment?q=" + encode(machine + "号梯"));
            texts.add("/equipment?q=" + encode("路 " + machine + " 号"));
            texts.add("/equipment?q=" + encode("某路"));
            texts.add("/equipment?q=" + encode("无此"));
        }
        return texts;
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
