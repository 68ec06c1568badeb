package io.tean.dashboards.rescuer;

import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Move;
import io.tean.core.rescue.RescueDecisions.Position;
import io.tean.dashboards.maintenance.SuspensionDraft;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The steps of a crew, read from the form of its page. */
final class Steps {
    static final String REASON = "reason";
    private static final int LONGEST = 500;
    private static final int MOST_MINUTES = 600;

    private Steps() {}

    /** @param problems by field; then the move is of no use */
    record Read(Move move, Map<String, Word> problems) {
        private Read(Move move) {
            this(move, Map.of());
        }
    }

    /**
     * Reads the step that was sent.
     *
     * @param dispatch of the link
     * @throws Refusal when it is none
     */
    static Read read(Request request, long dispatch, Instant now) {
        return switch (request.field("move")) {
            case "answer" -> new Read(new RescueDecisions.Answer(dispatch));
            case "refuse" -> refuse(request, dispatch);
            case "depart" -> depart(request, dispatch, now);
            case "arrive" -> new Read(new RescueDecisions.Arrive(dispatch, position(request)));
            case "release" -> release(request, dispatch);
            default -> throw Refusal.badParameter("move", "it is no step of a unit");
        };
    }

    private static Read refuse(Request request, long dispatch) {
        String reason = request.field(REASON).strip();
        Move move = new RescueDecisions.Refuse(dispatch, reason);
        if (reason.isEmpty()) {
            return new Read(move, Map.of(REASON, Word.WRONG_RESCUE_MISSING));
        }
        boolean unfit = reason.length() > LONGEST || SuspensionDraft.isUnfit(reason);
        return unfit ? new Read(move, Map.of(REASON, Word.WRONG_RESCUE_TEXT)) : new Read(move);
    }

    private static Read depart(Request request, long dispatch, Instant now) {
        Optional<OptionalInt> minutes = whole(request, "minutes", MOST_MINUTES);
        Optional<Instant> forecast =
                minutes.filter(OptionalInt::isPresent).map(number -> now.plus(Duration.ofMinutes(number.getAsInt())));
        Move move = new RescueDecisions.Depart(dispatch, forecast);
        return minutes.isEmpty() ? new Read(move, Map.of("minutes", Word.WRONG_RESCUE_NUMBER)) : new Read(move);
    }

    private static Read release(Request request, long dispatch) {
        Optional<OptionalInt> released = whole(request, "released", 999);
        Move move = new RescueDecisions.Release(
                OptionalLong.of(dispatch), released.orElse(OptionalInt.empty()), OptionalInt.empty());
        return released.isEmpty() ? new Read(move, Map.of("released", Word.WRONG_RESCUE_NUMBER)) : new Read(move);
    }

    /** Where the telephone says that it is; nothing depends on it, so that what cannot be read is none. */
    private static Optional<Position> position(Request request) {
        try {
            double latitude = Double.parseDouble(request.field("latitude"));
            double longitude = Double.parseDouble(request.field("longitude"));
            boolean onEarth = Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
            return onEarth ? Optional.of(new Position(latitude, longitude)) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Empty when it is no such number; a present nothing when none was typed. */
    private static Optional<OptionalInt> whole(Request request, String name, int most) {
        String text = request.field(name).strip();
        if (text.isEmpty()) {
            return Optional.of(OptionalInt.empty());
        }
        return text.matches("[0-9]{1,4}") && Integer.parseInt(text) <= most
                ? Optional.of(OptionalInt.of(Integer.parseInt(text)))
                : Optional.empty();
    }
}
