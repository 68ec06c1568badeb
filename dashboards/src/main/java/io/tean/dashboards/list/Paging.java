package io.tean.dashboards.list;

import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.util.Map;
import java.util.Optional;

/**
 * Which part of a list, in which order; from {@code page}, {@code size} and {@code sort} of the query.
 *
 * @param page from 1
 * @param size rows on a page, 1 to 200
 * @param sort one of the sorting's words
 */
public record Paging(int page, int size, String sort, boolean descending) {
    public static final int STANDARD_SIZE = 25;
    public static final int LARGEST_SIZE = 200;
    /** Whoever wants to see more has to search: a deep page costs the database as much as all pages before it. */
    public static final int DEEPEST_ROW = 10_000;

    /** @throws Refusal when a value cannot be used */
    public static Paging of(Request request, Sorting sorting) {
        int size = number(request, "size", STANDARD_SIZE, LARGEST_SIZE);
        int page = number(request, "page", 1, DEEPEST_ROW / size);
        String order = request.query("sort").orElse(sorting.standard());
        String word = order.replaceFirst("^-", "");
        if (!sorting.words().contains(word)) {
            throw Refusal.badParameter(
                    "sort",
                    "'" + word + "' is none of " + String.join(", ", sorting.words()) + " (with - for descending)");
        }
        return new Paging(page, size, word, order.startsWith("-"));
    }

    public Map<String, Object> bindings() {
        return Map.of("page_size", size, "page_offset", (page - 1) * size);
    }

    private static int number(Request request, String name, int standard, int most) {
        Optional<String> text = request.query(name);
        if (text.isEmpty()) {
            return standard;
        }
        try {
            int value = Integer.parseInt(text.get());
            if (value >= 1 && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, with what would do.
        }
        throw Refusal.badParameter(name, "'" + text.get() + "' is not a number from 1 to " + most);
    }
}
