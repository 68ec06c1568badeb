package io.tean.dashboards.filling;

import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which fills are asked for. Never those of all time, but of one cylinder: its days begin where the fills do.
 *
 * @param from first day, of China
 * @param to last day
 * @param station credit code of the organisation that uses the machine, or {@value #NOBODYS}
 * @param cylinder the whole code, as it was read
 * @param verdict one of {@link #VERDICTS}
 * @param rule that flagged them
 */
public record FillFilter(
        Optional<LocalDate> from,
        LocalDate to,
        Optional<String> station,
        Optional<String> cylinder,
        Optional<String> verdict,
        Optional<String> rule) {
    public static final List<String> VERDICTS = List.of("filled", "refused", "flagged");
    /** Of machines that the register gives to no station. */
    static final String NOBODYS = "-";
    /** More days than a month has are counted from files, not on a page. */
    static final int MOST_DAYS = 31;

    private static final Pattern STATION = Pattern.compile("[0-9A-Z]{18}|-");

    /** @throws Refusal when a value cannot be used */
    static FillFilter of(Request request, InstantSource clock) {
        return read(request, clock, Search.text(request, "cylinder"));
    }

    /**
     * Of all cylinders: always of bounded days.
     *
     * @throws Refusal when a value cannot be used
     */
    static FillFilter ofDays(Request request, InstantSource clock) {
        return read(request, clock, Optional.empty());
    }

    private static FillFilter read(Request request, InstantSource clock, Optional<String> cylinder) {
        LocalDate to = Day.asked(request, "to").orElseGet(() -> Day.today(clock));
        Optional<LocalDate> from =
                Day.asked(request, "from").or(() -> cylinder.isPresent() ? Optional.empty() : Optional.of(to));
        from.ifPresent(first -> {
            if (first.isAfter(to)) {
                throw Refusal.badParameter("from", "'" + first + "' is after the last day, " + to);
            }
            if (cylinder.isEmpty() && ChronoUnit.DAYS.between(first, to) >= MOST_DAYS) {
                throw Refusal.badParameter(
                        "from", "at most " + MOST_DAYS + " days at a time, or all days of one cylinder");
            }
        });
        Optional<String> station = Search.text(request, "station");
        station.filter(code -> !STATION.matcher(code).matches()).ifPresent(code -> {
            throw Refusal.badParameter("station", "'" + code + "' is no credit code of 18 digits and capital letters");
        });
        return new FillFilter(
                from, to, station, cylinder, Choice.of(request, "verdict", VERDICTS), Search.text(request, "rule"));
    }

    /** All fills of one cylinder until a day. */
    static FillFilter ofCylinder(String code, LocalDate to) {
        return new FillFilter(
                Optional.empty(), to, Optional.empty(), Optional.of(code), Optional.empty(), Optional.empty());
    }

    /** Whether it leaves out nothing but other days. */
    public boolean isWhole() {
        return station.isEmpty() && cylinder.isEmpty() && verdict.isEmpty() && rule.isEmpty();
    }

    /** Its days as an address has them, with more; of two words the later one. */
    public Map<String, String> with(Map<String, String> more, Map<String, String> evenMore) {
        Map<String, String> query = days(more);
        query.putAll(evenMore);
        return query;
    }

    /** One day of it as an address has it, with more. */
    public Map<String, String> onDay(String day, Map<String, String> more) {
        Map<String, String> query = new TreeMap<>(more);
        query.put("from", day);
        query.put("to", day);
        return query;
    }

    public static Map<String, String> and(Map<String, String> query, String name, String value) {
        Map<String, String> longer = new TreeMap<>(query);
        longer.put(name, value);
        return longer;
    }

    /** Its days as an address has them, with more. */
    public Map<String, String> days(Map<String, String> more) {
        Map<String, String> query = new TreeMap<>(more);
        from.ifPresent(day -> query.put("from", day.toString()));
        query.put("to", to.toString());
        return query;
    }
}
