package io.tean.dashboards.trend;

import io.tean.dashboards.list.Period;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** How both rates went over a year, for people and for programs. */
public final class TrendPages {
    private static final JsonMapper JSON = new JsonMapper();

    private final TrendQuery query;
    private final Screens screens;
    private final InstantSource clock;

    public TrendPages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new TrendQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.INSPECTION_TREND,
                this::show,
                Route.API_INSPECTION_TREND,
                request -> Answer.json(
                        200,
                        JSON.writeValueAsString(Map.of(
                                "months",
                                points(request).stream().map(Point::json).toList()))));
    }

    private List<Point> points(Request request) {
        LocalDate today = Period.today(clock.instant());
        return query.points(request.scope(), Period.of(request, today).day(), today);
    }

    private Answer show(Request request) {
        List<Point> points = points(request);
        return Answer.page(screens.render(
                "inspection-trend.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.INSPECTION_TREND),
                        "points",
                        points,
                        "chart",
                        TrendChart.of(points),
                        "day",
                        points.getLast().period().day())));
    }
}
