package io.tean.dashboards.route;

import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Screens;
import io.tean.dashboards.screen.Tongue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says a refusal: to people as a small page in their language, to programs as problem details (RFC 9457), the one error shape of the
 * API. Never a stack trace; that goes to the log.
 */
public final class RefusalPages {
    static final String PROBLEM = "application/problem+json";
    private static final JsonMapper JSON = new JsonMapper();

    private final Screens screens;

    public RefusalPages(Screens screens) {
        this.screens = screens;
    }

    Answer.Text page(Refusal refusal, Language language) {
        Tongue tongue = new Tongue(language);
        String title =
                refusal.reason().status() + " " + tongue.say(refusal.reason().word());
        Frame frame = new Frame(tongue, title, Optional.<Viewer>empty(), Route.HOME, "", "", Optional.empty());
        return Answer.page(
                refusal.reason().status(),
                screens.render(
                        "error.jte",
                        Map.of(
                                "frame",
                                frame,
                                "status",
                                refusal.reason().status(),
                                "word",
                                refusal.reason().word(),
                                "detail",
                                refusal.reason() == Refusal.Reason.BUG ? refusal.detail() : "")));
    }

    static Answer.Text problem(Refusal refusal, String path) {
        Map<String, Object> problem = new LinkedHashMap<>();
        problem.put("type", "urn:tean:problem:" + refusal.reason().slug());
        problem.put("title", new Tongue(Language.EN).say(refusal.reason().word()));
        problem.put("status", refusal.reason().status());
        problem.put("detail", refusal.detail());
        problem.put("instance", path);
        if (!refusal.fields().isEmpty()) {
            problem.put(
                    "errors",
                    refusal.fields().entrySet().stream()
                            .sorted(Map.Entry.comparingByKey())
                            .map(entry -> Map.of("field", entry.getKey(), "problem", entry.getValue()))
                            .toList());
        }
        return new Answer.Text(
                refusal.reason().status(), PROBLEM, JSON.writeValueAsString(problem), Map.of(), List.of());
    }
}
