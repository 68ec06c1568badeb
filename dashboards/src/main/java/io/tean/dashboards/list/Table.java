package io.tean.dashboards.list;

import io.tean.dashboards.route.Request;
import java.util.Map;

/** What the head and the foot of a table on a page need: links that sort and page on the server. */
public record Table(Request request, Listing<?> listing) {
    private Paging paging() {
        return listing.paging();
    }

    public boolean isEmpty() {
        return listing.rows().isEmpty();
    }

    /** The address of this list sorted by a word; the other way round when it is sorted so already. */
    public String sortedBy(String word) {
        boolean descending = paging().sort().equals(word) && !paging().descending();
        return request.with(Map.of("sort", (descending ? "-" : "") + word, "page", ""));
    }

    /** As in {@code aria-sort}. */
    public String order(String word) {
        if (!paging().sort().equals(word)) {
            return "none";
        }
        return paging().descending() ? "descending" : "ascending";
    }

    public String page(int number) {
        return request.with(Map.of("page", number == 1 ? "" : Integer.toString(number)));
    }

    public boolean hasBefore() {
        return paging().page() > 1;
    }

    public boolean hasAfter() {
        return paging().page() < listing.pages();
    }

    public int number() {
        return paging().page();
    }

    /** The number of the first row on this page, from 1. */
    public int first() {
        return (paging().page() - 1) * paging().size() + 1;
    }

    public int last() {
        return first() + listing.rows().size() - 1;
    }

    /** How many rows were counted, at most as many as one can page through. */
    public int counted() {
        return Math.min(listing.total(), Paging.DEEPEST_ROW);
    }

    /** Whether somebody asked for a page behind the last one. */
    public boolean isPastTheEnd() {
        return isEmpty() && number() > 1;
    }

    /** This very page, for fetching it again. */
    public String address() {
        return request.with(Map.of());
    }

    /** The export of what this list shows, all pages of it. */
    public String export(String path) {
        return request.with(Map.of("page", "", "size", "")).replaceFirst("^[^?]*", path);
    }
}
