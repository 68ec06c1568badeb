package io.tean.dashboards.silence;

import io.tean.core.stream.Label;
import io.tean.dashboards.maintenance.Machine;
import io.tean.dashboards.screen.Tongue;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A silence: of a machine, of a use unit's machines or of a division.
 *
 * @param rule only alerts of it
 */
public record Silence(
        long id,
        Optional<Machine> machine,
        Optional<UseUnit> useUnit,
        Optional<String> division,
        Optional<String> rule,
        Optional<Label> title,
        String reason,
        Span span,
        Phase phase,
        Author author) {

    /** Whose machines are silent. */
    public record UseUnit(String creditCode, String name) {}

    /** From when to when. */
    public record Span(Instant from, Instant until, Optional<Instant> endedAt) {}

    /** Who added it, and who ended it before its time. */
    public record Author(String addedBy, Instant addedAt, Optional<String> endedBy) {}

    /** Where it stands; in force first. */
    public enum Phase {
        RUNNING("bad"),
        COMING("quiet"),
        OVER("quiet"),
        ENDED("quiet");

        private final String badge;

        Phase(String badge) {
            this.badge = badge;
        }

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The look of its badge. */
        public String badge() {
            return badge;
        }

        public boolean mayBeEnded() {
            return this == RUNNING || this == COMING;
        }
    }

    /** The title of its rule, or the rule's name; empty when it is of all rules. */
    public Optional<String> ruleName(Tongue t) {
        return rule.map(name -> title.map(t::say).orElse(name));
    }

    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("silence_id", id);
        json.put("equipment_code", machine.map(Machine::code));
        json.put("use_unit", useUnit.map(UseUnit::creditCode));
        json.put("division_code", division);
        json.put("rule", rule);
        json.put("reason", reason);
        json.put("from", span.from);
        json.put("until", span.until);
        json.put("phase", phase.word());
        json.put("added_by", author.addedBy);
        json.put("added_at", author.addedAt);
        json.put("ended_at", span.endedAt);
        json.put("ended_by", author.endedBy);
        return json;
    }
}
