package io.tean.dashboards.rescue;

import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Call;
import io.tean.core.rescue.RescueDecisions.Details;
import io.tean.core.rescue.RescueDecisions.Taken;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.list.Choice;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.list.Search;
import io.tean.dashboards.live.SharedLook;
import io.tean.dashboards.rescue.Asked.Finds;
import io.tean.dashboards.rescue.Board.Row;
import io.tean.dashboards.rescue.CaseSteps.Sheet;
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
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The dispatcher's board, and the taking in of a call. */
final class BoardPages {
    /** A region of the board asks for its own part alone. */
    private static final List<String> PARTS = List.of("cases", "rest");

    private final BoardQuery board;
    private final CallQuery calls;
    private final CaseQuery cases;
    private final RescueDecisions decisions;
    private final Screens screens;
    private final InstantSource clock;
    /** One change wakes all boards at once. */
    private final SharedLook<Part, String> parts = new SharedLook<>();

    /** A region of the board, the same for all who see the same. */
    private record Part(String name, Scope scope, Tongue tongue) {}

    BoardPages(
            BoardQuery board,
            CallQuery calls,
            CaseQuery cases,
            RescueDecisions decisions,
            Screens screens,
            InstantSource clock) {
        this.board = board;
        this.calls = calls;
        this.cases = cases;
        this.decisions = decisions;
        this.screens = screens;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.BOARD,
                this::board,
                Route.BOARD_CALL,
                request -> callPage(request, 200, asked(request, request.query("equipment")), Map.of(), ""),
                Route.BOARD_TAKE_IN,
                this::takeIn);
    }

    private Answer board(Request request) {
        Optional<String> part = Choice.of(request, "part", PARTS);
        if (part.isPresent()) {
            Part asked = new Part(part.get(), request.scope(), request.tongue());
            return Answer.page(parts.at(asked, () -> part(asked)));
        }
        Search search = Search.of(request);
        boolean takesIn = Route.BOARD_CALL.isFor(request.viewer());
        Optional<Finds> finds = search.isBlank()
                ? Optional.empty()
                : Optional.of(calls.search(request.scope(), search, Day.today(clock)));
        Optional<String> one = finds.filter(
                        found -> found.exact() && found.machines().size() == 1)
                .map(found -> found.machines().getFirst().code());
        if (one.isPresent() && takesIn) {
            return Answer.seeOther(Address.of(Route.BOARD_CALL.path(), Map.of("equipment", one.get())));
        }
        List<Row> rows = board.live(request.scope());
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", Frame.of(request, Word.NAV_BOARD));
        parameters.put("board", new Board(cases.now(), rows, board.rest(request.scope(), rows)));
        parameters.put("search", search.text());
        parameters.put("finds", finds);
        parameters.put("takesIn", takesIn);
        parameters.put("script", Asset.BOARD.path());
        return Answer.page(screens.render("board.jte", parameters));
    }

    private String part(Part asked) {
        List<Row> rows = board.live(asked.scope());
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("t", asked.tongue());
        parameters.put("now", cases.now());
        if (asked.name().equals("cases")) {
            parameters.put("rows", rows);
            return screens.render("boardcases.jte", parameters);
        }
        parameters.put("rest", board.rest(asked.scope(), rows));
        return screens.render("boardrest.jte", parameters);
    }

    private Optional<Asked> asked(Request request, Optional<String> code) {
        return code.map(
                text -> calls.find(request.scope(), text, Day.today(clock)).orElseThrow(Refusal::notFound));
    }

    private Answer takeIn(Request request) {
        Optional<Asked> asked =
                asked(request, Optional.of(request.field("equipment").strip()).filter(code -> !code.isEmpty()));
        Sheet sheet = new Sheet(request);
        Details details = CaseSteps.details(sheet);
        String place = sheet.text("place", 200, asked.isEmpty());
        String division = sheet.text("division", 6, false);
        if (!division.isEmpty() && !division.matches("[0-9]{6}")) {
            sheet.problems.put("division", Word.WRONG_DIVISION);
        }
        Optional<Instant> since = since(request, sheet);
        if (!sheet.problems.isEmpty()) {
            return callPage(request, 422, asked, sheet.problems, "");
        }
        OptionalInt machine =
                asked.map(known -> OptionalInt.of(known.machine().id())).orElse(OptionalInt.empty());
        Call call = new Call(
                machine,
                place,
                Optional.of(division).filter(code -> !code.isEmpty()),
                request.field("button").equals("yes"),
                details,
                since);
        try {
            Taken taken = decisions.takeIn(call, request.actor());
            return Answer.seeOther(Address.of(
                    Route.CASE.path(taken.caseId()), Map.of("done", taken.joined() ? "case-joined" : "case-opened")));
        } catch (IllegalArgumentException e) {
            return callPage(request, 422, asked, Map.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Since when people are in the car: not in a time to come, but for a clock that is a little ahead. */
    private Optional<Instant> since(Request request, Sheet sheet) {
        String text = request.field("since").strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> since = Day.moment(text);
        Instant now = cases.now();
        if (since.isEmpty() || since.get().isAfter(now.plus(Duration.ofMinutes(1)))) {
            sheet.problems.put("since", Word.WRONG_SINCE);
        }
        return since.map(at -> at.isAfter(now) ? now : at);
    }

    private Answer callPage(
            Request request, int status, Optional<Asked> asked, Map<String, Word> problems, String told) {
        Frame frame = Frame.of(request, Word.CALL_TITLE);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("frame", status == 200 ? frame : frame.ofChange());
        parameters.put("asked", asked);
        parameters.put("now", cases.now());
        parameters.put("request", request);
        parameters.put("problems", problems);
        parameters.put("told", told);
        return Answer.page(status, screens.render("call.jte", parameters));
    }
}
