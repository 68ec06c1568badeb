package io.tean.dashboards;

import io.tean.core.audit.Actor;
import io.tean.core.inspection.InspectionDecisions;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what was decided about inspections, and refuses when a test says so. */
public final class NotedInspections implements InspectionDecisions {
    private final List<String> made = new CopyOnWriteArrayList<>();
    private volatile Optional<Problem> problem = Optional.empty();

    @Override
    public Outcome submit(Submission submission, Actor actor) {
        return note(submission.toString(), actor);
    }

    @Override
    public Outcome step(String submissionNo, Step step, Actor actor) {
        return note(submissionNo + " " + step, actor);
    }

    @Override
    public Outcome freeze(YearMonth month, Actor actor) {
        return note(month.toString(), actor);
    }

    /** Each as it was told, with the account behind it. */
    public List<String> made() {
        return List.copyOf(made);
    }

    /** Forgets what was decided; what comes is refused for this problem, if there is one. */
    public void refuse(Optional<Problem> next) {
        made.clear();
        problem = next;
    }

    private Outcome note(String what, Actor actor) {
        made.add(what + " by " + actor.name());
        return problem.<Outcome>map(Outcome.Refused::new).orElseGet(Outcome.Done::new);
    }
}
