package io.tean.app.bench;

import java.util.List;

/**
 * What was measured.
 *
 * @param tally whether as many rows were found as messages were acknowledged
 * @param problems what went wrong beside that, one line each
 */
record Outcome(List<Figure> figures, Tally tally, List<String> problems) {
    Outcome {
        figures = List.copyOf(figures);
        problems = List.copyOf(problems);
    }

    boolean complete() {
        return tally.complete() && problems.isEmpty();
    }
}
