package io.tean.dashboards.inspection;

import io.tean.dashboards.inspection.Month.Turned;
import io.tean.dashboards.list.Period;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** Two reported months side by side, or one and today: who came in, who went out; for people and for programs. */
public final class ComparisonPages {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<Word> COLUMNS = List.of(
            Word.EQUIPMENT_CODE,
            Word.EQUIPMENT_NAME,
            Word.INSPECTION_CATEGORY,
            Word.EQUIPMENT_DIVISION,
            Word.MONTH_RATE,
            Word.COMPARE_WAY);

    private final ComparisonQuery query;
    private final Screens screens;
    private final InstantSource clock;

    public ComparisonPages(DataSource database, Screens screens, InstantSource clock) {
        this.query = new ComparisonQuery(database);
        this.screens = screens;
        this.clock = clock;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.INSPECTION_COMPARISON, this::show,
                Route.INSPECTION_COMPARISON_EXPORT, this::export,
                Route.INSPECTION_COMPARISON_WORKBOOK, this::export,
                Route.API_INSPECTION_COMPARISON, this::json);
    }

    /**
     * What is asked for.
     *
     * @param then none while no month was reported
     * @param now none for today
     */
    private record Asked(List<YearMonth> months, Optional<YearMonth> then, Optional<YearMonth> now) {}

    /** Of nobody's asking the newest reported month beside today. */
    private Asked asked(Request request) {
        List<YearMonth> months = query.months();
        Optional<YearMonth> then =
                month(request, "then", months).or(() -> months.stream().findFirst());
        Optional<YearMonth> now = month(request, "now", months);
        if (then.isPresent() && now.isPresent() && !now.get().isAfter(then.get())) {
            throw Refusal.badParameter("now", "'" + now.get() + "' is not after the month before, " + then.get());
        }
        return new Asked(months, then, now);
    }

    private static Optional<YearMonth> month(Request request, String name, List<YearMonth> months) {
        return request.query(name)
                .map(text -> MonthPages.read(text)
                        .filter(months::contains)
                        .orElseThrow(() -> Refusal.badParameter(name, "'" + text + "' is no month that was reported")));
    }

    private LocalDate today() {
        return Period.today(clock.instant());
    }

    private Optional<Comparison> read(Request request, Asked asked) {
        return asked.then().map(then -> query.compare(request.scope(), then, asked.now(), today()));
    }

    private Answer show(Request request) {
        Asked asked = asked(request);
        return Answer.page(screens.render(
                "inspection-comparison.jte",
                Map.of(
                        "frame",
                        Frame.of(request, Word.INSPECTION_COMPARISON),
                        "months",
                        asked.months(),
                        "comparison",
                        read(request, asked))));
    }

    private Answer export(Request request) {
        Asked asked = asked(request);
        YearMonth then = asked.then().orElseThrow(Refusal::notFound);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-inspection-comparison-" + then,
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), then, asked.now(), today(), sink, each -> cells(each, t)))
                .answer(request);
    }

    private static Object[] cells(Turned each, Tongue t) {
        return new Object[] {
            each.code(),
            each.name(),
            t.term("CATEGORY", each.category()),
            each.division(),
            t.term("INSPECTION_RATE", each.rate().word()),
            t.say(each.missingNow() ? Word.COMPARE_CAME : Word.COMPARE_WENT)
        };
    }

    private Answer json(Request request) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("comparison", read(request, asked(request)).map(Comparison::json));
        return Answer.json(200, JSON.writeValueAsString(json));
    }
}
