package io.tean.dashboards.inspection;

import io.tean.dashboards.list.Period;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The two rates of a period, whole and by one dimension after the other.
 *
 * @param parts by dimension, each in order
 */
public record Rates(
        Period period,
        Fraction submitted,
        Fraction periodic,
        Map<Dimension, List<Part>> parts,
        List<Exclusion> exclusions) {
    public Rates {
        parts = Map.copyOf(parts);
        exclusions = List.copyOf(exclusions);
    }

    /** By what the rates are told apart. */
    public enum Dimension {
        DIVISION,
        CATEGORY,
        BODY;

        /** As in addresses, such as {@code division}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One division, category or body.
     *
     * @param key as a list's filter takes it; {@value #UNKNOWN} for what is not known
     */
    public record Part(String key, String name, Fraction submitted, Fraction periodic) {
        public static final String UNKNOWN = "none";

        public boolean isUnknown() {
            return key.equals(UNKNOWN);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", key);
            json.put("name", name);
            json.put("submitted", submitted.json());
            json.put("periodic", periodic.json());
            return json;
        }
    }

    /**
     * What a rate leaves out, and why.
     *
     * @param reason such as {@code scrapped}
     */
    public record Exclusion(Rate rate, String reason, long number) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("rate", rate.word());
            json.put("reason", reason);
            json.put("number", number);
            return json;
        }
    }

    /** Where the lists behind the numbers are. */
    public record Links(Period period) {
        /** Of machines in a group, of all or of those that have this value. */
        public String machines(String in, String name, String value) {
            return Address.of(
                    Route.INSPECTION_MACHINES.path(), Map.of("day", period.day().toString(), "in", in, name, value));
        }

        /** Of submissions, of all or of those that have this value. */
        public String submissions(String counted, String name, String value) {
            return Address.of(
                    Route.INSPECTION_SUBMISSIONS.path(),
                    Map.of(
                            "from",
                            period.from().toString(),
                            "day",
                            period.day().toString(),
                            "counted",
                            counted,
                            name,
                            value));
        }

        /** Of what a rate leaves out. */
        public String leftOut(Exclusion exclusion) {
            return exclusion.rate() == Rate.PERIODIC
                    ? machines(MachineFilter.EXCLUDED, "because", exclusion.reason())
                    : submissions(exclusion.reason(), "q", "");
        }
    }

    public Links links() {
        return new Links(period);
    }

    public List<Part> by(Dimension dimension) {
        return parts.getOrDefault(dimension, List.of());
    }

    public List<Exclusion> leftOut(Rate rate) {
        return exclusions.stream().filter(exclusion -> exclusion.rate() == rate).toList();
    }

    Map<String, Object> json(Dimension by) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", period.from().toString());
        json.put("day", period.day().toString());
        json.put("submitted", submitted.json());
        json.put("periodic", periodic.json());
        json.put("exclusions", exclusions.stream().map(Exclusion::json).toList());
        json.put("by", by.word());
        json.put("parts", by(by).stream().map(Part::json).toList());
        return json;
    }
}
