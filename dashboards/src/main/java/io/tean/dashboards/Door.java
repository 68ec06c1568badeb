package io.tean.dashboards;

import io.tean.core.settings.HttpSettings;
import io.tean.dashboards.probe.Probes;
import io.tean.dashboards.screen.ErrorPages;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.status.StatusPage;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.concurrent.TimeUnit;

/** The HTTP server: what all requests pass, then the page families in order. */
final class Door extends VerticleBase {
    private static final int BODY_BYTES = 64 * 1024;

    private final HttpSettings settings;
    private final Screens screens;
    private final Probes probes;
    private final StatusPage status;
    private volatile int port;

    Door(HttpSettings settings, Screens screens, Probes probes, StatusPage status) {
        this.settings = settings;
        this.screens = screens;
        this.probes = probes;
        this.status = status;
    }

    @Override
    public Future<?> start() {
        return vertx.createHttpServer(options())
                .requestHandler(router())
                .listen()
                .onSuccess(this::remember);
    }

    int port() {
        return port;
    }

    private void remember(HttpServer server) {
        port = server.actualPort();
    }

    private HttpServerOptions options() {
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setMaxInitialLineLength(4096)
                .setMaxHeaderSize(16 * 1024)
                .setMaxChunkSize(16 * 1024)
                .setMaxFormAttributeSize(BODY_BYTES)
                .setHttp2ClearTextEnabled(false)
                .setCompressionSupported(true)
                // A peer that neither sends nor reads gives its connection back.
                .setIdleTimeout(30)
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
    }

    private Router router() {
        Router router = Router.router(vertx);
        new ErrorPages(screens).mount(router);
        router.route().handler(Door::harden);
        router.route().handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES));
        router.get("/")
                .handler(context -> context.response()
                        .setStatusCode(302)
                        .putHeader(HttpHeaders.LOCATION, "/status")
                        .end());
        probes.mount(router);
        screens.mount(router);
        status.mount(router);
        return router;
    }

    /** Pages load nothing but their own style sheet, script and picture, and stand in nobody's frame. */
    private static void harden(RoutingContext context) {
        context.response()
                .putHeader(
                        "Content-Security-Policy",
                        "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
                                + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Frame-Options", "DENY")
                .putHeader("Referrer-Policy", "no-referrer")
                .putHeader("Cross-Origin-Opener-Policy", "same-origin")
                .putHeader("Cross-Origin-Resource-Policy", "same-origin");
        context.next();
    }
}
