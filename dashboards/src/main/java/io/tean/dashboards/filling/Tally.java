package io.tean.dashboards.filling;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much was filled.
 *
 * @param key a station's credit code or {@code -}, or a day
 * @param name of the station
 * @param fills without those that were turned away
 * @param mass net, in kilogrammes
 * @param refused cylinders that were turned away
 * @param flagged fills and refusals that at least one rule found something in
 */
public record Tally(String key, Optional<String> name, long fills, BigDecimal mass, long refused, long flagged) {
    static Tally sum(List<Tally> parts) {
        return new Tally(
                "",
                Optional.empty(),
                parts.stream().mapToLong(Tally::fills).sum(),
                parts.stream().map(Tally::mass).reduce(BigDecimal.ZERO, BigDecimal::add),
                parts.stream().mapToLong(Tally::refused).sum(),
                parts.stream().mapToLong(Tally::flagged).sum());
    }

    /** What the register gives to no station has no name of its own. */
    public boolean isOfNobody() {
        return key.equals(FillFilter.NOBODYS);
    }

    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("key", key);
        json.put("name", name.orElse(null));
        json.put("fills", fills);
        json.put("mass_kg", mass);
        json.put("refused", refused);
        json.put("flagged", flagged);
        return json;
    }
}
