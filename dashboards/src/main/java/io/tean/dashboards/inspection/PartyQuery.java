package io.tean.dashboards.inspection;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.ListReader;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Sorting;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.submission.Counted;
import java.io.IOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads organisations with the rates of their machines: counted for those alone that a page shows, for there may be thousands. */
final class PartyQuery {
    static final Sorting SORTING = new Sorting(Map.of("name", "o.name"), "name", "o.organisation_id");

    /** With the days, which both the figures and the number of rows are asked with. */
    private static final String FROM =
            " FROM organisation o CROSS JOIN (SELECT CAST(:from AS date) AS first_day, CAST(:day AS date) AS last_day) asked ";

    private final Jdbi jdbi;

    PartyQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    Listing<PartyRates> list(Whose whose, Scope scope, Period period, Search search, Paging paging, LocalDate today) {
        return reader(whose, scope, period, search, today).page(jdbi, paging);
    }

    /** Writes all organisations of a list, however many, in its order. */
    void export(
            Whose whose,
            Scope scope,
            Period period,
            Search search,
            Paging paging,
            LocalDate today,
            Sheet.Sink sink,
            Function<PartyRates, Object[]> cells)
            throws IOException {
        reader(whose, scope, period, search, today).export(jdbi, paging, sink, cells);
    }

    private static ListReader<PartyRates> reader(
            Whose whose, Scope scope, Period period, Search search, LocalDate today) {
        Reach machines = Reach.machines(scope, "e", today);
        Where where = new Where(new Reach(whose.has(machines.condition()), machines.bindings()));
        if (!search.isBlank()) {
            where.and("o.name ILIKE :q OR o.credit_code ILIKE :q", "q", search.pattern());
        }
        Map<String, Object> bindings = new HashMap<>(where.bindings());
        bindings.put("from", period.from());
        bindings.put("day", period.day());
        // The figures stand in the SELECT: they are computed for the rows behind LIMIT only.
        return new ListReader<>(
                """
                SELECT o.credit_code, o.name,
                    ARRAY(SELECT unnest(ARRAY[count(*), count(*) FILTER (WHERE s.reported_on <= :day)])
                          FROM %s AND %s AND %s) AS submitted,
                    ARRAY(SELECT unnest(ARRAY[count(*), count(*) FILTER (WHERE d.due_on >= :day)])
                          FROM %s AND %s) AS periodic
                """.formatted(
                                        whose.submissions(),
                                        Counted.ALL.condition(),
                                        Reach.machines(scope, "s", today).condition(),
                                        whose.duties(),
                                        Reach.machines(scope, "d", today).condition())
                        + FROM
                        + where.sql(),
                FROM + where.sql(),
                bindings,
                SORTING,
                (row, context) -> {
                    Long[] submitted = (Long[]) row.getArray("submitted").getArray();
                    Long[] periodic = (Long[]) row.getArray("periodic").getArray();
                    return new PartyRates(
                            row.getString("credit_code"),
                            row.getString("name"),
                            new Fraction(submitted[1], submitted[0]),
                            new Fraction(periodic[1], periodic[0]));
                });
    }
}
