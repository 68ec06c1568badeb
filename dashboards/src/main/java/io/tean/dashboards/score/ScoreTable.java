package io.tean.dashboards.score;

import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;

/**
 * A set of scoring rules.
 *
 * @param effective the first month that is scored by it
 * @param base what points are added to and taken from
 * @param classesMark how far the bounds of the classes may be trusted, which need not come from where the points do
 * @param classes from the best to the lowest
 */
public record ScoreTable(
        String name,
        Label title,
        String source,
        Mark mark,
        int version,
        YearMonth effective,
        int base,
        Mark classesMark,
        List<Bound> classes,
        List<ScoreItem> items,
        List<ScoreItem.NotMeasured> notMeasured) {
    public ScoreTable {
        classes = List.copyOf(classes);
        items = List.copyOf(items);
        notMeasured = List.copyOf(notMeasured);
    }

    /**
     * A class of firms.
     *
     * @param from the lowest score in it; the lowest class takes every other
     */
    public record Bound(String letter, BigDecimal from) {}

    /** Scores a firm by what was measured of it. */
    Score score(Score.Firm firm, Map<Measure, Fact> facts) {
        List<Score.Line> lines = items.stream()
                .map(item -> {
                    Fact fact = facts.getOrDefault(item.measure(), Fact.NONE);
                    return new Score.Line(item, fact, item.rule().points(fact));
                })
                .toList();
        BigDecimal total = lines.stream().map(Score.Line::points).reduce(BigDecimal.valueOf(base), BigDecimal::add);
        boolean lowest = lines.stream()
                .anyMatch(line -> line.item().lowestClass() && line.fact().part() > 0);
        long elevators = facts.getOrDefault(Measure.ELEVATORS, Fact.NONE).part();
        return new Score(
                firm, elevators, lines, total, lowest ? classes.getLast().letter() : letter(total), 0);
    }

    private String letter(BigDecimal total) {
        return classes.stream()
                .filter(bound -> total.compareTo(bound.from()) >= 0)
                .findFirst()
                .orElse(classes.getLast())
                .letter();
    }
}
