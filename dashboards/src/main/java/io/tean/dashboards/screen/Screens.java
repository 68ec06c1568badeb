package io.tean.dashboards.screen;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/** Renders pages from the templates that were compiled into the jar, and serves what the pages refer to. */
public final class Screens {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Screens.class.getClassLoader(), "io.tean.dashboards.templates");

    public String render(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput(16 * 1024);
        engine.render(template, parameters, output);
        return output.toString();
    }

    /** Answers with a page that nobody may keep: it is old in a second. */
    public static void send(RoutingContext context, String html) {
        context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .end(html);
    }

    public void mount(Router router) {
        for (Asset asset : Asset.values()) {
            router.route(asset.path())
                    .method(HttpMethod.GET)
                    .method(HttpMethod.HEAD)
                    .handler(context -> context.response()
                            .putHeader(HttpHeaders.CONTENT_TYPE, asset.contentType())
                            .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                            .end(asset.content()));
        }
    }
}
