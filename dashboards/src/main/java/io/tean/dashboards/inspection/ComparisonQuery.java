package io.tean.dashboards.inspection;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.inspection.Month.Turned;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Sheet;
import java.io.IOException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;

/** Reads what became of a reported month, for the whole city or one division of it. */
final class ComparisonQuery {
    /** Ten years of them; who compares older ones names them in the address. */
    private static final int MOST_MONTHS = 120;

    private final Jdbi jdbi;

    ComparisonQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** Those that were reported, the newest first. */
    List<YearMonth> months() {
        return jdbi.withHandle(handle -> handle
                .createQuery("SELECT month FROM frozen_month ORDER BY month DESC LIMIT :most")
                .bind("most", MOST_MONTHS)
                .mapTo(LocalDate.class)
                .list()
                .stream()
                .map(YearMonth::from)
                .toList());
    }

    /** @param now a month that was reported; none for today */
    Comparison compare(Scope scope, YearMonth then, Optional<YearMonth> now, LocalDate today) {
        Period month = new Period(today.withDayOfMonth(1), today);
        return jdbi.withHandle(handle -> {
            List<Count> before = MonthQuery.frozen(handle, scope, then);
            List<Count> after = now.map(later -> MonthQuery.frozen(handle, scope, later))
                    .orElseGet(() -> RateQuery.counts(handle, scope, month, today));
            return new Comparison(
                    then,
                    now,
                    month,
                    Count.sum(Rate.SUBMITTED, before),
                    Count.sum(Rate.SUBMITTED, after),
                    Count.sum(Rate.PERIODIC, before),
                    Count.sum(Rate.PERIODIC, after),
                    MonthQuery.differences(before, after),
                    turned(handle, scope, then, now, month, " LIMIT " + Month.Card.MOST_TURNED)
                            .map((row, context) -> MonthQuery.turned(row))
                            .list());
        });
    }

    /** Writes all machines that came in or went out, by code. */
    void export(
            Scope scope,
            YearMonth then,
            Optional<YearMonth> now,
            LocalDate today,
            Sheet.Sink sink,
            Function<Turned, Object[]> cells)
            throws IOException {
        List<Turned> all = jdbi.withHandle(
                handle -> turned(handle, scope, then, now, new Period(today.withDayOfMonth(1), today), "")
                        .map((row, context) -> MonthQuery.turned(row))
                        .list());
        for (Turned each : all) {
            sink.row(cells.apply(each));
        }
    }

    private static Query turned(
            Handle handle, Scope scope, YearMonth then, Optional<YearMonth> now, Period month, String end) {
        Reach reach = Reach.machines(scope, "e", month.day());
        String later = now.isPresent() ? MonthQuery.FROZEN.formatted(":now") : MonthQuery.MISSING;
        Query query = handle.createQuery(MonthQuery.turned(MonthQuery.FROZEN.formatted(":then"), later, reach) + end)
                .bindMap(reach.bindings())
                .bind("then", then.atDay(1));
        return now.isPresent()
                ? query.bind("now", now.get().atDay(1))
                : query.bind("from", month.from()).bind("day", month.day());
    }
}
