package io.tean.core.inspection;

import io.tean.core.audit.Actor;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Optional;

/** What people may do to the inspection ledger. Each and its audit entry are one transaction; whether they may is asked before. */
public interface InspectionDecisions {

    /** What came of it. */
    sealed interface Outcome {
        record Done() implements Outcome {}

        record Refused(Problem problem) implements Outcome {}
    }

    /** Why not. */
    enum Problem {
        /** No such machine, organisation or submission. */
        UNKNOWN,
        /** The number is taken. */
        SUBMITTED_ALREADY,
        /** That step cannot follow the newest one. */
        NOT_NOW,
        /** A step cannot lie before the one that it follows, nor in the future; an agreed day not before the agreement. */
        WRONG_DAY,
        /** The step needs an agreed day, a conclusion and report number, or a reason. */
        INCOMPLETE,
        /** The month is not over, or was frozen before. */
        NOT_TO_BE_FROZEN
    }

    /**
     * A submission as it is made.
     *
     * @param body credit code of the inspection body
     * @param kind such as PERIODIC_INSPECTION
     */
    record Submission(String no, String equipmentCode, Optional<String> body, String kind, LocalDate on) {}

    /**
     * A step as it is reported.
     *
     * @param agreedOn of APPOINTED
     * @param conclusion of REPORT_ISSUED: PASS, FAIL, PASS_ON_REINSPECTION or FAIL_ON_REINSPECTION
     * @param reportNo of REPORT_ISSUED
     * @param reason of REFUSED and RETURNED
     */
    record Step(
            SubmissionStep step,
            LocalDate on,
            Optional<LocalDate> agreedOn,
            Optional<String> conclusion,
            Optional<String> reportNo,
            Optional<String> reason) {}

    Outcome submit(Submission submission, Actor actor);

    Outcome step(String submissionNo, Step step, Actor actor);

    /** Keeps the two rates of a month as they are now: later corrections show as differences. */
    Outcome freeze(YearMonth month, Actor actor);
}
