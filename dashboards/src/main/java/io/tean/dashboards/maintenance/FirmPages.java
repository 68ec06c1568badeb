package io.tean.dashboards.maintenance;

import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** How the firms keep up, as of a day. */
final class FirmPages {
    private static final JsonMapper JSON = new JsonMapper();

    private final FirmQuery query;
    private final Screens screens;
    private final InstantSource clock;

    FirmPages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new FirmQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(Route.MAINTENANCE_FIRMS, this::list, Route.API_MAINTENANCE_FIRMS, this::json);
    }

    private Answer list(Request request) {
        LocalDate day = Day.asked(request, clock);
        Listing<FirmLoad> listing = listing(request, day);
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

    private Answer json(Request request) {
        LocalDate day = Day.asked(request, clock);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("day", day);
        json.putAll(listing(request, day).json(FirmLoad::json));
        return Answer.json(200, JSON.writeValueAsString(json));
    }

    private Listing<FirmLoad> listing(Request request, LocalDate day) {
        return query.list(request.scope(), day, Search.of(request).pattern(), Paging.of(request, FirmQuery.SORTING));
    }
}
