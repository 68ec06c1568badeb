package io.tean.dashboards.trend;

import io.tean.dashboards.inspection.Fraction;
import io.tean.dashboards.inspection.Rates.Links;
import io.tean.dashboards.list.Period;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Both rates of one month.
 *
 * @param period from the first of the month to its end, or to the day that was asked for
 */
public record Point(Period period, Fraction submitted, Fraction periodic) {
    public YearMonth month() {
        return YearMonth.from(period.day());
    }

    public Links links() {
        return new Links(period);
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("month", month().toString());
        json.put("day", period.day());
        json.put("submitted", submitted.json());
        json.put("periodic", periodic.json());
        return json;
    }
}
