package io.tean.dashboards.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.dashboards.DashboardsException;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 3);
    private static final ScoreTable CHENGDU = ScoreBook.builtIn().of(MONTH).orElseThrow();
    private static final Score.Firm FIRM = new Score.Firm(1, "91371300SCOREFIRM0", "Firm");

    /** The points of the source's own words: R1, domain.md 2.6. */
    @ParameterizedTest
    @CsvSource({
        "level-1-not-served, 2, 1, -10",
        "level-2-served, 3, 1, 9",
        "level-2-refused, 1, 1, -5",
        "arrival-over-30, 2, 1, -20",
        "poor-maintenance, 1, 1, -3",
        "unhandled-alarm, 4, 1, -8",
        "unanswered-duty-call, 1, 1, -5",
        "no-duty-telephone, 1, 1, -10",
        "inspection-failed, 3, 1, -6",
        "on-time-rate, 97, 100, -3.0",
        "on-time-rate, 2, 3, -33.3",
        "on-time-rate, 100, 100, 0",
        "on-time-rate, 0, 0, 0",
        "scan-rate, 1999, 2000, -0.1",
        "more-elevators, 499, 1, 0",
        "more-elevators, 500, 1, 0",
        "more-elevators, 999, 1, 0",
        "more-elevators, 1000, 1, 1",
        "more-elevators, 2600, 1, 4",
        "few-elevators, 99, 1, -5",
        "few-elevators, 100, 1, 0",
        "elevators-per-worker, 20, 1, 3",
        "elevators-per-worker, 41, 2, 1",
        "elevators-per-worker, 24, 1, 1",
        "elevators-per-worker, 25, 1, 0",
        "elevators-per-worker, 60, 2, 0",
        "elevators-per-worker, 61, 2, -5",
        "elevators-per-worker, 40, 1, -5",
        "elevators-per-worker, 41, 1, -10",
        "elevators-per-worker, 3, 0, -10",
        "elevators-per-worker, 0, 0, 0"
    })
    void item_givesThePointsOfItsSource(String item, long part, long whole, BigDecimal points) {
        assertThat(item(item).rule().points(new Fact(part, whole))).isEqualByComparingTo(points);
    }

    @Test
    void score_isTheBaseAndAllPoints_andItsClassTheFirstThatItReaches() {
        Score score = CHENGDU.score(
                FIRM,
                Map.of(
                        Measure.ELEVATORS, new Fact(1200, 1),
                        Measure.ELEVATORS_PER_WORKER, new Fact(1200, 40),
                        Measure.ARRIVAL_OVER_30, new Fact(2, 1),
                        Measure.ON_TIME_MAINTENANCE, new Fact(990, 1000)));
        assertThat(score.text()).isEqualTo("80");
        assertThat(score.sum(true)).isEqualTo("+1");
        assertThat(score.sum(false)).isEqualTo("−21");
        assertThat(score.letter()).isEqualTo("B");
        assertThat(score.size()).isEqualTo(Score.Size.LARGE);
    }

    @ParameterizedTest
    @CsvSource({"501, LARGE", "500, MEDIUM", "100, MEDIUM", "99, SMALL", "0, SMALL"})
    void size_isByTheElevators(long elevators, Score.Size size) {
        assertThat(Score.Size.of(elevators)).isEqualTo(size);
    }

    @Test
    void rank_isAmongFirmsOfTheSameSize_andTheSameForTheSameScore() {
        List<Score> ranked = Score.ranked(List.of(
                scored("a", 50, "90"),
                scored("b", 800, "70"),
                scored("c", 60, "95"),
                scored("d", 70, "90"),
                scored("e", 80, "60")));
        assertThat(ranked.stream().map(score -> score.firm().name() + score.rank()))
                .containsExactly("b1", "c1", "a2", "d2", "e4");
    }

    private static Score scored(String name, long elevators, String total) {
        return new Score(new Score.Firm(1, name, name), elevators, List.of(), new BigDecimal(total), "A", 0);
    }

    @Test
    void lowestClassAtOnce_leavesTheScoreAlone() {
        String yaml = table("""
                - {id: grave, group: rescue, title: {zh: 重大, en: Grave}, measure: poor-maintenance, points: 0, per: event, lowest_class: true}
                """);
        ScoreTable table = ScoreBook.of(Map.of("a.yaml", yaml)).of(MONTH).orElseThrow();
        assertThat(table.score(FIRM, Map.of()).letter()).isEqualTo("A");
        Score grave = table.score(FIRM, Map.of(Measure.POOR_MAINTENANCE, new Fact(1, 1)));
        assertThat(grave.letter()).isEqualTo("D");
        assertThat(grave.total()).isEqualByComparingTo("100");
    }

    @Test
    void month_isScoredByTheNewestTableInForce() {
        String old = table(
                "- {id: a, group: rescue, title: {zh: 甲, en: a}, measure: level-2-served, points: 1, per: event}");
        ScoreBook book = ScoreBook.of(Map.of("old.yaml", old, "new.yaml", old.replace("2024-01", "2026-04")));
        assertThat(book.of(MONTH).orElseThrow().effective()).isEqualTo(YearMonth.of(2024, 1));
        assertThat(book.of(MONTH.plusMonths(1)).orElseThrow().effective()).isEqualTo(YearMonth.of(2026, 4));
        assertThat(book.of(YearMonth.of(2023, 12))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "measure: office-space, points: 1, per: event | a.yaml:10: measure: Tean does not measure 'office-space'",
                "measure: elevators, points: 1, per: event | a.yaml:10: elevators answers NUMBER",
                "measure: level-2-served, points: 1, per: year | a.yaml:10: per: 'year' is none of event",
                "measure: level-2-served, points: many, per: event | a.yaml:10: points: 'many' is no number",
                "measure: level-2-served, points: 1, per: event, colour: red | a.yaml:10: unknown key colour",
                "measure: elevators, bands: [{up_to: 3, points: 1}] | a.yaml:10: bands: the last one has no up_to"
            })
    void tableThatCannotBeUsed_isRefused_withFileAndLine(String item, String problem) {
        String yaml = table("- {id: x, group: rescue, title: {zh: 项, en: Item}, " + item + "}");
        assertThatThrownBy(() -> ScoreBook.of(Map.of("a.yaml", yaml)))
                .isInstanceOf(DashboardsException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void allThatIsWrong_isSaidAtOnce() {
        assertThatThrownBy(() -> ScoreBook.of(Map.of("a.yaml", "base: x\nitems: []\n", "b.yaml", "a: [")))
                .hasMessageContaining("a.yaml:1: base: 'x' is no whole number")
                .hasMessageContaining("name is missing")
                .hasMessageContaining("b.yaml:");
    }

    @Test
    void everyMeasure_isUsedByATable_orBecameUseless() {
        EnumSet<Measure> unused = EnumSet.allOf(Measure.class);
        CHENGDU.items().forEach(item -> unused.remove(item.measure()));
        assertThat(unused).isEmpty();
        assertThat(CHENGDU.notMeasured()).hasSize(10);
    }

    private static ScoreItem item(String id) {
        return CHENGDU.items().stream()
                .filter(item -> item.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String table(String item) {
        return """
                name: test
                title: {zh: 测试, en: Test}
                source: nobody
                mark: derived
                version: 1
                effective: 2024-01
                base: 100
                classes_mark: derived
                items:
                %s
                classes: [{class: A, from: 90}, {class: D}]
                """.formatted(item.strip());
    }
}
