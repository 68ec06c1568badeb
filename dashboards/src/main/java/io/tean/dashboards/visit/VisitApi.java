package io.tean.dashboards.visit;

import io.tean.core.maintenance.MaintenanceDecisions;
import io.tean.core.maintenance.MaintenanceDecisions.Outcome;
import io.tean.core.maintenance.MaintenanceDecisions.Problem;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.maintenance.SuspensionDraft;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Visits for programs. */
final class VisitApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Tongue PROGRAMS = new Tongue(Language.EN);

    private final VisitQuery query;
    private final MaintenanceDecisions decisions;
    private final InstantSource clock;

    VisitApi(VisitQuery query, MaintenanceDecisions decisions, InstantSource clock) {
        this.query = query;
        this.decisions = decisions;
        this.clock = clock;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.API_VISITS,
                        request -> json(200, VisitPages.listing(query, request).json(Visit::json)),
                Route.API_VISIT,
                        request -> json(200, VisitPages.found(query, request).json()),
                Route.API_VISIT_ADD, this::add,
                Route.API_VISIT_DECIDE, this::decide,
                Route.API_VISIT_CONFIRM, this::confirm,
                Route.API_VISIT_SUPERSEDE, this::supersede);
    }

    private Answer add(Request request) {
        VisitDraft draft = VisitDraft.sent(JsonBody.of(request, VisitDraft.apiFields(VisitDraft.EQUIPMENT)));
        Map<String, Word> problems = new LinkedHashMap<>(draft.problems(clock.instant()));
        Optional<String> machine = VisitPages.machine(query, request, draft, clock.instant());
        if (machine.isEmpty()) {
            problems.put(VisitDraft.EQUIPMENT, Word.WRONG_VISIT_EQUIPMENT);
        }
        refuse(problems);
        String firm = query.creditCode(VisitPages.firm(request));
        return made(request, decisions.add(machine.orElseThrow(), draft.record(firm), request.actor()));
    }

    private Answer supersede(Request request) {
        VisitCard card = VisitPages.own(query, request);
        VisitDraft draft = VisitDraft.sent(JsonBody.of(request, VisitDraft.apiFields(VisitDraft.REASON)));
        Map<String, Word> problems = new LinkedHashMap<>(draft.problems(clock.instant()));
        String reason = draft.value(VisitDraft.REASON);
        if (SuspensionDraft.isNoReason(reason)) {
            problems.put(VisitDraft.REASON, Word.WRONG_REASON);
        }
        refuse(problems);
        return made(
                request,
                decisions.supersede(card.visit().id(), draft.record(card.visit().firmCode()), reason, request.actor()));
    }

    private Answer decide(Request request) {
        VisitCard card = VisitPages.found(query, request);
        JsonBody body = JsonBody.of(request, "accepted", "reason");
        Optional<Boolean> accepted = body.truth("accepted");
        String reason = body.text("reason").orElse("").strip();
        Map<String, Word> problems = new LinkedHashMap<>();
        if (accepted.isEmpty()) {
            problems.put("accepted", Word.WRONG_CHOICE);
        }
        if (SuspensionDraft.isNoReason(reason)) {
            problems.put(VisitDraft.REASON, Word.WRONG_REASON);
        }
        refuse(problems);
        return changed(request, decisions.decide(card.visit().id(), accepted.orElseThrow(), reason, request.actor()));
    }

    private Answer confirm(Request request) {
        JsonBody.none(request);
        VisitCard card = VisitPages.found(query, request);
        return changed(request, decisions.confirm(card.visit().id(), request.actor()));
    }

    private static void refuse(Map<String, Word> problems) {
        if (!problems.isEmpty()) {
            Map<String, String> said = new LinkedHashMap<>();
            problems.forEach((field, problem) -> said.put(VisitDraft.ofApi(field), PROGRAMS.say(problem)));
            throw Refusal.wrongFields(said);
        }
    }

    private Answer changed(Request request, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done ignored ->
                json(200, VisitPages.found(query, request).json());
            case Outcome.Refused(Problem problem) -> throw refusal(problem);
        };
    }

    private Answer made(Request request, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done(long id) ->
                new Answer.Text(
                        201,
                        Answer.JSON,
                        JSON.writeValueAsString(card(request.scope(), id).json()),
                        Map.of("Location", Route.API_VISIT.path(id)),
                        List.of());
            case Outcome.Refused(Problem problem) -> throw refusal(problem);
        };
    }

    private VisitCard card(Scope scope, long id) {
        return query.find(scope, id)
                .orElseThrow(() -> new IllegalStateException("visit record " + id + " was made and is not there"));
    }

    private static Refusal refusal(Problem problem) {
        return problem == Problem.UNKNOWN
                ? Refusal.notFound()
                : Refusal.of(
                        Refusal.Reason.CONFLICT,
                        Word.of("MAINTENANCE_PROBLEM", problem.name())
                                .map(PROGRAMS::say)
                                .orElse(problem.name()));
    }

    private static Answer json(int status, Map<String, ?> body) {
        return Answer.json(status, JSON.writeValueAsString(body));
    }
}
