package io.tean.dashboards.status;

import io.tean.dashboards.screen.ErrorPages;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;

/** Serves the status page with made-up figures, to look at it: /status/well, /status/away, /status/fresh. */
final class Preview {
    private Preview() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx();
        Router router = Router.router(vertx);
        Screens screens = new Screens();
        new ErrorPages(screens).mount(router);
        screens.mount(router);
        router.get("/status/:state").handler(context -> {
            Status status = switch (String.valueOf(context.pathParam("state"))) {
                case "away" -> Samples.away();
                case "fresh" -> Samples.fresh();
                default -> Samples.well();
            };
            Screens.send(context, StatusPage.html(screens, status, Language.of(context)));
        });
        vertx.createHttpServer()
                .requestHandler(router)
                .listen(Integer.parseInt(args[0]), "127.0.0.1")
                .onFailure(Throwable::printStackTrace);
    }
}
