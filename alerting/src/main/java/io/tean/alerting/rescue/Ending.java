package io.tean.alerting.rescue;

import io.tean.alerting.alert.EndOfAlarm;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.CauseClass;
import io.tean.core.alert.Severity;
import io.tean.core.audit.Actor;
import io.tean.core.rescue.CaseLifecycle.Attempt;
import io.tean.core.rescue.CaseStep;
import io.tean.core.rescue.FaultCause;
import io.tean.core.rescue.RescueDecisions.Close;
import io.tean.core.rescue.RescueDecisions.Rate;
import io.tean.core.rescue.RescueDecisions.Reason;
import io.tean.core.rescue.RescueDecisions.Release;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** How a case ends: the danger first, then what was learned of it. */
final class Ending {
    private Ending() {}

    /** Why not. */
    static Optional<Reason> release(CaseTurn turn, Release release, OptionalInt seen, Actor actor) throws SQLException {
        Attempt attempt = release.dispatchId().isPresent()
                ? Attempt.ofUnit(CaseStep.RELEASE, release.dispatchId().getAsLong())
                : Attempt.of(CaseStep.RELEASE);
        Map<String, Object> detail = new TreeMap<>();
        release.released().ifPresent(count -> {
            turn.put("released_count", count);
            detail.put("released", count);
        });
        release.injured().ifPresent(count -> {
            turn.put("injured_count", count);
            detail.put("injured", count);
        });
        return end(turn, attempt.seeing(seen), "RELEASED", detail, actor);
    }

    /** Why not. */
    static Optional<Reason> end(
            CaseTurn turn, CaseStep step, String outcome, String note, OptionalInt seen, Actor actor)
            throws SQLException {
        return end(
                turn, Attempt.of(step).seeing(seen), outcome, note.isBlank() ? Map.of() : Map.of("text", note), actor);
    }

    private static Optional<Reason> end(
            CaseTurn turn, Attempt attempt, String outcome, Map<String, Object> detail, Actor actor)
            throws SQLException {
        Optional<Reason> refused = turn.refusal(attempt);
        if (refused.isPresent()) {
            return refused;
        }
        // Where nobody was in danger, no clock of the law ran.
        if (attempt.step() != CaseStep.FALSE_ALARM) {
            turn.markOverdue(true);
        }
        turn.put("outcome", outcome);
        turn.put("released_at", turn.now());
        return turn.take(attempt, actor, detail, UnaryOperator.identity());
    }

    /** Why not. */
    static Optional<Reason> rate(CaseTurn turn, Rate rate, OptionalInt seen, Actor actor) throws SQLException {
        turn.put("rating", rate.rating());
        turn.put("rating_text", rate.text());
        turn.put("rated_at", turn.now());
        Map<String, Object> detail = new TreeMap<>(Map.of("rating", rate.rating()));
        if (!rate.text().isBlank()) {
            detail.put("text", rate.text());
        }
        return turn.take(Attempt.of(CaseStep.RATE).seeing(seen), actor, detail, UnaryOperator.identity());
    }

    /** Why not. */
    static Optional<Reason> close(CaseTurn turn, Close close, OptionalInt seen, Actor actor) throws SQLException {
        turn.put("cause", close.cause().name());
        turn.put("by_maintenance", close.byMaintenance());
        turn.put("result_text", close.result());
        turn.put("closed_at", turn.now());
        turn.put("closed_by", actor.name());
        Map<String, Object> detail =
                new TreeMap<>(Map.of("cause", close.cause().name(), "by_maintenance", close.byMaintenance()));
        if (!close.result().isBlank()) {
            detail.put("result", close.result());
        }
        return turn.take(Attempt.of(CaseStep.CLOSE).seeing(seen), actor, detail, UnaryOperator.identity());
    }

    /** Ends the alarm of the case's emergencies; answers their severities. */
    static List<Severity> endAlarms(Connection transaction, RuleCatalogue rules, CaseRow row, Close close, Actor actor)
            throws SQLException {
        return EndOfAlarm.ofCase(
                transaction, rules, row.id(), cause(row.outcome().orElse(""), close.cause()), close.result(), actor);
    }

    private static CauseClass cause(String outcome, FaultCause fault) {
        if (outcome.equals("SELF_RELEASED")) {
            return CauseClass.RECOVERED;
        }
        if (outcome.equals("FALSE_ALARM")) {
            return CauseClass.FALSE_ALARM;
        }
        return switch (fault) {
            case EXTERNAL -> CauseClass.EXTERNAL;
            case HUMAN -> CauseClass.HUMAN;
            case DOOR_SYSTEM, DRIVE, CONTROL, SAFETY_DEVICE, OTHER_MACHINE, UNKNOWN -> CauseClass.GENUINE;
        };
    }
}
