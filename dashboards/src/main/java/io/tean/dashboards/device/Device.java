package io.tean.dashboards.device;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A device as its viewer sees it.
 *
 * @param organisation the one that runs it
 * @param equipment codes that it is bound to now, of those that the viewer may see
 * @param connectedSince none while it is not connected
 */
public record Device(
        String id,
        Optional<Organisation> organisation,
        List<String> equipment,
        Optional<Instant> lastContact,
        Optional<Instant> connectedSince,
        DeviceState state,
        Instant addedAt,
        Optional<Instant> disabledAt) {
    public Device {
        equipment = List.copyOf(equipment);
    }

    /** One that runs devices. */
    public record Organisation(String creditCode, String name) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("credit_code", creditCode);
            json.put("name", name);
            return json;
        }
    }

    /** The first code, and how many more there are. */
    public String equipmentInShort() {
        if (equipment.isEmpty()) {
            return "–";
        }
        String first = equipment.getFirst();
        return equipment.size() == 1 ? first : first + " +" + (equipment.size() - 1);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("device_id", id);
        json.put("organisation", organisation.map(Organisation::json));
        json.put("equipment_codes", equipment);
        json.put("state", state.word());
        json.put("last_contact", lastContact);
        json.put("connected_since", connectedSince);
        json.put("added_at", addedAt);
        json.put("disabled_at", disabledAt);
        return json;
    }
}
