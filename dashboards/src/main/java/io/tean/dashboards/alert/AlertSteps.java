package io.tean.dashboards.alert;

import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.AlertDecisions.Outcome;
import io.tean.core.alert.CauseClass;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.maintenance.SuspensionDraft;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The steps of people, as they were typed in or sent: checked, and taken through the port. */
final class AlertSteps {
    static final String NOTE = "note";
    static final String CAUSE = "cause";
    static final String SAFE = "safe";
    static final List<String> CAUSES =
            Arrays.stream(CauseClass.values()).map(CauseClass::name).toList();

    private final AlertQuery query;
    private final AlertDecisions decisions;
    private final InstantSource clock;

    AlertSteps(AlertQuery query, AlertDecisions decisions, InstantSource clock) {
        this.query = query;
        this.decisions = decisions;
        this.clock = clock;
    }

    /**
     * What somebody says with a step.
     *
     * @param cause a word of CauseClass, or what stood in its place
     * @param safe whether nobody is in danger any more
     */
    record Said(String note, String cause, boolean safe) {
        static Said typed(Request request) {
            return new Said(
                    request.field(NOTE).strip(),
                    request.field(CAUSE),
                    request.field(SAFE).equals("yes"));
        }

        static Said sent(Request request, String... known) {
            JsonBody body = JsonBody.of(request, known);
            return new Said(
                    body.text(NOTE).orElse("").strip(),
                    body.text(CAUSE).orElse(""),
                    body.truth(SAFE).orElse(false));
        }

        private CauseClass causeClass() {
            return CauseClass.valueOf(cause);
        }
    }

    /** A step of somebody, with what has to be said for it. */
    enum Step {
        ACKNOWLEDGE(false, false),
        CLOSE(true, false),
        END_OF_ALARM(true, true);

        private final boolean needsCause;
        private final boolean needsSafety;

        Step(boolean needsCause, boolean needsSafety) {
            this.needsCause = needsCause;
            this.needsSafety = needsSafety;
        }

        /** What is wrong with what was said, by field. */
        Map<String, Word> problems(Said said) {
            Map<String, Word> problems = new LinkedHashMap<>();
            if (needsCause && !CAUSES.contains(said.cause)) {
                problems.put(CAUSE, Word.WRONG_CAUSE);
            }
            if (said.note.length() > 500 || SuspensionDraft.isUnfit(said.note)) {
                problems.put(NOTE, Word.WRONG_ALERT_NOTE);
            }
            if (needsSafety && !said.safe) {
                problems.put(SAFE, Word.WRONG_SAFE);
            }
            return problems;
        }
    }

    /** Whether the viewer may answer for the alert's machine: a firm for those only that it has now. */
    boolean isFor(Request request, Alert alert) {
        return request.scope().ofBureau() || query.hasMachine(request.scope(), alert.id(), Day.today(clock));
    }

    /**
     * Takes a step about which nothing is wrong.
     *
     * @throws Refusal when the alert is not the viewer's to answer
     */
    Outcome take(Request request, Alert alert, Step step, Said said) {
        if (!isFor(request, alert)) {
            throw Refusal.of(
                    Refusal.Reason.NOT_ALLOWED, "alert " + alert.id() + " is of a machine that you do not have now");
        }
        return switch (step) {
            case ACKNOWLEDGE -> decisions.acknowledge(alert.id(), said.note, request.actor());
            case CLOSE -> decisions.close(alert.id(), said.causeClass(), said.note, request.actor());
            case END_OF_ALARM -> decisions.endAlarm(alert.id(), said.causeClass(), said.note, request.actor());
        };
    }

    /** Why a step was not taken; empty when it was. */
    static Optional<Word> refusal(Outcome outcome) {
        return switch (outcome) {
            case AlertDecisions.Done ignored -> Optional.empty();
            case AlertDecisions.Gone ignored -> throw Refusal.notFound();
            case AlertDecisions.NotAllowed refused ->
                Optional.of(Word.of("ALERT_REFUSED", refused.reason().name()).orElse(Word.ERROR_409));
        };
    }
}
