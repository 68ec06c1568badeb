package io.tean.alerting.rescue;

import io.tean.core.rescue.CaseLifecycle.Called;
import io.tean.core.rescue.DispatchState;
import io.tean.core.rescue.RescueDecisions.Position;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A unit that was called to a case, as its row stands or is to stand.
 *
 * @param organisationId none of the fire brigade, and of a level that was skipped
 */
record Call(
        long id,
        int level,
        boolean automatic,
        OptionalInt organisationId,
        String unit,
        String telephone,
        Escalation escalation,
        Progress progress) {

    /** Why a unit is called. */
    enum Escalation {
        FIRST,
        ANSWER_TIMEOUT,
        ARRIVAL_TIMEOUT,
        REFUSED,
        NO_CONTACT,
        MANUAL,
        TAKE_OVER
    }

    /**
     * How far it is.
     *
     * @param answerBy when its clock runs out
     * @param forecastAt when it said that it would be there
     * @param lateAt since when nobody counts on it any more
     * @param reason of a refusal, a skipped level, a choice by hand; may be empty
     * @param position where the crew said it was
     */
    record Progress(
            DispatchState state,
            Optional<Instant> answerBy,
            Optional<Instant> forecastAt,
            Optional<Instant> lateAt,
            String reason,
            Optional<Position> position) {

        static Progress begin(DispatchState state, Optional<Instant> answerBy, String reason) {
            return new Progress(state, answerBy, Optional.empty(), Optional.empty(), reason, Optional.empty());
        }
    }

    DispatchState state() {
        return progress.state;
    }

    private Call with(Progress next) {
        return new Call(id, level, automatic, organisationId, unit, telephone, escalation, next);
    }

    Call numbered(long number) {
        return new Call(number, level, automatic, organisationId, unit, telephone, escalation, progress);
    }

    Call to(DispatchState next) {
        Progress p = progress;
        return with(new Progress(next, p.answerBy, p.forecastAt, p.lateAt, p.reason, p.position));
    }

    Call withForecast(Instant forecast) {
        Progress p = progress;
        return with(new Progress(p.state, p.answerBy, Optional.of(forecast), p.lateAt, p.reason, p.position));
    }

    /** Nobody counts on it any more, and no clock of it runs. */
    Call late(Instant since) {
        Progress p = progress;
        return with(new Progress(
                p.state, Optional.empty(), p.forecastAt, p.lateAt.or(() -> Optional.of(since)), p.reason, p.position));
    }

    Call because(String why) {
        Progress p = progress;
        return with(new Progress(p.state, p.answerBy, p.forecastAt, p.lateAt, why, p.position));
    }

    Call at(Position where) {
        Progress p = progress;
        return with(new Progress(p.state, p.answerBy, p.forecastAt, p.lateAt, p.reason, Optional.of(where)));
    }

    /** @param arriveBy when somebody must be there */
    Called called(Instant now, Instant arriveBy) {
        boolean late = progress.lateAt.isPresent()
                || (progress.state != DispatchState.CALLED
                        && progress.forecastAt
                                .map(forecast -> forecast.isAfter(arriveBy) || !forecast.isAfter(now))
                                .orElse(!arriveBy.isAfter(now)));
        return new Called(id, organisationId, progress.state, late);
    }
}
