package io.tean.dashboards.maintenance;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The maintenance of a month, day by day: what was done and what was overdue until today, what falls due from today on.
 *
 * @param firm credit code of the one whose machines they are; none for all
 * @param days all of the month
 */
public record Calendar(YearMonth month, Optional<String> firm, LocalDate today, List<Day> days) {
    private static final int DAYS_OF_A_WEEK = 7;

    public Calendar {
        days = List.copyOf(days);
    }

    /**
     * One day.
     *
     * @param due machines whose last day in time it is, as things stand; none for days that are over
     * @param done visits that stand; none for days to come
     * @param overdue machines that were overdue on it; none for days to come
     */
    public record Day(LocalDate date, OptionalLong due, OptionalLong done, OptionalLong overdue) {
        Map<String, Object> json() {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("day", date);
            json.put("due", due);
            json.put("done", done);
            json.put("overdue", overdue);
            return json;
        }
    }

    /** From Monday to Sunday; empty where a week reaches into another month. */
    public List<List<Optional<Day>>> weeks() {
        List<Optional<Day>> places = new ArrayList<>();
        for (int before = 1; before < month.atDay(1).getDayOfWeek().getValue(); before++) {
            places.add(Optional.empty());
        }
        days.forEach(day -> places.add(Optional.of(day)));
        while (places.size() % DAYS_OF_A_WEEK != 0) {
            places.add(Optional.empty());
        }
        List<List<Optional<Day>>> weeks = new ArrayList<>();
        for (int first = 0; first < places.size(); first += DAYS_OF_A_WEEK) {
            weeks.add(List.copyOf(places.subList(first, first + DAYS_OF_A_WEEK)));
        }
        return weeks;
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("month", month.toString());
        json.put("days", days.stream().map(Day::json).toList());
        return json;
    }
}
