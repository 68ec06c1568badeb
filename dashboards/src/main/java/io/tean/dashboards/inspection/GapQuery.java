package io.tean.dashboards.inspection;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.inspection.Gap.Debt;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.submission.Owed;
import io.tean.dashboards.submission.SubmissionQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads what is missing to 100 % today, and who owes it. */
final class GapQuery {
    /** Of each list on the page; the whole lists are a click away. */
    static final int SHOWN = 20;
    /** Of those who owe most. */
    static final int MOST_DEBTORS = 20;

    private final Jdbi jdbi;
    private final SubmissionQuery submissions;
    private final MachineQuery machines;

    GapQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
        this.submissions = new SubmissionQuery(database);
        this.machines = new MachineQuery(database);
    }

    /** Who owes most, and how many all owe. */
    private record Debts(List<Debt> most, long total) {
        static Debts and(Debts before, Debts next) {
            return new Debts(
                    Stream.concat(before.most.stream(), next.most.stream()).toList(), next.total);
        }
    }

    Gap gap(Scope scope, LocalDate today) {
        Debts steps = debts(scope, today, """
                SELECT %s AS owed, CASE %s WHEN 'use-unit' THEN s.use_unit_id WHEN 'body' THEN s.body_id END AS debtor,
                    s.next_due_on < :today AS late
                FROM submission s WHERE %s AND %s
                """.formatted(
                        Owed.SQL,
                        Owed.SQL,
                        SubmissionQuery.OPEN,
                        Reach.machines(scope, "s", today).condition()));
        Debts unsubmitted = debts(
                scope, today, """
                SELECT 'use-unit' AS owed, d.use_unit_id AS debtor, TRUE AS late
                FROM periodic_inspection_missing(:today) d
                WHERE %s AND NOT EXISTS (SELECT FROM submission s WHERE s.equipment_id = d.equipment_id AND %s)
                """.formatted(Reach.machines(scope, "d", today).condition(), SubmissionQuery.OPEN));
        return new Gap(
                submissions.open(scope, today, SHOWN, steps.total()),
                machines.first(scope, unsubmitted(today), SHOWN, unsubmitted.total(), today),
                steps.most(),
                unsubmitted.most());
    }

    /** Due, and nobody submitted it (未报检). */
    static MachineFilter unsubmitted(LocalDate today) {
        return new MachineFilter(
                today,
                MachineFilter.MISSING,
                Optional.empty(),
                Optional.of(false),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Search(""));
    }

    private Debts debts(Scope scope, LocalDate today, String each) {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        SELECT x.owed, o.credit_code, o.name, x.number, x.late, x.total
                        FROM (SELECT owed, debtor, count(*) AS number, count(*) FILTER (WHERE late) AS late, sum(count(*)) OVER () AS total
                              FROM (%s) each GROUP BY owed, debtor) x
                        LEFT JOIN organisation o ON o.organisation_id = x.debtor
                        ORDER BY x.late DESC, x.number DESC, o.name, x.owed LIMIT :most
                        """.formatted(each))
                .bindMap(Reach.machines(scope, "s", today).bindings())
                .bind("today", today)
                .bind("most", MOST_DEBTORS)
                .map((row, context) -> new Debts(List.of(debt(row)), row.getLong("total")))
                .reduce(new Debts(List.of(), 0), Debts::and));
    }

    private static Debt debt(ResultSet row) throws SQLException {
        return new Debt(
                row.getString("owed"),
                Optional.ofNullable(row.getString("credit_code")).orElse(""),
                Optional.ofNullable(row.getString("name")).orElse(""),
                row.getLong("number"),
                row.getLong("late"));
    }
}
