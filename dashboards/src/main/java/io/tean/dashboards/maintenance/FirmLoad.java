package io.tean.dashboards.maintenance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How a firm keeps up, as of a day.
 *
 * @param machines that it must maintain
 * @param visits that stand, of the {@value #DAYS} days that end with the day
 * @param suspect those of them whose evidence is doubtful, whatever was decided
 */
public record FirmLoad(Party firm, long machines, long overdue, long soon, long visits, long suspect) {
    static final int DAYS = 30;

    /** Suspect visits of a hundred; empty without visits. */
    public OptionalDouble suspectShare() {
        return visits == 0 ? OptionalDouble.empty() : OptionalDouble.of(suspect * 100.0 / visits);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("firm", firm.json());
        json.put("machines", machines);
        json.put("overdue", overdue);
        json.put("due_soon", soon);
        json.put("visits", visits);
        json.put("suspect", suspect);
        return json;
    }
}
