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

/** Reads organisations with the rates of their machines: counted for those alone that a page shows, and for all of them at once. */
final class PartyQuery {
    static final Sorting SORTING = new Sorting(Map.of("name", "o.name"), "name", "o.organisation_id");

    private static final String FROM = " FROM organisation o ";

    /** What is without an end, and what is not, have an index each. */
    private static final String DUTIES = """
            (SELECT n.* FROM duty n WHERE n.kind = 'INSPECTION' AND n.from_on <= :day AND n.until_on = 'infinity'
             UNION ALL
             SELECT n.* FROM duty n WHERE n.kind = 'INSPECTION' AND n.from_on <= :day AND n.until_on > :day AND n.until_on < 'infinity') d
            """;

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
        return new ListReader<>(
                """
                WITH page AS MATERIALIZED %1$s,
                     its AS MATERIALIZED (%2$s),
                     submitted AS (SELECT its.organisation_id, count(*) AS whole, count(*) FILTER (WHERE s.reported_on <= :day) AS part
                                   FROM its JOIN submission s ON s.%3$s = its.key WHERE %4$s AND %5$s GROUP BY 1),
                     periodic AS (SELECT its.organisation_id, count(*) AS whole, count(*) FILTER (WHERE d.due_on >= :day) AS part
                                  FROM its JOIN %6$s ON d.%3$s = its.key WHERE %7$s GROUP BY 1)
                SELECT o.credit_code, o.name, s.part AS reported, s.whole AS submitted, p.part AS inside, p.whole AS counted
                FROM page o LEFT JOIN submitted s ON s.organisation_id = o.organisation_id
                LEFT JOIN periodic p ON p.organisation_id = o.organisation_id
                """.formatted(
                                ListReader.first("SELECT o.*" + FROM + where.sql()),
                                whose.keys(),
                                whose.column(),
                                Counted.ALL.condition(),
                                Reach.machines(scope, "s", today).condition(),
                                DUTIES,
                                Reach.machines(scope, "d", today).condition()),
                FROM + where.sql(),
                bindings,
                SORTING,
                // No row of a figure is none of its machines, which reads as nought.
                (row, context) -> new PartyRates(
                        row.getString("credit_code"),
                        row.getString("name"),
                        new Fraction(row.getLong("reported"), row.getLong("submitted")),
                        new Fraction(row.getLong("inside"), row.getLong("counted"))));
    }
}
