package io.tean.dashboards.rescue;

import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Candidate;
import io.tean.dashboards.list.Listing;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.list.Sheet;
import io.tean.dashboards.list.Table;
import io.tean.dashboards.rescue.CaseSteps.Taken;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Frame;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Asset;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The list of cases, each case, and the steps in one; both twice, for people and for programs. */
final class CasePages {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,17}");
    private static final JsonMapper JSON = new JsonMapper();

    private static final List<Word> COLUMNS = List.of(
            Word.CASE_NUMBER,
            Word.CASE_STATE,
            Word.CASE_LEVEL,
            Word.CASE_ORIGIN,
            Word.CASE_OUTCOME,
            Word.EQUIPMENT_CODE,
            Word.RESCUE_CODE,
            Word.CASE_PLACE,
            Word.CASE_USE_UNIT,
            Word.EQUIPMENT_DIVISION,
            Word.CASE_OCCURRED,
            Word.CASE_OPENED,
            Word.CASE_DISPATCHED,
            Word.CASE_ANSWERED,
            Word.CASE_ARRIVED,
            Word.CASE_RELEASED,
            Word.CASE_CLOSED,
            Word.CASE_TRAPPED,
            Word.CASE_INJURED,
            Word.CASE_FREED,
            Word.CASE_OPERATOR);

    private final CaseQuery query;
    private final CaseSteps steps;
    private final BoardQuery board;
    private final RescueDecisions decisions;
    private final Screens screens;

    CasePages(CaseQuery query, BoardQuery board, RescueDecisions decisions, Screens screens) {
        this.query = query;
        this.steps = new CaseSteps(query, decisions);
        this.board = board;
        this.decisions = decisions;
        this.screens = screens;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.CASES, this::list,
                Route.CASES_EXPORT, this::export,
                Route.CASES_WORKBOOK, this::export,
                Route.CASE, request -> page(request, 200, found(request), Taken.DONE),
                Route.CASE_STEP, this::take,
                Route.API_CASES, this::json,
                Route.API_CASE, request -> json(found(request).json()));
    }

    private Answer list(Request request) {
        CaseFilter filter = CaseFilter.of(request);
        Listing<RescueCase> cases = query.list(request.scope(), filter, Paging.of(request, CaseFilter.SORTING));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", Frame.of(request, Word.NAV_CASES));
        parameters.put("table", new Table(request, cases));
        parameters.put("cases", cases.rows());
        parameters.put("filter", filter);
        parameters.put("sort", request.query("sort").orElse(""));
        return Answer.page(screens.render("cases.jte", parameters));
    }

    private Answer export(Request request) {
        CaseFilter filter = CaseFilter.of(request);
        Paging paging = Paging.of(request, CaseFilter.SORTING);
        Tongue t = request.tongue();
        return new Sheet(
                        "tean-cases",
                        COLUMNS.stream().map(t::say).toList(),
                        sink -> query.export(request.scope(), filter, paging, sink, rescue -> cells(rescue, t)))
                .answer(request);
    }

    /** In the order of {@link #COLUMNS}. */
    private static Object[] cells(RescueCase rescue, Tongue t) {
        Function<Optional<Instant>, String> time = at -> at.map(t::time).orElse("");
        Function<OptionalInt, Object> count = number -> number.isPresent() ? number.getAsInt() : "";
        return Stream.of(
                        rescue.id(),
                        t.term("CASE_STATE", rescue.state().name()),
                        rescue.level(),
                        t.term("CASE_ORIGIN", rescue.origin()),
                        rescue.outcome()
                                .map(word -> t.term("CASE_OUTCOME", word))
                                .orElse(""),
                        rescue.scene().code().orElse(""),
                        rescue.scene().rescueCode().orElse(""),
                        rescue.scene().place(),
                        rescue.scene().useUnit().orElse(""),
                        rescue.scene().division(),
                        t.time(rescue.times().occurred()),
                        t.time(rescue.times().opened()),
                        time.apply(rescue.times().dispatched()),
                        time.apply(rescue.times().answered()),
                        time.apply(rescue.times().arrived()),
                        time.apply(rescue.times().released()),
                        time.apply(rescue.times().closed()),
                        count.apply(rescue.people().trapped()),
                        count.apply(rescue.people().injured()),
                        count.apply(rescue.people().released()),
                        rescue.operator().orElse(""))
                .toArray();
    }

    private Answer take(Request request) {
        CaseCard card = found(request);
        Taken taken = steps.take(request, card.rescue(), query.now());
        if (taken.isDone()) {
            return Answer.seeOther(Address.of(Route.CASE.path(card.rescue().id()), Map.of("done", "case-step")));
        }
        return page(request, taken.refused().isPresent() ? 409 : 422, found(request), taken);
    }

    private Answer page(Request request, int status, CaseCard card, Taken taken) {
        RescueCase rescue = card.rescue();
        Tongue t = request.tongue();
        May may = May.of(request, rescue);
        List<Candidate> candidates = may.live() ? decisions.candidates(rescue.id()) : List.of();
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", frame(request, rescue, t));
        parameters.put("card", card);
        parameters.put("now", query.now());
        parameters.put("may", may);
        parameters.put("candidates", candidates);
        parameters.put("map", board.map(card, request.scope()));
        parameters.put("causes", CaseSteps.CAUSES);
        parameters.put("typed", new Typed(request));
        parameters.put("problems", taken.problems());
        parameters.put("refused", taken.refused().map(t::say).or(taken::told).orElse(""));
        parameters.put("script", Asset.BOARD.path());
        return Answer.page(status, screens.render("case.jte", parameters));
    }

    /** The answer to a step stands at an address that cannot be fetched; its links lead to the case itself. */
    private static Frame frame(Request request, RescueCase rescue, Tongue t) {
        return new Frame(
                t,
                t.say(Word.CASE) + " " + rescue.id() + " · " + t.say(Word.TEAN),
                request.visitor(),
                Route.CASE,
                request.csrf(),
                Address.of(
                        Route.CASE.path(rescue.id()),
                        Map.of("lang", t.language().other().word())),
                request.query("done").flatMap(Word::done));
    }

    private Answer json(Request request) {
        CaseFilter filter = CaseFilter.of(request);
        return json(query.list(request.scope(), filter, Paging.of(request, CaseFilter.SORTING))
                .json(RescueCase::json));
    }

    private static Answer json(Map<String, ?> body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }

    /** The case of the path, within the viewer's scope. */
    private CaseCard found(Request request) {
        String number = request.parameter("case");
        if (!NUMBER.matcher(number).matches()) {
            throw Refusal.notFound();
        }
        return query.find(request.scope(), Long.parseLong(number)).orElseThrow(Refusal::notFound);
    }
}
