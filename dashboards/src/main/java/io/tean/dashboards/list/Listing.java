package io.tean.dashboards.list;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param total rows in all, counted up to {@link Paging#DEEPEST_ROW} + 1
 */
public record Listing<T>(List<T> rows, int total, Paging paging) {
    public Listing {
        rows = List.copyOf(rows);
    }

    /** Wraps a SELECT so that it counts its rows, and no further than anybody can page. */
    public static String counting(String select) {
        return "SELECT count(*) FROM (SELECT 1 " + select + " LIMIT " + (Paging.DEEPEST_ROW + 1) + ") AS counted";
    }

    /** Whether there are more rows than were counted. */
    public boolean isCountedOut() {
        return total > Paging.DEEPEST_ROW;
    }

    /** The number of the last page. */
    public int pages() {
        return Math.max(
                1, Math.ceilDiv(Math.min(total, Paging.DEEPEST_ROW / paging.size() * paging.size()), paging.size()));
    }

    /** As the API says it. */
    public Map<String, Object> json(Function<T, ?> item) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("items", rows.stream().map(item).toList());
        json.put("page", paging.page());
        json.put("size", paging.size());
        json.put("total", Math.min(total, Paging.DEEPEST_ROW));
        json.put("more", isCountedOut());
        return json;
    }
}
