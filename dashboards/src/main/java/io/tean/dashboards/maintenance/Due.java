package io.tean.dashboards.maintenance;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A machine under the maintenance duty.
 *
 * @param firm who must act
 * @param rule the entry of the regulation book that falls due first
 * @param dueOn the last day on which it is in time
 */
public record Due(Machine machine, Optional<Party> useUnit, Optional<Party> firm, String rule, LocalDate dueOn) {
    private static final String RULES = "maintenance-";

    /** How many days are left as of a day; negative when it is overdue. */
    public long daysLeft(LocalDate day) {
        return ChronoUnit.DAYS.between(day, dueOn);
    }

    /** The rule without what all of this duty begin with. */
    public String level() {
        return rule.startsWith(RULES) ? rule.substring(RULES.length()) : rule;
    }

    Map<String, Object> json(LocalDate day) {
        Map<String, Object> json = machine.json();
        json.put("use_unit", useUnit.map(Party::json));
        json.put("firm", firm.map(Party::json));
        json.put("level", level());
        json.put("due_on", dueOn);
        json.put("days_left", daysLeft(day));
        return new LinkedHashMap<>(json);
    }
}
