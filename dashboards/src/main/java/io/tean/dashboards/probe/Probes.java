package io.tean.dashboards.probe;

import io.tean.core.health.HealthCheck;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import java.util.List;
import java.util.function.Supplier;

/** Answers probes and Prometheus. */
public final class Probes {
    private final List<HealthCheck> checks;
    private final Supplier<String> prometheus;

    public Probes(List<HealthCheck> checks, Supplier<String> prometheus) {
        this.checks = List.copyOf(checks);
        this.prometheus = prometheus;
    }

    public void mount(Router router) {
        // On the event loop on purpose: that this answers is the proof that the loop lives.
        get(router, "/health/live")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end("alive"));
        get(router, "/health/ready")
                .blockingHandler(
                        context -> {
                            Checkup checkup = Checkup.of(checks);
                            context.response()
                                    .setStatusCode(checkup.well() ? 200 : 503)
                                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
                                    .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                    .end(checkup.json().encode());
                        },
                        false);
        get(router, "/metrics")
                .blockingHandler(
                        context -> context.response()
                                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                                .end(prometheus.get()),
                        false);
    }

    private static Route get(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }
}
