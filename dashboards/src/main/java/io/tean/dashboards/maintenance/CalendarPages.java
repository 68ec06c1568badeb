package io.tean.dashboards.maintenance;

import io.tean.dashboards.figures.Span;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The maintenance of a month by day, for people and for programs. */
final class CalendarPages {
    private static final JsonMapper JSON = new JsonMapper();

    private final CalendarQuery query;
    private final DueQuery due;
    private final Screens screens;
    private final InstantSource clock;

    CalendarPages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new CalendarQuery(database);
        this.due = new DueQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.MAINTENANCE_CALENDAR,
                this::show,
                Route.API_MAINTENANCE_CALENDAR,
                request ->
                        Answer.json(200, JSON.writeValueAsString(read(request).json())));
    }

    private Calendar read(Request request) {
        LocalDate today = Day.today(clock);
        YearMonth month = Span.month(request, YearMonth.from(today));
        // Whoever is no bureau sees its own machines and nothing else: there is nothing to choose.
        Optional<String> firm = request.scope().ofBureau() ? DueFilter.firm(request) : Optional.empty();
        return query.month(request.scope(), month, firm, today);
    }

    private Answer show(Request request) {
        return Answer.page(screens.render(
                "maintenance-calendar.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.MAINTENANCE_CALENDAR),
                        "calendar",
                        read(request),
                        "firms",
                        request.scope().ofBureau() ? due.firms(request.scope()) : List.<Party>of())));
    }
}
