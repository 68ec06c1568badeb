package io.tean.dashboards.alert;

import io.tean.core.alert.Severity;
import io.tean.core.stream.Label;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Tongue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Alerts that belong together, as one row: how a storm stays readable.
 *
 * @param by one of {@link #WAYS}, which is also the parameter that its list is held to
 * @param key what they have in common; {@link AlertFilter#NONE} when that is nothing
 * @param title of a rule, when the catalogue knows it
 * @param counts alerts of each severity
 * @param latest when the newest began
 */
public record Group(String by, String key, Optional<Label> title, Map<Severity, Integer> counts, Instant latest) {
    /** By what alerts are grouped. */
    public static final List<String> WAYS = List.of("rule", "division", "site");
    /** A page that shows more helps nobody. */
    static final int MOST = 200;

    public Group {
        counts = Map.copyOf(counts);
    }

    public boolean isOfNothing() {
        return key.equals(AlertFilter.NONE);
    }

    public String name(Tongue t) {
        return title.map(t::say).orElse(key);
    }

    public int count(Severity severity) {
        return counts.getOrDefault(severity, 0);
    }

    public int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** The list of them. */
    public String address(Request request) {
        return request.with(Map.of("group", "", "page", "", by, key));
    }

    /** The list of those of one severity. */
    public String address(Request request, Severity severity) {
        return request.with(Map.of("group", "", "page", "", by, key, "severity", severity.name()));
    }
}
