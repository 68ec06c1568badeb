package io.tean.dashboards.list;

import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import java.util.List;
import java.util.Optional;

/** A parameter that may be one of a few words. */
public final class Choice {
    private Choice() {}

    /** @throws Refusal when it is none of them; it names them */
    public static Optional<String> of(Request request, String name, List<String> words) {
        Optional<String> word = request.query(name);
        word.filter(given -> !words.contains(given)).ifPresent(given -> {
            throw Refusal.badParameter(name, "'" + given + "' is none of " + String.join(", ", words));
        });
        return word;
    }
}
