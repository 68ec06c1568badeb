package io.tean.dashboards.list;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * By what a list may be sorted: words for the outside, SQL expressions inside, so that nothing from outside ever becomes SQL.
 *
 * @param columns SQL expression by word, such as {@code added} → {@code d.added_at}; none may be NULL, which an index could not put last
 * @param standard the word that is taken when nobody asks, with a leading {@code -} for descending
 * @param tieBreak a unique SQL expression: the same row never stands on two pages
 */
public record Sorting(Map<String, String> columns, String standard, String tieBreak) {
    public Sorting {
        columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
        if (!columns.containsKey(standard.replaceFirst("^-", ""))) {
            throw new IllegalArgumentException("the standard order '" + standard + "' is none of " + columns.keySet());
        }
    }

    Set<String> words() {
        return columns.keySet();
    }

    /** The end of a SELECT; it binds {@code :page_size} and {@code :page_offset}. */
    public String orderAndLimit(Paging paging) {
        return order(paging) + " LIMIT :page_size OFFSET :page_offset";
    }

    /** The order alone, for an export of all. */
    public String order(Paging paging) {
        String direction = paging.descending() ? " DESC" : "";
        return " ORDER BY " + columns.get(paging.sort()) + direction + ", " + tieBreak
                + (paging.descending() ? " DESC" : "");
    }
}
