package io.tean.dashboards.alert;

import io.tean.dashboards.alert.AlertSteps.Said;
import io.tean.dashboards.alert.AlertSteps.Step;
import io.tean.dashboards.list.Paging;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Alerts for programs. */
final class AlertApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Tongue PROGRAMS = new Tongue(Language.EN);

    private final AlertQuery query;
    private final AlertSteps steps;

    AlertApi(AlertQuery query, AlertSteps steps) {
        this.query = query;
        this.steps = steps;
    }

    Map<Route, Handler> handlers() {
        return Map.of(
                Route.API_ALERTS, this::list,
                Route.API_ALERT,
                        request -> json(AlertPages.found(query, request).json()),
                Route.API_ALERT_ACKNOWLEDGE, request -> take(request, Step.ACKNOWLEDGE, AlertSteps.NOTE),
                Route.API_ALERT_CLOSE, request -> take(request, Step.CLOSE, AlertSteps.NOTE, AlertSteps.CAUSE),
                Route.API_ALERT_END_OF_ALARM,
                        request ->
                                take(request, Step.END_OF_ALARM, AlertSteps.NOTE, AlertSteps.CAUSE, AlertSteps.SAFE));
    }

    private Answer list(Request request) {
        AlertFilter filter = AlertFilter.of(request);
        return json(query.list(request.scope(), filter, Paging.of(request, filter.sorting()))
                .json(Alert::json));
    }

    private Answer take(Request request, Step step, String... known) {
        Alert alert = AlertPages.found(query, request).alert();
        Said said = Said.sent(request, known);
        Map<String, Word> problems = step.problems(said);
        if (!problems.isEmpty()) {
            Map<String, String> texts = new LinkedHashMap<>();
            problems.forEach((field, problem) -> texts.put(field, PROGRAMS.say(problem)));
            throw Refusal.wrongFields(texts);
        }
        Optional<Word> refused = AlertSteps.refusal(steps.take(request, alert, step, said));
        AlertCard now = AlertPages.found(query, request);
        if (refused.isPresent()) {
            throw Refusal.of(
                    Refusal.Reason.CONFLICT,
                    "alert " + alert.id() + " is " + now.alert().state().word() + ": " + PROGRAMS.say(refused.get()));
        }
        return json(now.json());
    }

    private static Answer json(Map<String, ?> body) {
        return Answer.json(200, JSON.writeValueAsString(body));
    }
}
