package io.tean.dashboards.trend;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.inspection.Fraction;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.trend.TrendChart.Line;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrendChartTest {
    private static final Fraction NOTHING = new Fraction(0, 0);

    @Test
    void wholeRate_standsAtTheTop_andTheScaleBeginsBelowTheLowest() {
        TrendChart chart = TrendChart.of(List.of(point(1, 10, 7), point(2, 10, 10)));
        assertThat(chart.marks().getFirst().text()).isEqualTo("70 %");
        assertThat(chart.marks().getLast().text()).isEqualTo("100 %");
        Line periodic = chart.lines().getFirst();
        assertThat(periodic.dots().getFirst().y()).isEqualTo(TrendChart.BOTTOM);
        assertThat(periodic.dots().getLast().y()).isEqualTo(TrendChart.TOP);
        assertThat(periodic.dots().getLast().x()).isEqualTo(TrendChart.RIGHT);
    }

    @Test
    void monthWithoutAnythingToCount_isAGap() {
        Line submitted = TrendChart.of(List.of(point(1, 10, 9), nothing(2), point(3, 9, 9), point(4, 9, 9)))
                .lines()
                .getLast();
        assertThat(submitted.dots()).hasSize(3);
        assertThat(submitted.path()).containsPattern("^M[0-9. ]+M[0-9. ]+L[0-9. ]+$");
    }

    @Test
    void valuesThatEndTogether_areSaidApart() {
        List<Line> lines =
                TrendChart.of(List.of(point(1, 10, 10), point(2, 10, 10))).lines();
        assertThat(Math.abs(lines.getFirst().endY() - lines.getLast().endY())).isGreaterThanOrEqualTo(16);
    }

    @Test
    void nothingAtAll_isAnEmptyPicture() {
        assertThat(TrendChart.of(List.of(nothing(1), nothing(2))).isEmpty()).isTrue();
    }

    /** All submitted is inspected. */
    private static Point point(int month, int submitted, int periodicOfTen) {
        return new Point(period(month), new Fraction(submitted, submitted), new Fraction(periodicOfTen, 10));
    }

    private static Point nothing(int month) {
        return new Point(period(month), NOTHING, NOTHING);
    }

    private static Period period(int month) {
        LocalDate first = LocalDate.of(2026, month, 1);
        return new Period(first, first.plusMonths(1).minusDays(1));
    }
}
