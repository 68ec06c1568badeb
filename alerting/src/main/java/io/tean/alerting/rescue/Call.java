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
 * @param answerBy when its clock runs out
 * @param forecastAt when it said that it would be there
 * @param lateAt since when nobody counts on it any more
 * @param reason of a refusal, a skipped level, a choice by hand; may be empty
 * @param position where the crew said it was
 */
record Call(
        long id,
        int level,
        boolean automatic,
        OptionalInt organisationId,
        String unit,
        String telephone,
        Escalation escalation,
        DispatchState state,
        Optional<Instant> answerBy,
        Optional<Instant> forecastAt,
        Optional<Instant> lateAt,
        String reason,
        Optional<Position> position) {

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

    Call to(DispatchState next) {
        return new Call(
                id,
                level,
                automatic,
                organisationId,
                unit,
                telephone,
                escalation,
                next,
                answerBy,
                forecastAt,
                lateAt,
                reason,
                position);
    }

    Call withForecast(Optional<Instant> forecast) {
        return new Call(
                id,
                level,
                automatic,
                organisationId,
                unit,
                telephone,
                escalation,
                state,
                answerBy,
                forecast,
                lateAt,
                reason,
                position);
    }

    /** Nobody counts on it any more, and no clock of it runs. */
    Call late(Instant since) {
        return new Call(
                id,
                level,
                automatic,
                organisationId,
                unit,
                telephone,
                escalation,
                state,
                Optional.empty(),
                forecastAt,
                lateAt.or(() -> Optional.of(since)),
                reason,
                position);
    }

    Call because(String why) {
        return new Call(
                id,
                level,
                automatic,
                organisationId,
                unit,
                telephone,
                escalation,
                state,
                answerBy,
                forecastAt,
                lateAt,
                why,
                position);
    }

    Call at(Optional<Position> where) {
        return new Call(
                id,
                level,
                automatic,
                organisationId,
                unit,
                telephone,
                escalation,
                state,
                answerBy,
                forecastAt,
                lateAt,
                reason,
                where);
    }

    /** @param arriveBy when somebody must be there */
    Called called(Instant now, Instant arriveBy) {
        boolean late = lateAt.isPresent()
                || (state != DispatchState.CALLED
                        && forecastAt
                                .map(forecast -> forecast.isAfter(arriveBy) || !forecast.isAfter(now))
                                .orElse(!arriveBy.isAfter(now)));
        return new Called(id, organisationId, state, late);
    }
}
