package io.tean.dashboards.rescuer;

import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Linked;
import io.tean.core.rescue.RescueDecisions.Move;
import io.tean.core.rescue.RescueDecisions.Reason;
import io.tean.dashboards.rescue.CaseCard;
import io.tean.dashboards.rescue.CaseCard.Called;
import io.tean.dashboards.rescue.CaseQuery;
import io.tean.dashboards.route.Address;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Asset;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Word;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** The page behind a link, and the steps that its unit takes there. */
public final class RescuerPages {
    /** Nothing of it is kept or passed on: not by the browser, not to whom a link of it leads, not by a search engine. */
    private static final Map<String, String> HEADERS = Map.of(
            "Referrer-Policy", "no-referrer",
            "X-Robots-Tag", "noindex, nofollow",
            "Permissions-Policy", "camera=(), geolocation=(self), microphone=()");

    /** What a second tap on the same button comes to: it stands recorded already. */
    private static final Set<Reason> REPEATED = EnumSet.of(
            Reason.ANSWERED_ALREADY, Reason.ON_THE_WAY_ALREADY, Reason.ARRIVED_ALREADY, Reason.RELEASED_ALREADY);

    private final CaseQuery cases;
    private final RescueDecisions decisions;
    private final Screens screens;

    public RescuerPages(DataSource database, RescueDecisions decisions, Screens screens) {
        this.cases = new CaseQuery(database);
        this.decisions = decisions;
        this.screens = screens;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.RESCUER,
                request -> page(request, 200, linked(request), Map.of(), Optional.empty()),
                Route.RESCUER_STEP,
                this::take);
    }

    private Answer take(Request request) {
        Linked linked = linked(request);
        Steps.Read read = Steps.read(request, linked.dispatchId(), cases.now());
        if (!read.problems().isEmpty()) {
            return page(request, 422, linked, read.problems(), Optional.empty());
        }
        try {
            return switch (decide(request, read.move())) {
                case RescueDecisions.Done ignored -> done(request);
                case RescueDecisions.Gone ignored -> throw Refusal.notFound();
                case RescueDecisions.NotAllowed refused -> {
                    if (REPEATED.contains(refused.reason())) {
                        yield done(request);
                    }
                    yield page(
                            request,
                            409,
                            linked,
                            Map.of(),
                            Word.of("RESCUER_REFUSED", refused.reason().name())
                                    .or(() -> Optional.of(Word.RESCUER_OVERTAKEN)));
                }
            };
        } catch (IllegalArgumentException e) {
            return page(request, 422, linked, Map.of(Steps.REASON, Word.WRONG_RESCUE_TEXT), Optional.empty());
        }
    }

    private RescueDecisions.Outcome decide(Request request, Move move) {
        return decisions.decide(request.parameter("link"), move, request.source());
    }

    /** The page anew: a reload repeats nothing. */
    private static Answer done(Request request) {
        return Answer.seeOther(
                Address.of(Route.RESCUER.path(request.parameter("link")), Map.of("done", "rescuer-step")));
    }

    private Linked linked(Request request) {
        return decisions.read(request.parameter("link")).orElseThrow(Refusal::notFound);
    }

    private Answer page(
            Request request, int status, Linked linked, Map<String, Word> problems, Optional<Word> refused) {
        CaseCard card = cases.find(linked.caseId()).orElseThrow(Refusal::notFound);
        Called call = card.units().stream()
                .filter(unit -> unit.id() == linked.dispatchId())
                .findFirst()
                .orElseThrow(Refusal::notFound);
        String address = Route.RESCUER.path(request.parameter("link"));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("t", request.tongue());
        parameters.put("address", address);
        parameters.put(
                "otherLanguage",
                Address.of(address, Map.of("lang", request.language().other().word())));
        parameters.put("rescue", card.rescue());
        parameters.put("call", call);
        parameters.put("now", cases.now());
        parameters.put("problems", problems);
        parameters.put("refused", refused);
        parameters.put("done", request.query("done").flatMap(Word::done));
        parameters.put("reason", request.field(Steps.REASON));
        parameters.put("style", Asset.STYLE.path());
        parameters.put("icon", Asset.ICON.path());
        parameters.put("script", Asset.RESCUER.path());
        return new Answer.Text(
                status, Answer.HTML, screens.render("rescuer.jte", parameters), HEADERS, java.util.List.of());
    }
}
