package io.tean.dashboards.list;

import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.util.Optional;

/**
 * What a person typed to search for; blank finds everything.
 *
 * @param text as typed
 */
public record Search(String text) {
    private static final int LONGEST = 100;

    /** @throws Refusal when the query's {@code q} cannot be searched for */
    public static Search of(Request request) {
        return new Search(text(request, "q").orElse(""));
    }

    /**
     * A text of the query that the database can hold; blank counts as none.
     *
     * @throws Refusal when it cannot
     */
    public static Optional<String> text(Request request, String name) {
        Optional<String> text = request.query(name);
        text.ifPresent(given -> {
            if (given.length() > LONGEST || given.chars().anyMatch(Character::isISOControl)) {
                throw Refusal.badParameter(
                        name, "it must be at most " + LONGEST + " characters, none of them a control character");
            }
        });
        return text;
    }

    public boolean isBlank() {
        return text.isEmpty();
    }

    /** For ILIKE: rows that contain the very text, whatever LIKE makes of its characters. */
    public String pattern() {
        return "%" + text.replaceAll("[\\\\%_]", "\\\\$0") + "%";
    }
}
