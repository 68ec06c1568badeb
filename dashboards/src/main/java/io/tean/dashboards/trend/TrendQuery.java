package io.tean.dashboards.trend;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.inspection.Fraction;
import io.tean.dashboards.list.Period;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads the two rates of the months before a day within a scope; each month as its own rates are. */
final class TrendQuery {
    static final int MONTHS = 12;

    private static final Fraction NOTHING = new Fraction(0, 0);

    private final Jdbi jdbi;

    TrendQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /**
     * Of the month of the day, as of it, and of the eleven before, each as of its end.
     *
     * @param today by which contracts a firm reaches machines
     */
    List<Point> points(Scope scope, LocalDate day, LocalDate today) {
        List<Period> periods = periods(day);
        return jdbi.withHandle(handle -> {
            Map<LocalDate, Fraction> submitted = submitted(handle, scope, periods, today);
            Map<LocalDate, Fraction> periodic =
                    scope.ofBureau() ? summed(handle, scope, periods) : counted(handle, scope, periods, today);
            return periods.stream()
                    .map(period -> new Point(
                            period,
                            submitted.getOrDefault(period.day(), NOTHING),
                            periodic.getOrDefault(period.day(), NOTHING)))
                    .toList();
        });
    }

    private static List<Period> periods(LocalDate day) {
        YearMonth last = YearMonth.from(day);
        return IntStream.range(0, MONTHS)
                .mapToObj(index -> last.minusMonths(MONTHS - 1L - index))
                .map(month -> new Period(month.atDay(1), month.equals(last) ? day : month.atEndOfMonth()))
                .toList();
    }

    /** As {@code submitted_inspection_counts} counts: of each month its part of an index. */
    private static Map<LocalDate, Fraction> submitted(
            Handle handle, Scope scope, List<Period> periods, LocalDate today) {
        Reach reach = Reach.machines(scope, "s", today);
        return fractions(handle, """
                SELECT p.day, count(*) AS base, count(*) FILTER (WHERE s.reported_on <= p.day) AS fulfilled
                FROM unnest(CAST(:froms AS date[]), CAST(:days AS date[])) AS p (first, day)
                JOIN submission s ON s.agreed_on BETWEEN p.first AND p.day AND s.accepted_on <= p.day
                    AND (s.ended_on IS NULL OR s.ended_on > p.day)
                WHERE %s GROUP BY 1
                """.formatted(reach.condition()), reach, periods);
    }

    /** As of the end of a month it is the sum of all months until it; as of a day in the last one, of its days too. */
    private static Map<LocalDate, Fraction> summed(Handle handle, Scope scope, List<Period> periods) {
        Reach reach = Reach.dutyCounts(scope, "c");
        Map<LocalDate, Fraction> changes = fractions(handle, """
                WITH p AS (SELECT first, day FROM unnest(CAST(:froms AS date[]), CAST(:days AS date[])) AS p (first, day))
                SELECT p.day, sum(c.base) AS base, sum(c.inside) AS fulfilled
                FROM duty_month c JOIN p ON p.first = greatest(c.month, (SELECT min(first) FROM p))
                WHERE c.kind = 'INSPECTION' AND c.month < (SELECT max(first) FROM p) AND %1$s GROUP BY 1
                UNION ALL
                SELECT l.day, sum(c.base), sum(c.inside)
                FROM (SELECT max(first) AS first, max(day) AS day FROM p) l
                JOIN duty_count c ON c.kind = 'INSPECTION' AND c.day BETWEEN l.first AND l.day WHERE %1$s GROUP BY 1
                """.formatted(reach.condition()), reach, periods);
        Map<LocalDate, Fraction> sums = new HashMap<>();
        long base = 0;
        long inside = 0;
        for (Period period : periods) {
            Fraction change = changes.getOrDefault(period.day(), NOTHING);
            base += change.whole();
            inside += change.part();
            sums.put(period.day(), new Fraction(inside, base));
        }
        return sums;
    }

    /** Of an organisation's few machines. */
    private static Map<LocalDate, Fraction> counted(Handle handle, Scope scope, List<Period> periods, LocalDate today) {
        Reach reach = Reach.machines(scope, "d", today);
        return fractions(handle, """
                SELECT p.day, count(*) AS base, count(*) FILTER (WHERE d.due_on >= p.day) AS fulfilled
                FROM unnest(CAST(:froms AS date[]), CAST(:days AS date[])) AS p (first, day)
                JOIN duty d ON d.kind = 'INSPECTION' AND d.from_on <= p.day AND d.until_on > p.day
                WHERE %s GROUP BY 1
                """.formatted(reach.condition()), reach, periods);
    }

    private static Map<LocalDate, Fraction> fractions(Handle handle, String sql, Reach reach, List<Period> periods) {
        List<String> froms = new ArrayList<>();
        List<String> days = new ArrayList<>();
        for (Period period : periods) {
            froms.add(period.from().toString());
            days.add(period.day().toString());
        }
        Map<LocalDate, Fraction> fractions = new HashMap<>();
        handle.createQuery(sql)
                .bindMap(reach.bindings())
                .bindArray("froms", String.class, froms)
                .bindArray("days", String.class, days)
                .map((row, context) -> fractions.put(
                        Objects.requireNonNull(row.getObject("day", LocalDate.class)),
                        new Fraction(row.getLong("fulfilled"), row.getLong("base"))))
                .list();
        return fractions;
    }
}
