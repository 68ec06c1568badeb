package io.tean.dashboards.device;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All there is to see of one device.
 *
 * @param past the newest bindings that have ended, {@value #MOST_PAST} at most
 * @param lettersKept its dead letters that nobody has decided about
 */
public record DeviceCard(Device device, List<Binding> present, List<Binding> past, int lettersKept) {
    static final int MOST_PAST = 100;

    public DeviceCard {
        present = List.copyOf(present);
        past = List.copyOf(past);
    }

    /**
     * From when to when a device spoke for a piece of equipment.
     *
     * @param equipment none while the code is not registered
     */
    public record Binding(String code, Optional<Equipment> equipment, Instant from, Optional<Instant> to) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("equipment_code", code);
            json.put("name", equipment.map(Equipment::name));
            json.put("category", equipment.map(Equipment::category));
            json.put("division_code", equipment.flatMap(Equipment::division));
            json.put("bound_from", from);
            json.put("bound_to", to);
            return json;
        }
    }

    /** What the register knows of it. */
    public record Equipment(String name, String category, Optional<String> division) {}

    /** Whether there may be more past bindings than are shown. */
    public boolean isPastCut() {
        return past.size() == MOST_PAST;
    }

    Map<String, Object> json() {
        Map<String, Object> json = device.json();
        json.put("bindings", present.stream().map(Binding::json).toList());
        json.put("past_bindings", past.stream().map(Binding::json).toList());
        json.put("dead_letters_kept", lettersKept);
        return json;
    }
}
