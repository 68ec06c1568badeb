package io.tean.dashboards.score;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A firm's score of a month.
 *
 * @param elevators under its contracts on the last day
 * @param letter its class
 * @param rank among the firms of its size, from 1; the same for the same score
 */
public record Score(Firm firm, long elevators, List<Line> lines, BigDecimal total, String letter, int rank) {
    public Score {
        lines = List.copyOf(lines);
    }

    /** A maintenance firm. */
    public record Firm(int id, String creditCode, String name) {}

    /** What one item came to. */
    public record Line(ScoreItem item, Fact fact, BigDecimal points) {
        /** Such as −5, +3 or 0. */
        public String text() {
            return signed(points);
        }

        public String look() {
            return points.signum() < 0 ? "bad" : points.signum() > 0 ? "good" : "quiet";
        }
    }

    /** Firms are ranked beside firms of their size (R1 [seen]): over 500 elevators, 100 to 500, under 100. */
    public enum Size {
        LARGE,
        MEDIUM,
        SMALL;

        static Size of(long elevators) {
            if (elevators > 500) {
                return LARGE;
            }
            return elevators >= 100 ? MEDIUM : SMALL;
        }

        /** As in addresses, such as {@code large}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static String signed(BigDecimal points) {
        String text = points.abs().stripTrailingZeros().toPlainString();
        return points.signum() < 0 ? "−" + text : points.signum() > 0 ? "+" + text : "0";
    }

    public Size size() {
        return Size.of(elevators);
    }

    /** To one digit at most. */
    public String text() {
        return total.stripTrailingZeros().toPlainString();
    }

    /** The same for people, with a minus that is one. */
    public String said() {
        return text().replace('-', '−');
    }

    /** The sum of what was added, or of what was taken. */
    public String sum(boolean added) {
        return signed(lines.stream()
                .map(Line::points)
                .filter(points -> added ? points.signum() > 0 : points.signum() < 0)
                .reduce(BigDecimal.ZERO, BigDecimal::add));
    }

    /** The best first, each with its rank among its size. */
    static List<Score> ranked(List<Score> scores) {
        List<Score> ranked = new ArrayList<>();
        for (Size size : Size.values()) {
            List<Score> beside = scores.stream()
                    .filter(score -> score.size() == size)
                    .sorted(Comparator.comparing(Score::total)
                            .reversed()
                            .thenComparing(score -> score.firm().name())
                            .thenComparing(score -> score.firm().creditCode()))
                    .toList();
            int rank = 0;
            for (int i = 0; i < beside.size(); i++) {
                Score score = beside.get(i);
                rank = i > 0 && beside.get(i - 1).total().compareTo(score.total()) == 0 ? rank : i + 1;
                ranked.add(
                        new Score(score.firm(), score.elevators(), score.lines(), score.total(), score.letter(), rank));
            }
        }
        return ranked;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("firm", Map.of("credit_code", firm.creditCode(), "name", firm.name()));
        json.put("size", size().word());
        json.put("rank", rank);
        json.put("elevators", elevators);
        json.put("score", total);
        json.put("class", letter);
        return json;
    }
}
