package io.tean.dashboards.visit;

import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.maintenance.DueFilter;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Which visits are asked for.
 *
 * @param equipment code of the one machine
 * @param firm credit code of the firm whose visits they are
 * @param from first day of the check-out, of China
 * @param to last day of the check-out, of China
 */
public record VisitFilter(
        Search search,
        VisitState.Chosen state,
        Optional<String> equipment,
        Optional<String> firm,
        Optional<LocalDate> from,
        Optional<LocalDate> to) {

    /** @throws Refusal when a value cannot be used */
    static VisitFilter of(Request request) {
        Optional<LocalDate> from = Day.asked(request, "from");
        Optional<LocalDate> to = Day.asked(request, "to");
        if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
            throw Refusal.badParameter("to", "'" + to.get() + "' is before the first day, " + from.get());
        }
        return new VisitFilter(
                Search.of(request),
                request.query("state").map(VisitFilter::state).orElse(VisitState.Chosen.ALL),
                Search.text(request, "equipment"),
                DueFilter.firm(request),
                from,
                to);
    }

    private static VisitState.Chosen state(String word) {
        return VisitState.Chosen.of(word).orElseThrow(() -> {
            String known = Arrays.stream(VisitState.Chosen.values())
                    .map(VisitState.Chosen::word)
                    .collect(Collectors.joining(", "));
            return Refusal.badParameter("state", "'" + word + "' is none of " + known);
        });
    }

    /** Whether it leaves nothing out. */
    public boolean isEmpty() {
        return search.isBlank()
                && state == VisitState.Chosen.ALL
                && equipment.isEmpty()
                && firm.isEmpty()
                && from.isEmpty()
                && to.isEmpty();
    }
}
