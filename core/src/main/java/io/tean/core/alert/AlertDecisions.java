package io.tean.core.alert;

import io.tean.core.audit.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * What people decide on alerts. Each decision and its audit entry are one transaction; whether it is allowed, {@link AlertLifecycle} says of the
 * alert as it stands at that moment.
 */
public interface AlertDecisions {
    sealed interface Outcome {}

    record Done(AlertState state) implements Outcome {}

    /** There is no such alert. */
    record Gone() implements Outcome {}

    /** The alert does not allow it; {@code state} is the newer one that the person may not have seen. */
    record NotAllowed(AlertLifecycle.Reason reason, AlertState state) implements Outcome {}

    /** @param note may be empty */
    Outcome acknowledge(long alertId, String note, Actor actor);

    /** Ends an alert that is no emergency. */
    Outcome close(long alertId, CauseClass cause, String note, Actor actor);

    /** The end of alarm of an emergency. */
    Outcome endAlarm(long alertId, CauseClass cause, String note, Actor actor);

    /**
     * Alerts that call nobody until an end. Exactly one of machine, use unit and division is given.
     *
     * @param equipmentId a machine's inner number
     * @param useUnitId a use unit's inner number
     * @param division six digits
     * @param rule only alerts of this rule; an emergency is silenced by nothing less than machine and rule
     */
    record SilenceDraft(
            Optional<Integer> equipmentId,
            Optional<Integer> useUnitId,
            Optional<String> division,
            Optional<String> rule,
            String reason,
            Instant from,
            Instant until) {}

    /**
     * Silences from the given moment.
     *
     * @return its number
     * @throws IllegalArgumentException with one line: no or several places, an unknown rule, no reason, an end before its beginning or more than 90
     *     days after it, or more than 24 hours for an emergency rule
     */
    long silence(SilenceDraft draft, Actor actor);

    /** Ends a silence before its time. Answers false when it is not in force any more. */
    boolean endSilence(long silenceId, Actor actor);
}
