package io.tean.dashboards.maintenance;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Where;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads the maintenance of a month by day, within a scope; each number is the total of the list that the day opens. */
final class CalendarQuery {
    private static final String FIRM = "(SELECT organisation_id FROM organisation WHERE credit_code = :firm)";

    private final Jdbi jdbi;

    CalendarQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** @param firm credit code of who must act; only the bureau may choose one */
    Calendar month(Scope scope, YearMonth month, Optional<String> firm, LocalDate today) {
        LocalDate first = month.atDay(1);
        LocalDate last = month.atEndOfMonth();
        return jdbi.withHandle(handle -> {
            Map<LocalDate, Long> due = last.isBefore(today)
                    ? Map.of()
                    : due(handle, scope, firm, first.isBefore(today) ? today : first, last);
            Map<LocalDate, Long> done = first.isAfter(today) ? Map.of() : done(handle, scope, firm, first, last);
            Map<LocalDate, Long> overdue = first.isAfter(today) ? Map.of() : overdue(handle, scope, firm, first, last);
            List<Calendar.Day> days = first.datesUntil(last.plusDays(1))
                    .map(day -> new Calendar.Day(
                            day,
                            day.isBefore(today) ? OptionalLong.empty() : number(due, day),
                            day.isAfter(today) ? OptionalLong.empty() : number(done, day),
                            day.isAfter(today) ? OptionalLong.empty() : number(overdue, day)))
                    .toList();
            return new Calendar(month, firm, today, days);
        });
    }

    private static OptionalLong number(Map<LocalDate, Long> numbers, LocalDate day) {
        return OptionalLong.of(numbers.getOrDefault(day, 0L));
    }

    /** In the two parts that have their indexes, as {@link DueState#DUE_ON} has them of one day. */
    private static Map<LocalDate, Long> due(
            Handle handle, Scope scope, Optional<String> firm, LocalDate first, LocalDate last) {
        Where where = new Where(Reach.duties(scope, "d")).bind("first", first).bind("last", last);
        firm.ifPresent(code -> where.and("d.answerable_id = " + FIRM, "firm", code));
        return numbers(handle, """
                SELECT d.due_on AS day, count(*) AS n
                FROM (SELECT o.* FROM duty o
                      WHERE o.until_on = 'infinity' AND o.kind = 'MAINTENANCE' AND o.due_on BETWEEN :first AND :last AND o.from_on <= o.due_on
                      UNION ALL
                      SELECT p.* FROM duty p
                      WHERE p.until_on < 'infinity' AND p.kind = 'MAINTENANCE' AND p.due_on BETWEEN :first AND :last
                        AND p.from_on <= p.due_on AND p.until_on > p.due_on) d
                """ + where.sql() + "GROUP BY 1", where);
    }

    /** Visits less those that another record supersedes: there are few of them, and they have an index. */
    private static Map<LocalDate, Long> done(
            Handle handle, Scope scope, Optional<String> firm, LocalDate first, LocalDate last) {
        Where where = new Where(Reach.visits(scope, "r"))
                .and("r.check_out_at >= :start", "start", Day.start(first))
                .and("r.check_out_at < :end", "end", Day.start(last.plusDays(1)));
        firm.ifPresent(code -> where.and("r.firm_id = " + FIRM, "firm", code));
        return numbers(handle, """
                SELECT (v.at AT TIME ZONE 'Asia/Shanghai')::date AS day, sum(v.n) AS n
                FROM (SELECT r.check_out_at AS at, 1 AS n FROM maintenance_record r %1$s
                      UNION ALL
                      SELECT r.check_out_at, -1 FROM maintenance_record s JOIN maintenance_record r ON r.record_id = s.supersedes %1$s) v
                GROUP BY 1
                """.formatted(where.sql()), where);
    }

    /** From the sums that are kept; they know no use units, whose few machines are counted themselves. */
    private static Map<LocalDate, Long> overdue(
            Handle handle, Scope scope, Optional<String> firm, LocalDate first, LocalDate last) {
        Where where =
                new Where(Reach.dutyCounts(scope, "c")).bind("first", first).bind("last", last);
        firm.ifPresent(code -> where.and("c.answerable_id = " + FIRM, "firm", code));
        Map<LocalDate, Long> changes = numbers(handle, """
                SELECT c.day, sum(c.base - c.inside) AS n
                FROM (SELECT CAST(:first AS date) AS day, m.division_code, m.answerable_id, m.base, m.inside FROM duty_month m
                      WHERE m.kind = 'MAINTENANCE' AND m.month < :first
                      UNION ALL
                      SELECT k.day, k.division_code, k.answerable_id, k.base, k.inside FROM duty_count k
                      WHERE k.kind = 'MAINTENANCE' AND k.day BETWEEN :first AND :last) c
                """ + where.sql() + "GROUP BY 1", where);
        Map<LocalDate, Long> used =
                scope instanceof Scope.Organisation(int id) ? overdueOfUser(handle, id, first, last) : Map.of();
        Map<LocalDate, Long> overdue = new HashMap<>();
        long sum = 0;
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            sum += changes.getOrDefault(day, 0L);
            overdue.put(day, sum + used.getOrDefault(day, 0L));
        }
        return overdue;
    }

    /** Of the machines that an organisation uses and others must maintain. */
    private static Map<LocalDate, Long> overdueOfUser(Handle handle, int id, LocalDate first, LocalDate last) {
        Where where = new Where(Reach.all())
                .and("d.use_unit_id = :id AND d.answerable_id IS DISTINCT FROM :id", "id", id)
                .bind("first", first)
                .bind("last", last);
        return numbers(handle, """
                SELECT CAST(g.day AS date) AS day, count(*) AS n
                FROM generate_series(CAST(:first AS date), CAST(:last AS date), interval '1 day') AS g (day)
                JOIN (SELECT o.* FROM duty o WHERE o.until_on = 'infinity' AND o.kind = 'MAINTENANCE'
                      UNION ALL
                      SELECT p.* FROM duty p
                      WHERE p.until_on < 'infinity' AND p.due_on + 1 < p.until_on AND p.kind = 'MAINTENANCE'
                        AND p.until_on > :first AND p.due_on < :last) d
                    ON d.from_on <= g.day AND d.until_on > g.day AND d.due_on < g.day
                """ + where.sql() + "GROUP BY 1", where);
    }

    private static Map<LocalDate, Long> numbers(Handle handle, String sql, Where where) {
        Map<LocalDate, Long> numbers = new HashMap<>();
        handle.createQuery(sql)
                .bindMap(where.bindings())
                .map((row, context) ->
                        numbers.put(Objects.requireNonNull(row.getObject("day", LocalDate.class)), row.getLong("n")))
                .list();
        return numbers;
    }
}
