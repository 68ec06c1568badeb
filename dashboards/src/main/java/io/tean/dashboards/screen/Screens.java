package io.tean.dashboards.screen;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.Map;

/** Renders pages from the templates that were compiled into the jar. */
public final class Screens {
    private final TemplateEngine engine = TemplateEngine.createPrecompiled(
            null, ContentType.Html, Screens.class.getClassLoader(), "io.tean.dashboards.templates");

    public String render(String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput(16 * 1024);
        engine.render(template, parameters, output);
        return output.toString();
    }
}
