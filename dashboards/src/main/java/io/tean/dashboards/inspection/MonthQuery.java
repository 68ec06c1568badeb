package io.tean.dashboards.inspection;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.inspection.Month.Difference;
import io.tean.dashboards.inspection.Month.Turned;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Sorting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Reads reported months, for the whole city or one division of it. */
final class MonthQuery {
    static final Sorting SORTING = new Sorting(Map.of("month", "m.month"), "-month", "m.month");

    /** What was missing when a month was reported. */
    static final String FROZEN = "SELECT rate, equipment_id FROM frozen_missing WHERE month = %s";
    /** What is missing by what is known now, of the days {@code :from} to {@code :day}. */
    static final String MISSING = """
            SELECT DISTINCT 'SUBMITTED' AS rate, equipment_id FROM submitted_inspection_missing(:from, :day)
            UNION ALL
            SELECT 'PERIODIC', equipment_id FROM periodic_inspection_missing(:day)""";

    private final Jdbi jdbi;

    MonthQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    Listing<Month> list(Scope scope, Paging paging) {
        return reader(scope).page(jdbi, paging);
    }

    private static ListReader<Month> reader(Scope scope) {
        Reach reach = Reach.divisions(scope, "c");
        // A month is a row whatever the division has of it; the join is there for the reach to bind.
        String counted = " FROM frozen_month m LEFT JOIN frozen_count c ON FALSE AND " + reach.condition() + " ";
        return new ListReader<>(
                """
                SELECT m.*, f.*, s.base AS submitted_base, s.fulfilled AS submitted_fulfilled, p.base AS periodic_base,
                    p.fulfilled AS periodic_fulfilled
                FROM frozen_month m
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(c.base) FILTER (WHERE c.rate = 'SUBMITTED'), 0) AS submitted_base_then,
                        coalesce(sum(c.fulfilled) FILTER (WHERE c.rate = 'SUBMITTED'), 0) AS submitted_fulfilled_then,
                        coalesce(sum(c.base) FILTER (WHERE c.rate = 'PERIODIC'), 0) AS periodic_base_then,
                        coalesce(sum(c.fulfilled) FILTER (WHERE c.rate = 'PERIODIC'), 0) AS periodic_fulfilled_then
                    FROM frozen_count c WHERE c.month = m.month AND %1$s) f
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(c.base), 0) AS base, coalesce(sum(c.fulfilled), 0) AS fulfilled
                    FROM submitted_inspection_counts(m.month, (m.month + interval '1 month')::date - 1) c WHERE %1$s) s
                CROSS JOIN LATERAL (
                    SELECT coalesce(sum(c.base), 0) AS base, coalesce(sum(c.fulfilled), 0) AS fulfilled
                    FROM periodic_inspection_counts((m.month + interval '1 month')::date - 1) c WHERE %1$s) p
                """.formatted(reach.condition()), counted, reach.bindings(), SORTING, (row, context) -> month(row));
    }

    /** Empty when the month was not reported. */
    Optional<Month.Card> find(Scope scope, YearMonth month) {
        ListReader<Month> reader = reader(scope);
        LocalDate first = month.atDay(1);
        return jdbi.withHandle(handle -> handle.createQuery(reader.select() + " WHERE m.month = :month")
                .bindMap(reader.bindings())
                .bind("month", first)
                .map((row, context) -> month(row))
                .findOne()
                .map(found -> new Month.Card(
                        found, differences(handle, scope, month), turned(handle, scope, first, month.atEndOfMonth()))));
    }

    private static List<Difference> differences(Handle handle, Scope scope, YearMonth month) {
        return differences(
                frozen(handle, scope, month),
                RateQuery.counts(
                        handle, scope, new Period(month.atDay(1), month.atEndOfMonth()), month.atEndOfMonth()));
    }

    /** What both rates were made of when the month was reported. */
    static List<Count> frozen(Handle handle, Scope scope, YearMonth month) {
        Reach reach = Reach.divisions(scope, "c");
        return handle.createQuery("SELECT c.* FROM frozen_count c WHERE c.month = :month AND " + reach.condition())
                .bindMap(reach.bindings())
                .bind("month", month.atDay(1))
                .map((row, context) -> Count.of(row))
                .list();
    }

    /** Each division and category whose rate is another one now. */
    static List<Difference> differences(List<Count> before, List<Count> after) {
        Map<String, List<Count>> then = byKey(before);
        Map<String, List<Count>> now = byKey(after);
        Map<String, List<Count>> all = new TreeMap<>(then);
        now.forEach(all::putIfAbsent);
        List<Difference> differences = new ArrayList<>();
        all.forEach((key, counts) -> {
            Count first = counts.getFirst();
            Fraction was = Count.sum(first.rate(), then.getOrDefault(key, List.of()));
            Fraction is = Count.sum(first.rate(), now.getOrDefault(key, List.of()));
            if (!was.equals(is)) {
                differences.add(new Difference(first.rate(), first.division(), first.category(), was, is));
            }
        });
        return differences;
    }

    private static Map<String, List<Count>> byKey(List<Count> counts) {
        Map<String, List<Count>> groups = new TreeMap<>();
        counts.forEach(count -> groups.computeIfAbsent(
                        count.rate().name() + " " + count.division() + " " + count.category(),
                        ignored -> new ArrayList<>())
                .add(count));
        return groups;
    }

    private static List<Turned> turned(Handle handle, Scope scope, LocalDate first, LocalDate last) {
        Reach reach = Reach.machines(scope, "e", last);
        return handle.createQuery(turned(FROZEN.formatted(":from"), MISSING, reach) + " LIMIT :most")
                .bindMap(reach.bindings())
                .bind("from", first)
                .bind("day", last)
                .bind("most", Month.Card.MOST_TURNED)
                .map((row, context) -> turned(row))
                .list();
    }

    /** SQL of the machines that are missing in one of two sets of rate and equipment_id and not in the other, by code. */
    static String turned(String then, String now, Reach reach) {
        return """
                WITH reported AS (%s),
                     present AS (%s),
                     turned AS (SELECT n.rate, n.equipment_id, TRUE AS missing_now FROM (SELECT * FROM present EXCEPT SELECT * FROM reported) n
                                UNION ALL
                                SELECT t.rate, t.equipment_id, FALSE FROM (SELECT * FROM reported EXCEPT SELECT * FROM present) t)
                SELECT t.rate, t.missing_now, e.code, e.name, e.category, e.division_code
                FROM turned t JOIN equipment e ON e.equipment_id = t.equipment_id
                WHERE %s ORDER BY e.normal_code, t.rate""".formatted(then, now, reach.condition());
    }

    static Turned turned(ResultSet row) throws SQLException {
        return new Turned(
                Rate.valueOf(row.getString("rate")),
                row.getBoolean("missing_now"),
                row.getString("code"),
                row.getString("name"),
                row.getString("category"),
                Optional.ofNullable(row.getString("division_code")).orElse(""));
    }

    private static Month month(ResultSet row) throws SQLException {
        return new Month(
                YearMonth.from(row.getObject("month", LocalDate.class)),
                row.getTimestamp("frozen_at").toInstant(),
                row.getString("frozen_by"),
                new Fraction(row.getLong("submitted_fulfilled_then"), row.getLong("submitted_base_then")),
                new Fraction(row.getLong("submitted_fulfilled"), row.getLong("submitted_base")),
                new Fraction(row.getLong("periodic_fulfilled_then"), row.getLong("periodic_base_then")),
                new Fraction(row.getLong("periodic_fulfilled"), row.getLong("periodic_base")));
    }
}
