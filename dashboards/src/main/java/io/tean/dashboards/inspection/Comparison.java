package io.tean.dashboards.inspection;

import io.tean.dashboards.inspection.Month.Difference;
import io.tean.dashboards.inspection.Month.Turned;
import io.tean.dashboards.list.Period;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A reported month beside a later one, or beside today.
 *
 * @param now none for today
 * @param today the month until today
 * @param turned the first of the machines that came in or went out
 */
public record Comparison(
        YearMonth then,
        Optional<YearMonth> now,
        Period today,
        Fraction submittedThen,
        Fraction submittedNow,
        Fraction periodicThen,
        Fraction periodicNow,
        List<Difference> differences,
        List<Turned> turned) {
    public Comparison {
        differences = List.copyOf(differences);
        turned = List.copyOf(turned);
    }

    /** The later month, or the day of today. */
    public String nowText() {
        return now.map(YearMonth::toString).orElseGet(() -> today.day().toString());
    }

    public boolean isCut() {
        return turned.size() == Month.Card.MOST_TURNED;
    }

    /** @param missingNow whether those that came in are asked for, or those that went out */
    public List<Turned> turned(boolean missingNow) {
        return turned.stream().filter(each -> each.missingNow() == missingNow).toList();
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("then", then.toString());
        json.put("now", now.map(YearMonth::toString));
        json.put("submitted_then", submittedThen.json());
        json.put("submitted_now", submittedNow.json());
        json.put("periodic_then", periodicThen.json());
        json.put("periodic_now", periodicNow.json());
        json.put("turned", turned.stream().map(Comparison::json).toList());
        json.put("more", isCut());
        return json;
    }

    private static Map<String, Object> json(Turned each) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rate", each.rate().word());
        json.put("missing_now", each.missingNow());
        json.put("equipment_code", each.code());
        json.put("name", each.name());
        json.put("category", each.category());
        json.put("division_code", each.division().isEmpty() ? Optional.empty() : Optional.of(each.division()));
        return json;
    }
}
