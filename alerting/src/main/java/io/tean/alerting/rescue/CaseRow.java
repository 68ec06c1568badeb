package io.tean.alerting.rescue;

import io.tean.core.rescue.CaseState;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A case as its row stands.
 *
 * @param useUnit whose people may read of it in the audit trail
 * @param division six digits, or empty
 */
record CaseRow(
        long id,
        OptionalInt equipmentId,
        OptionalInt useUnit,
        String division,
        CaseState state,
        int level,
        int version,
        Instant occurredAt,
        Instant openedAt,
        Optional<Instant> arriveBy,
        Optional<Instant> accidentAt,
        Optional<String> outcome,
        Marks marks) {

    /** Which of the legal clocks have been told of. */
    record Marks(boolean arrivalWarned, boolean arrivalMissed, boolean accidentWarned, boolean accidentMarked) {}
}
