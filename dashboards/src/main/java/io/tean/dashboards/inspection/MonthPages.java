package io.tean.dashboards.inspection;

import io.tean.core.inspection.InspectionDecisions;
import io.tean.core.inspection.InspectionDecisions.Outcome;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** Reported months, what became of each, and how one is reported; for people and for programs. */
public final class MonthPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern MONTH = Pattern.compile("(19|20|21)\\d\\d-(0[1-9]|1[0-2])");

    private final MonthQuery query;
    private final InspectionDecisions decisions;
    private final Screens screens;
    private final InstantSource clock;

    public MonthPages(DataSource database, InspectionDecisions decisions, Screens screens, InstantSource clock) {
        this.query = new MonthQuery(database);
        this.decisions = decisions;
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.INSPECTION_MONTHS,
                request -> page(request, 200, lastMonth().toString(), Map.of()),
                Route.INSPECTION_MONTH,
                this::show,
                Route.INSPECTION_FREEZE,
                this::freeze,
                Route.API_INSPECTION_MONTHS,
                request -> Answer.json(
                        200, JSON.writeValueAsString(listing(request).json(Month::json))),
                Route.API_INSPECTION_FREEZE,
                this::freezeForProgram);
    }

    private YearMonth lastMonth() {
        return YearMonth.from(Period.today(clock.instant())).minusMonths(1);
    }

    private Listing<Month> listing(Request request) {
        return query.list(request.scope(), Paging.of(request, MonthQuery.SORTING));
    }

    private Answer page(Request request, int status, String month, Map<String, Word> problems) {
        Frame frame = Frame.of(request, Word.INSPECTION_MONTHS);
        Listing<Month> months = listing(request);
        return Answer.page(
                status,
                screens.render(
                        "inspection-months.jte",
                        Map.of(
                                "frame",
                                status == 200 ? frame : frame.ofChange(),
                                "table",
                                new Table(request, months),
                                "months",
                                months.rows(),
                                "month",
                                month,
                                "last",
                                lastMonth().toString(),
                                "problems",
                                problems)));
    }

    private Answer show(Request request) {
        YearMonth month = read(request.parameter("month")).orElseThrow(Refusal::notFound);
        Month.Card card = query.find(request.scope(), month).orElseThrow(Refusal::notFound);
        return Answer.page(screens.render(
                "inspection-month.jte",
                Map.of("frame", Frame.of(request, request.tongue().say(Word.INSPECTION_MONTH, month)), "card", card)));
    }

    private Answer freeze(Request request) {
        String month = request.field("month").strip();
        return freeze(request, month)
                .map(problem -> page(request, 422, month, Map.of("month", problem)))
                .orElseGet(() -> Answer.seeOther(
                        Address.of(Route.INSPECTION_MONTH.path(month), Map.of("done", "month-frozen"))));
    }

    /** Answers what is wrong with the month. */
    private Optional<Word> freeze(Request request, String text) {
        Optional<YearMonth> month = read(text);
        if (month.isEmpty()) {
            return Optional.of(Word.WRONG_MONTH);
        }
        return switch (decisions.freeze(month.get(), request.actor())) {
            case Outcome.Done ignored -> Optional.empty();
            case Outcome.Refused ignored -> Optional.of(Word.WRONG_MONTH_FROZEN);
        };
    }

    private Answer freezeForProgram(Request request) {
        String month = JsonBody.of(request, "month").text("month").orElse("");
        freeze(request, month).ifPresent(problem -> {
            throw Refusal.wrongFields(Map.of("month", new Tongue(Language.EN).say(problem)));
        });
        return new Answer.Text(201, Answer.JSON, JSON.writeValueAsString(Map.of("month", month)), Map.of(), List.of());
    }

    static Optional<YearMonth> read(String text) {
        return MONTH.matcher(text).matches() ? Optional.of(YearMonth.parse(text)) : Optional.empty();
    }
}
