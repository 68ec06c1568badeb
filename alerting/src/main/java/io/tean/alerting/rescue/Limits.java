package io.tean.alerting.rescue;

import io.tean.alerting.rule.PlacedYaml;
import io.tean.core.settings.Durations;
import io.tean.core.stream.ResourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How long everybody in a rescue may take, by division: data with their sources. */
public final class Limits {
    private static final String FOLDER = "io/tean/alerting/rescue/limits/";
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final List<Limit> limits;

    private Limits(List<Limit> limits) {
        this.limits = List.copyOf(limits);
    }

    /**
     * The limits of one division from a day on.
     *
     * @param division the first digits of its code; empty is the whole city
     * @param answer by level, the first level first
     * @param busyMetres so much further away counts a station for each of its open cases
     */
    record Limit(
            String division,
            int version,
            LocalDate effective,
            List<Duration> answer,
            Duration arrival,
            Duration arrivalWarning,
            Duration accident,
            Duration accidentWarning,
            int busyMetres,
            String fireBrigade,
            String fireTelephone) {
        Limit {
            answer = List.copyOf(answer);
        }

        Duration answer(int level) {
            return answer.get(level - 1);
        }
    }

    public static Limits builtIn() {
        return load(List.of());
    }

    /**
     * Those that Tean brings along, and those of the YAML files in a site's folders, which count before them.
     *
     * @throws LimitsException naming every problem of every file with line and column
     */
    public static Limits load(Collection<Path> folders) {
        List<String> problems = new ArrayList<>();
        List<Limit> builtIn = new ArrayList<>();
        ResourceFolder.files(FOLDER, ".yaml")
                .forEach((file, yaml) -> read(file, yaml, problems).ifPresent(builtIn::add));
        Map<String, String> seen = new HashMap<>();
        List<Limit> ofSite = new ArrayList<>();
        for (Path folder : folders) {
            try (var files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    read(file.toString(), Files.readString(file), problems).ifPresent(limit -> {
                        @Nullable String other = seen.putIfAbsent(limit.division + " " + limit.effective, file.toString());
                        if (other != null) {
                            problems.add(file + ":1:1: " + other + " has limits of division \"" + limit.division
                                    + "\" from " + limit.effective + " already; keep one of the two");
                        }
                        ofSite.add(limit);
                    });
                }
            } catch (IOException e) {
                problems.add(folder + ": cannot read the folder of rescue limits: " + e);
            }
        }
        if (!problems.isEmpty()) {
            throw new LimitsException(String.join(System.lineSeparator(), problems));
        }
        List<Limit> all = new ArrayList<>(ofSite);
        all.addAll(builtIn);
        // Stable: of the same division and day the site's stays first.
        all.sort(Comparator.comparingInt((Limit limit) -> limit.division.length())
                .thenComparing(Limit::effective)
                .reversed());
        return new Limits(all);
    }

    /**
     * Of the longest prefix of the division's code that there are limits of on that day.
     *
     * @param division six digits, or empty
     */
    Limit of(String division, LocalDate day) {
        return limits.stream()
                .filter(limit -> division.startsWith(limit.division) && !limit.effective.isAfter(day))
                .findFirst()
                // Before the first of them there is nothing better than the city's first.
                .orElse(limits.getLast());
    }

    private static Optional<Limit> read(String file, String yaml, List<String> problems) {
        PlacedYaml places = new PlacedYaml(file, yaml, problems);
        Optional<Limit> limit = places.read(LimitsText.class).map(text -> limit(text, places));
        return places.isGood() ? limit : Optional.empty();
    }

    private static Limit limit(LimitsText text, PlacedYaml places) {
        String division = text.division() == null ? "-" : text.division();
        if (!division.matches("[0-9]{0,6}")) {
            places.problem(
                    "/division",
                    "division is " + text.division() + ", not the first digits of a code such as \"371302\", or \"\"");
        }
        if (text.version() == null || text.version() < 1) {
            places.problem("/version", "version needs a whole number from 1");
        }
        present("/effective", text.effective(), places);
        present("/answer", text.answer(), places);
        present("/arrival", text.arrival(), places);
        present("/accident", text.accident(), places);
        LimitsText.AnswerText answer =
                text.answer() == null ? new LimitsText.AnswerText(null, null, null, null, null) : text.answer();
        present("/answer/source", answer.source(), places);
        present("/answer/mark", answer.mark(), places);
        LimitsText.ClockText arrival = clock("/arrival", text.arrival(), places);
        LimitsText.ClockText accident = clock("/accident", text.accident(), places);
        int busy = text.busyMetres() == null ? -1 : text.busyMetres();
        if (busy < 0 || busy > 100_000) {
            places.problem("/busy_metres", "busy_metres is " + text.busyMetres() + ", not from 0 to 100000");
        }
        LimitsText.FireBrigadeText brigade =
                text.fireBrigade() == null ? new LimitsText.FireBrigadeText(null, null) : text.fireBrigade();
        present("/fire_brigade/name", brigade.name(), places);
        present("/fire_brigade/telephone", brigade.telephone(), places);
        Duration within = duration("/arrival/within", arrival.within(), places);
        Duration after = duration("/accident/after", accident.after(), places);
        Limit limit = new Limit(
                division,
                text.version() == null ? 0 : text.version(),
                text.effective() == null ? LocalDate.MAX : text.effective(),
                List.of(
                        duration("/answer/level_1", answer.level1(), places),
                        duration("/answer/level_2", answer.level2(), places),
                        duration("/answer/level_3", answer.level3(), places)),
                within,
                duration("/arrival/warn_before", arrival.warnBefore(), places),
                after,
                duration("/accident/warn_before", accident.warnBefore(), places),
                busy,
                brigade.name() == null ? "" : brigade.name(),
                brigade.telephone() == null ? "" : brigade.telephone());
        if (places.isGood() && limit.arrivalWarning.compareTo(within) >= 0) {
            places.problem(
                    "/arrival/warn_before", "the warning must come after the beginning: less than " + arrival.within());
        }
        if (places.isGood() && limit.accidentWarning.compareTo(after) >= 0) {
            places.problem(
                    "/accident/warn_before",
                    "the warning must come after the beginning: less than " + accident.after());
        }
        return limit;
    }

    private static LimitsText.ClockText clock(String path, LimitsText.@Nullable ClockText text, PlacedYaml places) {
        LimitsText.ClockText clock = text == null ? new LimitsText.ClockText(null, null, null, null, null) : text;
        present(path + "/source", clock.source(), places);
        present(path + "/mark", clock.mark(), places);
        return clock;
    }

    private static void present(String path, @Nullable Object value, PlacedYaml places) {
        if (value == null) {
            places.problem(path, path.substring(1) + " is missing");
        }
    }

    private static Duration duration(String path, @Nullable String text, PlacedYaml places) {
        if (text == null) {
            places.problem(path, path.substring(1) + " is missing");
            return SHORTEST;
        }
        try {
            Duration duration = Durations.read(text);
            if (duration.compareTo(SHORTEST) < 0 || duration.compareTo(LONGEST) > 0) {
                places.problem(path, text + " is not from 10s to 1d");
            }
            return duration;
        } catch (IllegalArgumentException e) {
            places.problem(path, String.valueOf(e.getMessage()));
            return SHORTEST;
        }
    }
}
