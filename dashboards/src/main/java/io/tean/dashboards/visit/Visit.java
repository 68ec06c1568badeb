package io.tean.dashboards.visit;

import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.maintenance.Party;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A maintenance visit as listed.
 *
 * @param visitNo the firm's own number
 * @param machine none while it is not registered any more
 * @param firmCode as it was said, empty when it was not
 * @param level as in {@code MaintenanceLevel}
 * @param workers certificate numbers
 * @param checks codes of what the evidence did not pass
 */
public record Visit(
        long id,
        String visitNo,
        Optional<Machine> machine,
        Optional<Party> firm,
        String firmCode,
        String level,
        Optional<String> kind,
        Optional<Instant> checkInAt,
        Instant checkOutAt,
        List<String> workers,
        VisitState state,
        List<String> checks,
        Optional<Instant> confirmedAt) {
    public Visit {
        workers = List.copyOf(workers);
        checks = List.copyOf(checks);
    }

    /** The firm by its name, or by the code that was said. */
    public String firmName() {
        return firm.map(Party::name).orElse(firmCode.isEmpty() ? "–" : firmCode);
    }

    /** From check-in to check-out. */
    public Optional<Duration> stay() {
        return checkInAt.map(in -> Duration.between(in, checkOutAt));
    }

    /** Level and kind as devices and programs write them. */
    static String word(String constant) {
        return constant.toLowerCase(Locale.ROOT);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("record_id", id);
        json.put("visit_no", visitNo);
        json.put("equipment_code", machine.map(Machine::code));
        json.put("equipment_name", machine.map(Machine::name));
        json.put("division_code", machine.flatMap(Machine::division));
        json.put("firm", firm.map(Party::json));
        json.put("firm_code", firmCode);
        json.put("level", word(level));
        json.put("kind", kind.map(Visit::word));
        json.put("check_in_at", checkInAt);
        json.put("check_out_at", checkOutAt);
        json.put("workers", workers);
        json.put("state", state.word());
        json.put("checks_failed", checks);
        json.put("confirmed_at", confirmedAt);
        return json;
    }
}
