package io.tean.dashboards.figures;

import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** The rescue figures of some days and the bulletin of a month; for people and for programs. */
public final class FiguresPages {
    private static final JsonMapper JSON = new JsonMapper();

    private final FiguresQuery query;
    private final Screens screens;
    private final InstantSource clock;

    public FiguresPages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new FiguresQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.RESCUE_FIGURES,
                request -> page(request, "rescue-figures.jte", Span.of(request, today())),
                Route.RESCUE_BULLETIN,
                this::bulletin,
                Route.API_RESCUE_FIGURES,
                this::json);
    }

    private LocalDate today() {
        return Period.today(clock.instant());
    }

    private Answer bulletin(Request request) {
        Span month = Span.month(request.parameter("bulletin")).map(Span::of).orElseThrow(Refusal::notFound);
        if (month.from().isAfter(today())) {
            throw Refusal.notFound();
        }
        return page(request, "rescue-bulletin.jte", month);
    }

    private Answer page(Request request, String template, Span span) {
        Report report = read(request, span);
        String title = request.tongue()
                .say(template.contains("bulletin") ? Word.FIGURES_BULLETIN : Word.FIGURES_OF, span.text());
        return Answer.page(screens.render(
                template, Map.of("frame", Frame.of(request, title), "report", report, "today", today())));
    }

    private Report read(Request request, Span span) {
        Instant now = clock.instant();
        return query.report(request.scope(), span, now, Period.today(now));
    }

    private Answer json(Request request) {
        List<String> words =
                Arrays.stream(Dimension.values()).map(Dimension::word).toList();
        String by = Choice.of(request, "by", words).orElse(Dimension.DIVISION.word());
        Dimension dimension = Dimension.valueOf(by.toUpperCase(Locale.ROOT).replace('-', '_'));
        Report report = read(request, Span.of(request, today()));
        return Answer.json(200, JSON.writeValueAsString(report.json(dimension)));
    }
}
