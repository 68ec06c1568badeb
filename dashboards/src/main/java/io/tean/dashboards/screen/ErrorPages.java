package io.tean.dashboards.screen;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a visitor sees instead of a page: small, in both languages, without a stack trace; that goes to the log. */
public final class ErrorPages {
    private static final Logger log = LoggerFactory.getLogger(ErrorPages.class);

    private static final Map<Integer, Word> WORDS = Map.of(
            400, Word.ERROR_400,
            404, Word.ERROR_404,
            405, Word.ERROR_405,
            413, Word.ERROR_413,
            500, Word.ERROR_500);

    private final Screens screens;

    public ErrorPages(Screens screens) {
        this.screens = screens;
    }

    public void mount(Router router) {
        WORDS.keySet().forEach(status -> router.errorHandler(status, context -> answer(context, status)));
    }

    private void answer(RoutingContext context, int status) {
        Throwable failure = context.failure();
        if (status == 500) {
            log.error(
                    "cannot answer {} {}",
                    context.request().method(),
                    context.request().path(),
                    failure);
        }
        if (context.response().ended() || context.response().headWritten()) {
            return;
        }
        context.response().setStatusCode(status);
        Screens.send(context, page(status));
    }

    String page(int status) {
        Word word = WORDS.getOrDefault(status, Word.ERROR_500);
        Frame frame =
                new Frame(new Tongue(Language.ZH), status + " " + word.label().zh(), false);
        return screens.render(
                "error.jte",
                Map.of("frame", frame, "status", status, "word", word, "english", new Tongue(Language.EN)));
    }
}
