package io.tean.app.alerts;

import io.tean.app.load.House;
import io.tean.app.load.Pauses;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The alerts of the day's machines against the ground truth.
 *
 * @param missed faults without an alert that began within them
 * @param unfounded alerts of no fault
 * @param doubled more alerts of one fault than one, or an alert that came back within one
 */
public record Comparison(
        Map<String, Long> planted,
        List<String> missed,
        List<String> unfounded,
        List<String> doubled,
        Map<String, Long> raised) {
    public Comparison {
        planted = Map.copyOf(planted);
        missed = List.copyOf(missed);
        unfounded = List.copyOf(unfounded);
        doubled = List.copyOf(doubled);
        raised = Map.copyOf(raised);
    }

    private static final Duration CLOCK_ROUNDS = Duration.ofSeconds(20);

    /** An alert, as far as the ground truth knows of it. */
    record Raised(String rule, String subject, long firstSeen, int activations) {
        @Override
        public String toString() {
            return rule + " of " + subject + " at " + Instant.EPOCH.plusNanos(firstSeen * 1_000) + " (activated "
                    + activations + ")";
        }
    }

    /** Waits for the last ones, which the service's clock brings. */
    public static Comparison of(House house, ScriptedDay day) throws SQLException {
        Instant end = Instant.now().plus(CLOCK_ROUNDS);
        try (Connection owner = house.database().connect()) {
            Comparison comparison = of(day.faults(), raised(owner, day.codes()));
            while (!comparison.missed.isEmpty() && Instant.now().isBefore(end)) {
                Pauses.millis(500);
                comparison = of(day.faults(), raised(owner, day.codes()));
            }
            return comparison;
        }
    }

    static Comparison of(List<Fault> truth, List<Raised> raised) {
        Map<Fault, List<Raised>> of = new HashMap<>();
        List<String> unfounded = new ArrayList<>();
        Map<String, List<Fault>> faults =
                truth.stream().filter(Fault::fires).collect(Collectors.groupingBy(f -> f.rule() + " " + f.subject()));
        for (Raised alert : raised) {
            faults.getOrDefault(alert.rule + " " + alert.subject, List.of()).stream()
                    .filter(f -> alert.firstSeen >= f.beginMicros() && alert.firstSeen <= f.endMicros())
                    .findFirst()
                    .ifPresentOrElse(
                            f -> of.computeIfAbsent(f, x -> new ArrayList<>()).add(alert),
                            () -> unfounded.add(alert.toString()));
        }
        List<String> missed = truth.stream()
                .filter(f -> f.fires() && !of.containsKey(f))
                .map(Fault::line)
                .toList();
        List<String> doubled = of.entrySet().stream()
                .filter(e -> e.getValue().size() > 1 || e.getValue().stream().anyMatch(r -> r.activations > 1))
                .map(e -> e.getKey().line() + " became " + e.getValue())
                .toList();
        return new Comparison(
                truth.stream()
                        .filter(Fault::fires)
                        .collect(Collectors.groupingBy(Fault::rule, TreeMap::new, Collectors.counting())),
                missed,
                unfounded,
                doubled,
                raised.stream().collect(Collectors.groupingBy(Raised::rule, TreeMap::new, Collectors.counting())));
    }

    private static List<Raised> raised(Connection owner, List<String> codes) throws SQLException {
        List<Raised> raised = new ArrayList<>();
        try (PreparedStatement select = owner.prepareStatement("""
                SELECT a.rule, CASE a.subject_kind WHEN 'MACHINE' THEN e.code ELSE a.subject END AS subject,
                    (extract(epoch FROM a.first_seen) * 1000000)::bigint AS first_seen, a.activations
                FROM alert a LEFT JOIN equipment e USING (equipment_id)
                WHERE e.code IS NULL OR e.code = ANY (?)
                ORDER BY a.alert_id
                """)) {
            select.setArray(1, owner.createArrayOf("text", codes.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    raised.add(new Raised(row.getString(1), row.getString(2), row.getLong(3), row.getInt(4)));
                }
            }
        }
        return raised;
    }

    public boolean isFlawless() {
        return missed.isEmpty() && unfounded.isEmpty() && doubled.isEmpty();
    }

    /** A line for each rule that has anything to tell, and the first of what is wrong. */
    public String report() {
        Set<String> rules = new TreeSet<>(planted.keySet());
        rules.addAll(raised.keySet());
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT, "%-24s %8s %8s %8s %8s %8s%n", "rule", "planted", "raised", "missed", "false", "doubled"));
        for (String rule : rules) {
            text.append(String.format(
                    Locale.ROOT,
                    "%-24s %8d %8d %8d %8d %8d%n",
                    rule,
                    planted.getOrDefault(rule, 0L),
                    raised.getOrDefault(rule, 0L),
                    of(missed, rule, ","),
                    of(unfounded, rule, " of "),
                    of(doubled, rule, ",")));
        }
        Set<String> wrong = new HashSet<>();
        Map.of("missed", missed, "false", unfounded, "doubled", doubled)
                .forEach((what, list) -> list.stream().limit(10).forEach(line -> wrong.add(what + ": " + line + "\n")));
        wrong.stream().sorted().forEach(text::append);
        return text.toString();
    }

    private static long of(List<String> lines, String rule, String behind) {
        String mark = behind.equals(",") ? "," + rule + "," : rule + behind;
        return lines.stream().filter(l -> l.contains(mark)).count();
    }
}
