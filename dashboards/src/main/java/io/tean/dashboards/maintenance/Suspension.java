package io.tean.dashboards.maintenance;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Days in which maintenance does not fall overdue (超期暂停), of one machine or of one division.
 *
 * @param lastDay inclusive
 */
public record Suspension(
        long id,
        Optional<Machine> machine,
        Optional<String> division,
        LocalDate firstDay,
        LocalDate lastDay,
        String reason,
        String addedBy,
        Instant addedAt) {

    /** How it stands on a day. */
    public enum Phase {
        COMING("quiet"),
        RUNNING("bad"),
        OVER("quiet");

        private final String badge;

        Phase(String badge) {
            this.badge = badge;
        }

        /** The look of its badge. */
        public String badge() {
            return badge;
        }
    }

    public Phase phase(LocalDate today) {
        if (today.isBefore(firstDay)) {
            return Phase.COMING;
        }
        return today.isAfter(lastDay) ? Phase.OVER : Phase.RUNNING;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("suspension_id", id);
        json.put("equipment_code", machine.map(Machine::code));
        json.put("division_code", division);
        json.put("first_day", firstDay);
        json.put("last_day", lastDay);
        json.put("reason", reason);
        json.put("added_by", addedBy);
        json.put("added_at", addedAt);
        return json;
    }
}
