package io.tean.dashboards.maintenance;

import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Search;
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
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** How the firms keep up, as of a day. */
final class FirmPages {
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<Word> COLUMNS = List.of(
            Word.DUE_FIRM,
            Word.DEVICE_CREDIT_CODE,
            Word.FIRM_MACHINES,
            Word.DUE_STATE_OVERDUE,
            Word.DUE_STATE_DUE_SOON,
            Word.FIRM_VISITS,
            Word.FIRM_SUSPECT);

    private final FirmQuery query;
    private final Screens screens;
    private final InstantSource clock;

    FirmPages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new FirmQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.MAINTENANCE_FIRMS, this::list,
                Route.MAINTENANCE_FIRMS_EXPORT, this::export,
                Route.MAINTENANCE_FIRMS_WORKBOOK, this::export,
                Route.API_MAINTENANCE_FIRMS, this::json);
    }

    private Answer list(Request request) {
        LocalDate day = Day.asked(request, clock);
        Listing<FirmLoad> listing = listing(request, day, Paging.of(request, FirmQuery.SORTING));
        return Answer.page(screens.render(
                "maintenance-firms.jte",
                Map.of(
                        "frame", Frame.of(request, Word.MAINTENANCE_FIRMS),
                        "table", new Table(request, listing),
                        "firms", listing.rows(),
                        "search", Search.of(request),
                        "day", day,
                        "from", day.minusDays(FirmLoad.DAYS - 1),
                        "sort", request.query("sort").orElse(""))));
    }

    /** A city has hundreds of firms: a few pages one after the other. */
    private Answer export(Request request) {
        LocalDate day = Day.asked(request, clock);
        Paging asked = Paging.of(request, FirmQuery.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-maintenance-firms-" + day,
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> {
                            int pages = 1;
                            for (int page = 1; page <= pages; page++) {
                                Listing<FirmLoad> some = listing(
                                        request,
                                        day,
                                        new Paging(page, Paging.LARGEST_SIZE, asked.sort(), asked.descending()));
                                pages = some.pages();
                                for (FirmLoad load : some.rows()) {
                                    sink.row(cells(load));
                                }
                            }
                        })
                .answer(request);
    }

    private static Object[] cells(FirmLoad load) {
        return new Object[] {
            load.firm().name(),
            load.firm().creditCode(),
            load.machines(),
            load.overdue(),
            load.soon(),
            load.visits(),
            load.suspect()
        };
    }

    private Answer json(Request request) {
        LocalDate day = Day.asked(request, clock);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", day);
        json.putAll(listing(request, day, Paging.of(request, FirmQuery.SORTING)).json(FirmLoad::json));
        return Answer.json(200, JSON.writeValueAsString(json));
    }

    private Listing<FirmLoad> listing(Request request, LocalDate day, Paging paging) {
        return query.list(request.scope(), day, Search.of(request).pattern(), paging);
    }
}
