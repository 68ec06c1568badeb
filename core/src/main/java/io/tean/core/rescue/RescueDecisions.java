package io.tean.core.rescue;

import io.tean.core.audit.Actor;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What people decide in rescue cases. Each decision, its entry in the timeline, its audit entry and the notices that follow are one
 * transaction; whether it is allowed is judged of the case as it stands at that moment.
 */
public interface RescueDecisions {
    sealed interface Outcome {}

    /** @param version of the case after it */
    record Done(CaseState state, int version) implements Outcome {}

    /** There is no such case, or the link is none of ours. */
    record Gone() implements Outcome {}

    /** The case does not allow it: it stands at {@code state}, which the person may not have seen. */
    record NotAllowed(Reason reason, CaseState state) implements Outcome {}

    enum Reason {
        CLOSED_ALREADY,
        /** Nobody is in danger any more. */
        RELEASED_ALREADY,
        /** Somebody must be released, or the alarm found false, first. */
        STILL_LIVE,
        /** The unit was stood down, refused, or did not answer in time: somebody else was called. */
        NOT_CALLED_ANY_MORE,
        ANSWERED_ALREADY,
        ON_THE_WAY_ALREADY,
        ARRIVED_ALREADY,
        RATED_ALREADY,
        /** The page that decided shows an older version. */
        STALE,
        /** The link's time is over. */
        LINK_EXPIRED,
        UNKNOWN_UNIT,
        /** The unit is called already. */
        CALLED_ALREADY
    }

    /**
     * A call as it is taken in.
     *
     * @param equipmentId the machine, when it is known; else {@code place} must say where
     * @param place of a machine that is not known, at most 200 characters
     * @param division six digits, of a machine that is not known
     * @param button whether it came by the car's alarm button
     * @param occurredAt since when people are in the car, as the caller says; none is now
     */
    record Call(
            OptionalInt equipmentId,
            String place,
            Optional<String> division,
            boolean button,
            Details details,
            Optional<Instant> occurredAt) {}

    /**
     * What is known of a case. Text may be empty.
     *
     * @param trapped people in the car, 0 to 999
     * @param injured 0 to 999
     * @param calmed whether somebody spoke to them
     */
    record Details(
            String callerName,
            String callerTelephone,
            OptionalInt trapped,
            OptionalInt injured,
            boolean calmed,
            String faultText) {}

    /** @param joined the machine had a live case already */
    record Taken(long caseId, boolean joined) {}

    /** @throws IllegalArgumentException with one line: neither machine nor place, an unknown machine, a time to come */
    Taken takeIn(Call call, Actor operator);

    /** What somebody does in a case. */
    sealed interface Move {}

    /** Calls a unit by hand, or the fire brigade when no unit is given. */
    record Send(OptionalInt organisationId, String reason) implements Move {}

    record Answer(long dispatchId) implements Move {}

    record Refuse(long dispatchId, String reason) implements Move {}

    record Depart(long dispatchId, Optional<Instant> forecast) implements Move {}

    record Arrive(long dispatchId, Optional<Position> position) implements Move {}

    /** Another unit than those called is at the machine or on its way. */
    record TakeOver(int organisationId, String reason) implements Move {}

    record StandDown(long dispatchId, String reason) implements Move {}

    record Release(OptionalLong dispatchId, OptionalInt released, OptionalInt injured) implements Move {}

    record SelfRelease(String note) implements Move {}

    record FalseAlarm(String note) implements Move {}

    /** @param rating 1 to 5 */
    record Rate(int rating, String text) implements Move {}

    /** Ends the case, and the alarm of its alerts with it. */
    record Close(FaultCause cause, boolean byMaintenance, String result) implements Move {}

    record HandOver(String operator) implements Move {}

    record Amend(Details details) implements Move {}

    record Note(String text) implements Move {}

    /** Degrees, WGS 84. */
    record Position(double latitude, double longitude) {}

    /**
     * @param seen the version that the person saw; none does not ask
     * @throws IllegalArgumentException with one line for a text that is missing or too long, or a number out of its range
     */
    Outcome decide(long caseId, Move move, OptionalInt seen, Actor actor);

    /** What a link leads to. */
    record Linked(long caseId, long dispatchId, String unit) {}

    /** Whether the link is one of ours; it may lead to a call whose time is over. */
    Optional<Linked> read(String link);

    /** As {@link #decide}, by the unit that the link was sent to; the move's dispatch must be the link's. */
    Outcome decide(String link, Move move, String source);

    /**
     * The units that could be called to a case now, the best first.
     *
     * @param distanceMetres none when one of the two has no coordinates
     * @param whyNot empty when it may be called
     */
    record Candidate(
            OptionalInt organisationId,
            int level,
            String unit,
            String telephone,
            OptionalInt distanceMetres,
            boolean onDuty,
            int openCases,
            String whyNot) {}

    java.util.List<Candidate> candidates(long caseId);
}
