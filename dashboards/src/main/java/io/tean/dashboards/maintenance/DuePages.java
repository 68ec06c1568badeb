package io.tean.dashboards.maintenance;

import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** What is due and overdue as of a day, for people and for programs. */
final class DuePages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Word> COLUMNS = List.of(
            Word.EQUIPMENT_CODE,
            Word.EQUIPMENT_NAME,
            Word.DUE_PLACE,
            Word.EQUIPMENT_DIVISION,
            Word.DUE_USE_UNIT,
            Word.DUE_FIRM,
            Word.DUE_LEVEL,
            Word.DUE_ON,
            Word.DUE_DAYS_LEFT);

    private final DueQuery query;
    private final Screens screens;
    private final InstantSource clock;

    DuePages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new DueQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.MAINTENANCE, this::list,
                Route.MAINTENANCE_EXPORT, this::export,
                Route.MAINTENANCE_WORKBOOK, this::export,
                Route.API_MAINTENANCE_DUE, this::json);
    }

    private Answer list(Request request) {
        DueFilter filter = DueFilter.of(request, clock);
        DueCounts counts = query.counts(request.scope(), filter);
        Listing<Due> listing = listing(request, filter, counts);
        boolean bureau = request.scope().ofBureau();
        return Answer.page(screens.render(
                "maintenance.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.MAINTENANCE_DUE),
                        "table",
                        new Table(request, listing),
                        "machines",
                        listing.rows(),
                        "filter",
                        filter,
                        "counts",
                        counts,
                        "firms",
                        bureau ? query.firms(request.scope()) : List.<Party>of(),
                        "sort",
                        request.query("sort").orElse(""))));
    }

    private Answer export(Request request) {
        DueFilter filter = DueFilter.of(request, clock);
        Paging paging = Paging.of(request, DueQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-maintenance-" + filter.day(),
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, due -> cells(due, filter.day(), t)))
                .answer(request);
    }

    private static Object[] cells(Due due, LocalDate day, Tongue t) {
        return Stream.of(
                        due.machine().code(),
                        due.machine().name(),
                        due.machine().place().orElse(""),
                        due.machine().division().orElse(""),
                        due.useUnit().map(Party::name).orElse(""),
                        due.firm().map(Party::name).orElse(""),
                        t.term("DUE_LEVEL", due.level()),
                        due.dueOn(),
                        due.daysLeft(day))
                .toArray();
    }

    private Answer json(Request request) {
        DueFilter filter = DueFilter.of(request, clock);
        DueCounts counts = query.counts(request.scope(), filter);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", filter.day());
        json.put("overdue", counts.overdue());
        json.put("due_soon", counts.soonCounted());
        json.put("under_duty", counts.duty());
        json.putAll(listing(request, filter, counts).json(due -> due.json(filter.day())));
        return Answer.json(200, JSON.writeValueAsString(json));
    }

    private Listing<Due> listing(Request request, DueFilter filter, DueCounts counts) {
        return query.list(request.scope(), filter, Paging.of(request, DueQuery.SORTING), counts);
    }
}
