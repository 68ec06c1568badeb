package io.tean.dashboards.list;

import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.SqlStatements;

/**
 * One list as the database is asked for it: its query class makes one per request, pages and API take {@link #page}, files take
 * {@link #export}. Whatever came from outside stands in the bindings, never in the SQL.
 *
 * @param select SELECT … FROM … WHERE …, without an order
 * @param counted FROM … WHERE … of the same rows, with no more joins than the conditions need
 * @param bindings of both; the ones of the reach among them
 */
public record ListReader<T>(
        String select, String counted, Map<String, Object> bindings, Sorting sorting, RowMapper<T> mapper) {
    private static final int FETCHED_AT_A_TIME = 500;
    /** Where the page's order and limit go, too, in a part of a select. */
    private static final String FIRST = "/* first */";

    public ListReader {
        bindings = Map.copyOf(bindings);
    }

    /**
     * A part of a UNION ALL that a select reads from: a page needs no more of it than its own end, which PostgreSQL does not find out.
     * The part must have the names that the order uses.
     */
    public static String first(String part) {
        return "(" + part + FIRST + ")";
    }

    /** One page, with the rows counted no further than anybody can page. */
    public Listing<T> page(Jdbi jdbi, Paging paging) {
        return jdbi.withHandle(handle -> {
            // The count leaves out what only a column binds.
            handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            return page(
                    handle,
                    paging,
                    handle.createQuery(Listing.counting(counted))
                            .bindMap(bindings)
                            .mapTo(Integer.class)
                            .one());
        });
    }

    /**
     * One page of rows that were counted already.
     *
     * @param total of all rows; beyond {@link Paging#DEEPEST_ROW} it does not matter how many. Nought is counted once more: it costs nothing
     *     when it is so, and a sum that is wrong must not hide a row
     */
    public Listing<T> page(Jdbi jdbi, Paging paging, long total) {
        if (total == 0) {
            return page(jdbi, paging);
        }
        return jdbi.withHandle(handle -> {
            handle.getConfig(SqlStatements.class).setUnusedBindingAllowed(true);
            return page(handle, paging, (int) Math.min(total, Paging.DEEPEST_ROW + 1));
        });
    }

    private Listing<T> page(Handle handle, Paging paging, int total) {
        if (total <= (paging.page() - 1) * paging.size()) {
            return new Listing<>(List.of(), total, paging);
        }
        return new Listing<>(
                handle.createQuery(select.replace(FIRST, sorting.order(paging) + " LIMIT :page_size + :page_offset")
                                + sorting.orderAndLimit(paging))
                        .bindMap(bindings)
                        .bindMap(paging.bindings())
                        .map(mapper)
                        .list(),
                total,
                paging);
    }

    /** Writes all rows, however many, in the order of the paging: never all of them in memory. */
    public void export(Jdbi jdbi, Paging paging, Sheet.Sink sink, Function<T, Object[]> cells) throws IOException {
        jdbi.<IOException>useTransaction(handle -> {
            try (Stream<T> rows = handle
                    .createQuery(select + sorting.order(paging))
                    .bindMap(bindings)
                    .setFetchSize(FETCHED_AT_A_TIME)
                    .map(mapper)
                    .stream()) {
                for (Iterator<T> each = rows.iterator(); each.hasNext(); ) {
                    sink.row(cells.apply(each.next()));
                }
            }
        });
    }
}
