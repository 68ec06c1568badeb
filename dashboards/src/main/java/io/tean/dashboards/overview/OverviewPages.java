package io.tean.dashboards.overview;

import io.tean.dashboards.access.Scope;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.live.SharedLook;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Asset;
import io.tean.dashboards.screen.MapTiles;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The city on one screen, for people and for programs. */
public final class OverviewPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EMERGENCY = "emergency";
    /** A region of the screen asks for its own part alone. */
    private static final List<String> PARTS = List.of(EMERGENCY, "figures");

    private final OverviewQuery query;
    private final Screens screens;
    private final InstantSource clock;
    /** One change wakes all walls at once. */
    private final SharedLook<Part, String> parts = new SharedLook<>();

    /** A region of the screen, the same for all who see the same. */
    private record Part(String name, Scope scope, Tongue tongue) {}

    /** @param tiles what lies below the map, if anything */
    public OverviewPages(DataSource database, Screens screens, Optional<MapTiles> tiles, InstantSource clock) {
        this.query = new OverviewQuery(database, tiles);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.OVERVIEW,
                this::show,
                Route.API_OVERVIEW,
                request -> Answer.json(
                        200, JSON.writeValueAsString(read(request.scope()).json())));
    }

    private Overview read(Scope scope) {
        return query.overview(scope, clock.instant());
    }

    private Answer show(Request request) {
        Optional<String> part = Choice.of(request, "part", PARTS);
        if (part.isPresent()) {
            Part asked = new Part(part.get(), request.scope(), request.tongue());
            return Answer.page(parts.at(asked, () -> part(asked)));
        }
        Overview overview = read(request.scope());
        return Answer.page(screens.render(
                "overview.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.NAV_OVERVIEW),
                        "emergency",
                        overview.emergency(),
                        "figures",
                        overview.figures(),
                        "script",
                        Asset.BOARD.path())));
    }

    private String part(Part asked) {
        return asked.name().equals(EMERGENCY)
                ? screens.render(
                        "overviewemergency.jte",
                        Map.of("t", asked.tongue(), "emergency", query.emergency(asked.scope())))
                : screens.render(
                        "overviewfigures.jte",
                        Map.of("t", asked.tongue(), "figures", query.figures(asked.scope(), clock.instant())));
    }
}
