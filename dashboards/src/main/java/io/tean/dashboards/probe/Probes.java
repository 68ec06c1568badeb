package io.tean.dashboards.probe;

import io.tean.core.health.HealthCheck;
import io.tean.dashboards.route.Answer;
import io.tean.dashboards.route.Handler;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.route.Route;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;

/** Answers probes and Prometheus. */
public final class Probes {
    private static final JsonMapper JSON = new JsonMapper();

    private final List<HealthCheck> checks;
    private final Supplier<String> prometheus;

    public Probes(List<HealthCheck> checks, Supplier<String> prometheus) {
        this.checks = List.copyOf(checks);
        this.prometheus = prometheus;
    }

    /** The routes of this family. */
    public Map<Route, Handler> handlers() {
        return Map.of(
                Route.LIVE, request -> text("text/plain; charset=utf-8", "alive"),
                Route.READY, this::ready,
                Route.METRICS, request -> text("text/plain; version=0.0.4; charset=utf-8", prometheus.get()));
    }

    /** Says to a neighbour what is not well, and to others only that something is not. */
    private Answer ready(Request request) {
        Checkup checkup = Checkup.of(checks);
        boolean neighbour = request.received().origin().neighbour();
        Map<String, ?> body = neighbour ? checkup.json() : Map.of("ready", checkup.well());
        return Answer.json(checkup.well() ? 200 : 503, JSON.writeValueAsString(body));
    }

    private static Answer text(String type, String body) {
        return new Answer.Text(200, type, body, Map.of(), List.of());
    }
}
