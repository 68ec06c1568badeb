package io.tean.dashboards.trend;

import io.tean.dashboards.inspection.Fraction;
import io.tean.dashboards.inspection.Rate;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Both rates over the months as a picture of {@value #WIDTH} by {@value #HEIGHT}. A month without anything to count is a gap in its line.
 *
 * @param marks of the scale, the lowest first
 * @param lines what is drawn later is hollow, so that one is seen through the other
 */
public record TrendChart(List<Mark> marks, List<Label> months, List<Line> lines) {
    public static final int WIDTH = 760;
    public static final int HEIGHT = 260;
    static final int LEFT = 52;
    static final int RIGHT = WIDTH - 64;
    static final int TOP = 16;
    static final int BOTTOM = HEIGHT - 44;
    /** Of the scale, in percent. */
    private static final int STEPS = 5;

    public TrendChart {
        marks = List.copyOf(marks);
        months = List.copyOf(months);
        lines = List.copyOf(lines);
    }

    /** A line of the scale. */
    public record Mark(double y, String text) {}

    /** A month below the picture. */
    public record Label(double x, String text) {}

    /** One rate's value in one month. */
    public record Dot(double x, double y, String text) {}

    /**
     * One rate.
     *
     * @param path as SVG takes it
     * @param endY where its last value is said, apart from that of the other
     */
    public record Line(Rate rate, String path, List<Dot> dots, double endY) {
        public Line {
            dots = List.copyOf(dots);
        }
    }

    public boolean isEmpty() {
        return lines.stream().allMatch(line -> line.dots().isEmpty());
    }

    /** A coordinate as SVG takes it, whatever the language. */
    public static String at(double pixels) {
        return String.format(Locale.ROOT, "%.1f", pixels);
    }

    static TrendChart of(List<Point> points) {
        double lowest = points.stream()
                .flatMap(point -> Stream.of(point.submitted(), point.periodic()))
                .flatMap(rate -> rate.percent().stream())
                .mapToDouble(BigDecimal::doubleValue)
                .min()
                .orElse(0);
        // Whole tens; a rate that never leaves 100 % has some room below it all the same.
        int floor = Math.min(90, (int) Math.floor(lowest / 10) * 10);
        List<Mark> marks = new ArrayList<>();
        for (int step = 0; step <= STEPS; step++) {
            int percent = floor + (100 - floor) * step / STEPS;
            marks.add(new Mark(y(percent, floor), percent + " %"));
        }
        List<Label> months = new ArrayList<>();
        for (int index = 0; index < points.size(); index++) {
            months.add(new Label(
                    x(index, points.size()),
                    points.get(index).month().toString().substring(2)));
        }
        Line submitted = line(Rate.SUBMITTED, points, floor);
        Line periodic = line(Rate.PERIODIC, points, floor);
        return new TrendChart(marks, months, apart(periodic, submitted));
    }

    /** Two values that end at one height are said one above the other. */
    private static List<Line> apart(Line first, Line second) {
        double between = second.endY() - first.endY();
        if (Math.abs(between) >= 16) {
            return List.of(first, second);
        }
        double push = (16 - Math.abs(between)) / 2;
        double up = between >= 0 ? -push : push;
        return List.of(
                new Line(first.rate(), first.path(), first.dots(), first.endY() + up),
                new Line(second.rate(), second.path(), second.dots(), second.endY() - up));
    }

    private static Line line(Rate rate, List<Point> points, int floor) {
        StringBuilder path = new StringBuilder();
        List<Dot> dots = new ArrayList<>();
        boolean drawing = false;
        for (int index = 0; index < points.size(); index++) {
            Point point = points.get(index);
            Fraction value = rate == Rate.SUBMITTED ? point.submitted() : point.periodic();
            Optional<BigDecimal> percent = value.percent();
            if (percent.isPresent()) {
                double x = x(index, points.size());
                double y = y(percent.get().doubleValue(), floor);
                path.append(drawing ? "L" : "M").append(at(x)).append(' ').append(at(y));
                dots.add(new Dot(x, y, value.text()));
            }
            drawing = percent.isPresent();
        }
        return new Line(
                rate,
                path.toString(),
                dots,
                dots.isEmpty() ? TOP : dots.getLast().y());
    }

    private static double x(int index, int of) {
        return of < 2 ? LEFT : LEFT + (double) (RIGHT - LEFT) * index / (of - 1);
    }

    private static double y(double percent, int floor) {
        return BOTTOM - (BOTTOM - TOP) * (percent - floor) / (100 - floor);
    }
}
