package io.tean.dashboards.score;

import io.tean.dashboards.figures.CaseList;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Route;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Something that gave or took points.
 *
 * @param ref of the case, alert, machine or firm
 * @param at empty of what is so all month
 * @param what it was about, such as a machine's name and code
 * @param detail such as the reason that was given
 */
public record ScoreEvent(Measure measure, String ref, Optional<Instant> at, String what, String detail) {
    /** Where it is to be seen. */
    public String link() {
        return switch (measure.target()) {
            case CASE -> CaseList.one(Long.parseLong(ref));
            case ALERT -> Route.ALERT.path(ref);
            case MACHINE -> Route.EQUIPMENT_ENTRY.path(ref);
            case DUTY -> Address.of(Route.MAINTENANCE.path(), Map.of("equipment", ref, "state", "all"));
            case VISIT -> Route.VISIT.path(ref);
            case FIRM, NONE -> Route.ORGANISATION.path(ref);
        };
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("at", at);
        json.put("what", what);
        json.put("detail", detail);
        json.put("link", link());
        return json;
    }
}
