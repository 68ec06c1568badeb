package io.tean.register.regulation;

import io.tean.core.regulation.RegulationTexts;
import io.tean.core.stream.ResourceFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All entries by code, each with its versions: those that Tean brings along, and those of folders that a site adds. */
public final class RegulationBook implements RegulationTexts {
    private static final String FOLDER = "io/tean/register/regulation/regulations/";
    private static final String WITHOUT_DATE = "-no-date";

    private final Map<String, List<Regulation>> versions;

    private RegulationBook(Map<String, List<Regulation>> versions) {
        this.versions = versions;
    }

    /** The entries that Tean brings along. */
    public static RegulationBook builtIn() {
        return load(List.of());
    }

    /**
     * The entries that Tean brings along and those in the YAML files of the given folders.
     *
     * @throws IllegalArgumentException naming every problem of every file, one a line, with file and line
     */
    public static RegulationBook load(Collection<Path> folders) {
        List<BookFile.Entry> entries = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        ResourceFolder.files(FOLDER, ".yaml").forEach((name, yaml) -> BookFile.read(name, yaml, entries, problems));
        for (Path folder : folders) {
            try (var files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".yaml"))
                        .sorted()
                        .toList()) {
                    BookFile.read(file.toString(), Files.readString(file), entries, problems);
                }
            } catch (IOException e) {
                problems.add(folder + ": cannot read the folder of regulations: " + e);
            }
        }
        Map<String, List<Regulation>> versions = new TreeMap<>();
        for (BookFile.Entry entry : entries) {
            Regulation regulation = entry.regulation();
            List<Regulation> known = versions.computeIfAbsent(regulation.code(), _ -> new ArrayList<>());
            for (Regulation other : known) {
                if (other.overlaps(regulation) || other.version() == regulation.version()) {
                    problems.add(entry.place() + ": " + regulation.code() + " version " + regulation.version()
                            + " from "
                            + regulation.effectiveFrom() + " stands beside version " + other.version() + " from "
                            + other.effectiveFrom()
                            + "; versions need different numbers and days of effect that do not overlap");
                }
            }
            known.add(regulation);
        }
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(System.lineSeparator(), problems));
        }
        versions.replaceAll((_, all) -> all.stream()
                .sorted(Comparator.comparing(Regulation::effectiveFrom))
                .toList());
        return new RegulationBook(versions);
    }

    /** In the order of codes and days of effect. */
    public List<Regulation> all() {
        return versions.values().stream().flatMap(List::stream).toList();
    }

    @Override
    public List<Entry> entries() {
        return all().stream().map(Wording::entry).toList();
    }

    /** The versions of each entry that asks for something, in the order of codes and days of effect. */
    public List<List<Regulation>> asking(Asked what) {
        return versions.values().stream()
                .filter(all -> all.getFirst().asks() == what)
                .toList();
    }

    /** The entry that was in force on a day. */
    public Optional<Regulation> entry(String code, LocalDate day) {
        for (Regulation each : versions.getOrDefault(code, List.of())) {
            if (each.holdsOn(day)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** The newest version of what the rule of a duty names, also of a rule that ends in {@code -no-date}. */
    public Optional<Regulation> ofRule(String rule) {
        String code = isWithoutDate(rule) ? rule.substring(0, rule.length() - WITHOUT_DATE.length()) : rule;
        List<Regulation> all = versions.getOrDefault(code, List.of());
        return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
    }

    /** The rule of a duty for which there is no day to count from. */
    public static String withoutDate(String code) {
        return code + WITHOUT_DATE;
    }

    /** Whether a duty is due because nothing is known to count from. */
    public static boolean isWithoutDate(String rule) {
        return rule.endsWith(WITHOUT_DATE);
    }

    /**
     * The amount and unit of a limit on a day.
     *
     * @throws IllegalArgumentException when the book has no such limit in force on that day
     */
    public Rule.Limit limit(String code, LocalDate day) {
        return entry(code, day)
                .flatMap(entry -> entry.rule().limit())
                .orElseThrow(() -> new IllegalArgumentException(
                        "no limit " + code + " in force on " + day + " in the regulation book; add an entry"));
    }
}
