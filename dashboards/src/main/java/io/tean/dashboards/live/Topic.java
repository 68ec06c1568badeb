package io.tean.dashboards.live;

import io.tean.dashboards.access.Viewer;
import io.tean.dashboards.route.Route;
import java.util.Arrays;
import java.util.Optional;

/** What a page may depend on, with the route whose viewers hear of it. */
enum Topic {
    STATUS("status", Route.STATUS),
    DEVICE("device", Route.DEVICES),
    DEAD_LETTER("dead-letter", Route.DEAD_LETTERS),
    ALERT("alert", Route.ALERTS),
    SILENCE("silence", Route.SILENCES),
    CASE("case", Route.CASES),
    AUDIT("audit", Route.AUDIT),
    NOTICE("notice", Route.NOTICES),
    RECIPIENT("recipient", Route.RECIPIENTS),
    ACCOUNT("account", Route.ACCOUNTS),
    TOKEN("token", Route.TOKENS),
    EQUIPMENT("equipment", Route.EQUIPMENT),
    ORGANISATION("organisation", Route.ORGANISATIONS),
    IMPORT("import", Route.IMPORTS);

    private final String word;
    private final Route route;

    Topic(String word, Route route) {
        this.word = word;
        this.route = route;
    }

    String word() {
        return word;
    }

    boolean isFor(Viewer viewer) {
        return route.isFor(viewer);
    }

    static Optional<Topic> of(String word) {
        return Arrays.stream(values()).filter(topic -> topic.word.equals(word)).findFirst();
    }
}
