package io.tean.alerting.rescue;

import io.tean.core.rescue.RescueDecisions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether what somebody says of a case can be so, before anybody looks at the case. */
final class Said {
    private static final int MOST_PEOPLE = 999;
    private static final int LINE = 200;
    private static final int TEXT = 2_000;
    private static final Duration LONGEST_WAY = Duration.ofHours(24);

    private Said() {}

    /** @throws IllegalArgumentException with one line */
    static void check(RescueDecisions.Call call) {
        atMost("the place", call.place(), LINE);
        if (call.equipmentId().isEmpty() && call.place().isBlank()) {
            throw new IllegalArgumentException("neither a machine nor a place: say where it is");
        }
        if (call.division().isPresent() && !call.division().get().matches("[0-9]{6}")) {
            throw new IllegalArgumentException("the division " + call.division().get()
                    + " has not six digits: leave it empty when it is not known");
        }
        check(call.details());
    }

    /** @throws IllegalArgumentException with one line */
    static void check(RescueDecisions.Move move) {
        switch (move) {
            case RescueDecisions.Send send -> atMost("the reason", send.reason(), LINE);
            case RescueDecisions.Refuse refuse -> text("the reason", refuse.reason(), LINE);
            case RescueDecisions.TakeOver over -> text("the reason", over.reason(), LINE);
            case RescueDecisions.StandDown down -> text("the reason", down.reason(), LINE);
            case RescueDecisions.SelfRelease self -> atMost("the note", self.note(), TEXT);
            case RescueDecisions.FalseAlarm none -> atMost("the note", none.note(), TEXT);
            case RescueDecisions.Note note -> text("the note", note.text(), TEXT);
            case RescueDecisions.HandOver over -> text("the operator", over.operator(), LINE);
            case RescueDecisions.Amend amend -> check(amend.details());
            case RescueDecisions.Close close -> atMost("the result", close.result(), TEXT);
            case RescueDecisions.Rate rate -> {
                if (rate.rating() < 1 || rate.rating() > 5) {
                    throw new IllegalArgumentException("the rating " + rate.rating() + " is not from 1 to 5");
                }
                atMost("the text", rate.text(), TEXT);
            }
            case RescueDecisions.Release release -> {
                people("released", release.released());
                people("injured", release.injured());
            }
            case RescueDecisions.Arrive arrive -> arrive.position().ifPresent(Said::check);
            case RescueDecisions.Answer _, RescueDecisions.Depart _ -> {
                // Nothing is said with it that could be wrong by itself.
            }
        }
    }

    /** @throws IllegalArgumentException with one line */
    static void checkForecast(Optional<Instant> forecast, Instant now) {
        if (forecast.isPresent()
                && (forecast.get().isBefore(now) || forecast.get().isAfter(now.plus(LONGEST_WAY)))) {
            throw new IllegalArgumentException("the forecast " + forecast.get()
                    + " is not within the next 24 hours: say when the crew will be there");
        }
    }

    private static void check(RescueDecisions.Details details) {
        atMost("the caller's name", details.callerName(), LINE);
        atMost("the caller's telephone", details.callerTelephone(), LINE);
        atMost("the fault", details.faultText(), TEXT);
        people("trapped", details.trapped());
        people("injured", details.injured());
    }

    private static void check(RescueDecisions.Position position) {
        // Written so that what is no number is refused.
        boolean onEarth = Math.abs(position.latitude()) <= 90 && Math.abs(position.longitude()) <= 180;
        if (!onEarth) {
            throw new IllegalArgumentException("the position " + position.latitude() + ", " + position.longitude()
                    + " is not on earth: latitude is from -90 to 90, longitude from -180 to 180 degrees");
        }
    }

    private static void people(String which, OptionalInt count) {
        if (count.isPresent() && (count.getAsInt() < 0 || count.getAsInt() > MOST_PEOPLE)) {
            throw new IllegalArgumentException(
                    "the number of people " + which + " is " + count.getAsInt() + ", not from 0 to " + MOST_PEOPLE);
        }
    }

    private static void text(String what, String text, int most) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " is missing");
        }
        atMost(what, text, most);
    }

    private static void atMost(String what, String text, int most) {
        if (text.length() > most) {
            throw new IllegalArgumentException(
                    what + " has " + text.length() + " characters, at most " + most + " can be kept");
        }
    }
}
