package io.tean.dashboards.maintenance;

import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which machines under the duty are asked for.
 *
 * @param day as of which
 * @param past whether that is before today
 * @param equipment code of the one machine
 * @param division GB/T 2260; trailing pairs of noughts stand for all below
 * @param firm credit code of who must act
 * @param level such as {@code half-month}
 */
public record DueFilter(
        LocalDate day,
        boolean past,
        DueState state,
        Search search,
        Optional<String> equipment,
        Optional<String> division,
        Optional<String> firm,
        Optional<String> level) {
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");
    private static final Pattern CREDIT_CODE = Pattern.compile("[0-9A-Z]{18}");

    /** Whether it asks for less than the counts of a day, a division and a firm count. */
    boolean isNarrow() {
        return equipment.isPresent() || level.isPresent() || !search.isBlank() || state == DueState.DUE_ON;
    }

    /** @throws Refusal when a value cannot be used */
    static DueFilter of(Request request, InstantSource clock) {
        LocalDate day = Day.asked(request, clock);
        Optional<String> equipment = Search.text(request, "equipment");
        DueState standard = equipment.isPresent() ? DueState.ALL : DueState.OVERDUE;
        return new DueFilter(
                day,
                day.isBefore(Day.today(clock)),
                request.query("state").map(DueFilter::state).orElse(standard),
                Search.of(request),
                equipment,
                division(request),
                firm(request),
                Search.text(request, "level"));
    }

    /** @throws Refusal when the query's {@code division} is none */
    static Optional<String> division(Request request) {
        return formed(request, "division", DIVISION, "is no division code of six digits");
    }

    /** @throws Refusal when the query's {@code firm} is none */
    public static Optional<String> firm(Request request) {
        return formed(request, "firm", CREDIT_CODE, "is no credit code of 18 digits and capital letters");
    }

    private static Optional<String> formed(Request request, String name, Pattern form, String problem) {
        Optional<String> text = request.query(name);
        text.filter(given -> !form.matcher(given).matches()).ifPresent(given -> {
            throw Refusal.badParameter(name, "'" + given + "' " + problem);
        });
        return text;
    }

    private static DueState state(String word) {
        return DueState.of(word).orElseThrow(() -> {
            String known = Arrays.stream(DueState.values()).map(DueState::word).collect(Collectors.joining(", "));
            return Refusal.badParameter("state", "'" + word + "' is none of " + known);
        });
    }

    /** What the codes of all divisions in the one that was asked for begin with. */
    Optional<String> divisionPrefix() {
        return division.map(code -> code.replaceFirst("(00){0,2}$", ""));
    }

    /** The levels to choose from, with the one that was asked for. */
    public List<String> levels() {
        List<String> levels = new ArrayList<>(Word.codes("DUE_LEVEL"));
        level.filter(asked -> !levels.contains(asked)).ifPresent(levels::add);
        return levels;
    }

    /** Whether it leaves nothing out but by day and state. */
    public boolean isEmpty() {
        return search.isBlank() && equipment.isEmpty() && division.isEmpty() && firm.isEmpty() && level.isEmpty();
    }
}
