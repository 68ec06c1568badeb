package io.tean.dashboards;

import io.tean.core.audit.Actor;
import io.tean.core.reading.DeadLetterDecisions;

/** For tests in which nothing is decided. */
public record NoDecisions() implements DeadLetterDecisions {
    @Override
    public boolean replay(long deadLetterId, Actor actor) {
        return false;
    }

    @Override
    public boolean discard(long deadLetterId, Actor actor) {
        return false;
    }
}
