package io.tean.dashboards.figures;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The figures of some days, whole, beside the days before, and by one dimension after the other.
 *
 * @param parts by dimension, each in order
 */
public record Report(Span span, Figures all, Figures before, Map<Dimension, List<Part>> parts, Elevators elevators) {
    public Report {
        parts = Map.copyOf(parts);
    }

    /**
     * One division, firm, kind of place, hour or cause.
     *
     * @param key as the list's filter takes it; {@value CaseList#UNKNOWN} for what is not known
     */
    public record Part(Dimension dimension, String key, String name, Figures figures) {
        public boolean isUnknown() {
            return key.equals(CaseList.UNKNOWN);
        }

        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("key", key);
            json.put("name", name);
            json.putAll(figures.json());
            return json;
        }
    }

    /**
     * Elevators on the platform: in use on the last day of the days, and of the days before.
     *
     * @param byDivision on the last day; blank where none is known
     */
    public record Elevators(long now, long before, Map<String, Long> byDivision) {
        public Elevators {
            byDivision = Map.copyOf(byDivision);
        }
    }

    /**
     * 困人率 of a month in percent: entrapments ÷ elevators on the platform at its end. Jiangsu 2020: 40,171 ÷ 12 ÷ 610,490 = 0.548 % (W24
     * [secondary], the arithmetic [derived]). Empty of days that are no month, and without elevators.
     */
    public Optional<BigDecimal> entrapmentRate() {
        return span.month().flatMap(month -> percent(all.count(Counted.ENTRAPMENT), elevators.now()));
    }

    public Optional<BigDecimal> entrapmentRateBefore() {
        return span.month().flatMap(month -> percent(before.count(Counted.ENTRAPMENT), elevators.before()));
    }

    /** Of a part that is a division. */
    public Optional<BigDecimal> entrapmentRate(Part part) {
        String division = part.isUnknown() ? "" : part.key();
        return span.month()
                .filter(month -> part.dimension() == Dimension.DIVISION)
                .flatMap(month -> percent(
                        part.figures().count(Counted.ENTRAPMENT),
                        elevators.byDivision().getOrDefault(division, 0L)));
    }

    static Optional<BigDecimal> percent(long part, long whole) {
        return whole <= 0
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(part * 100).divide(BigDecimal.valueOf(whole), 3, RoundingMode.HALF_UP));
    }

    public List<Part> by(Dimension dimension) {
        return parts.getOrDefault(dimension, List.of());
    }

    /** The most cases of any part, for bars. */
    public long most(Dimension dimension) {
        return by(dimension).stream()
                .mapToLong(part -> part.figures().count(Counted.CASES))
                .max()
                .orElse(0);
    }

    /** The part with the most entrapments; empty when there was none. */
    public Optional<Part> worst(Dimension dimension) {
        return by(dimension).stream()
                .filter(part -> part.figures().count(Counted.ENTRAPMENT) > 0 && !part.isUnknown())
                .max(Comparator.comparingLong(part -> part.figures().count(Counted.ENTRAPMENT)));
    }

    /** The list of cases behind a number. */
    public String link(Counted counted) {
        return CaseList.of(span, counted, Map.of());
    }

    /** The list of cases behind a number of a part. */
    public String link(Counted counted, Part part) {
        return CaseList.of(span, counted, Map.of(part.dimension().filter(), part.key()));
    }

    Map<String, Object> json(Dimension by) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("from", span.from());
        json.put("to", span.to());
        json.put("month", span.month().map(Object::toString));
        json.put("elevators", elevators.now());
        json.put("entrapment_rate", entrapmentRate());
        json.put("figures", all.json());
        json.put("before", before.json());
        json.put("by", by.word());
        json.put("parts", by(by).stream().map(Part::json).toList());
        return json;
    }
}
