package io.tean.dashboards.overview;

import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.dashboards.alert.Emergencies;
import io.tean.dashboards.figures.CaseList;
import io.tean.dashboards.inspection.Fraction;
import io.tean.dashboards.inspection.Rates.Links;
import io.tean.dashboards.inspection.Rates.Part;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What one division adds to the screen of the city.
 *
 * @param code GB/T 2260; blank for what stands in none that is known
 * @param position about where its machines are
 * @param duty machines under the maintenance duty
 * @param filled cylinders that its machines filled today
 */
public record Division(
        String code,
        Optional<Position> position,
        long emergencies,
        long live,
        long overdue,
        long duty,
        long filled,
        Fraction submitted,
        Fraction periodic) {

    public boolean isUnknown() {
        return code.isEmpty();
    }

    /** As it is drawn on the map. */
    public String kind() {
        return emergencies + live > 0 ? "division alarmed" : overdue > 0 ? "division late" : "division calm";
    }

    /** The list behind its emergencies. */
    public String toEmergencies() {
        return list(Route.ALERTS, Map.of("severity", "EMERGENCY"), Emergencies.NOWHERE);
    }

    public String toCases() {
        return list(Route.CASES, Map.of("state", "live"), CaseList.UNKNOWN);
    }

    public String toOverdue() {
        return list(Route.MAINTENANCE, Map.of("state", "overdue"), "");
    }

    public String toDuty() {
        return list(Route.MAINTENANCE, Map.of("state", "all"), "");
    }

    public String toSubmissions(Links links, String counted) {
        return links.submissions(counted, "division", isUnknown() ? Part.UNKNOWN : code);
    }

    public String toMachines(Links links, String in) {
        return links.machines(in, "division", isUnknown() ? Part.UNKNOWN : code);
    }

    /**
     * Empty where the list cannot be held to exactly this division: of a whole city it would have all that is below.
     *
     * @param unknown how the list calls what is of no division; blank when it cannot
     */
    private String list(Route route, Map<String, String> query, String unknown) {
        String division = isUnknown() ? unknown : code;
        if (division.isEmpty() || division.endsWith("00")) {
            return "";
        }
        Map<String, String> all = new LinkedHashMap<>(query);
        all.put("division", division);
        return Address.of(route.path(), all);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("division_code", isUnknown() ? Optional.empty() : Optional.of(code));
        json.put("latitude", position.map(Position::latitude));
        json.put("longitude", position.map(Position::longitude));
        json.put("emergencies", emergencies);
        json.put("live_cases", live);
        json.put("overdue", overdue);
        json.put("under_duty", duty);
        json.put("filled", filled);
        json.put("submitted", submitted.json());
        json.put("periodic", periodic.json());
        return json;
    }
}
