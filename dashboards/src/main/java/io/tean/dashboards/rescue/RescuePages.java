package io.tean.dashboards.rescue;

import io.tean.core.rescue.RescueDecisions;
import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.MapTiles;
import io.tean.dashboards.screen.Screens;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** All pages of rescue for people with an account. */
public final class RescuePages {
    private final BoardPages board;
    private final CasePages cases;

    /** @param tiles what lies below the maps, if anything */
    public RescuePages(
            DataSource database,
            RescueDecisions decisions,
            StreamCatalogue streams,
            Screens screens,
            Optional<MapTiles> tiles,
            InstantSource clock) {
        CaseQuery query = new CaseQuery(database);
        BoardQuery shown = new BoardQuery(database, query, tiles);
        this.board = new BoardPages(shown, new CallQuery(database, streams), query, decisions, screens, clock);
        this.cases = new CasePages(query, shown, decisions, screens);
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        Map<Route, Handler> handlers = new EnumMap<>(Route.class);
        handlers.putAll(board.handlers());
        handlers.putAll(cases.handlers());
        return handlers;
    }
}
