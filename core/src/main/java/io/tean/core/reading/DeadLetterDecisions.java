package io.tean.core.reading;

import io.tean.core.audit.Actor;

/** What people may decide about a dead letter. Each decision and its audit entry are one transaction. */
public interface DeadLetterDecisions {
    /** Has the running service take the message in again. Answers false when it is not kept any more. */
    boolean replay(long deadLetterId, Actor actor);

    /** Keeps it for the record and asks no more questions. Answers false when it is not kept any more. */
    boolean discard(long deadLetterId, Actor actor);
}
