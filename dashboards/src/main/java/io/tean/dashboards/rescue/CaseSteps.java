package io.tean.dashboards.rescue;

import io.tean.core.rescue.FaultCause;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Details;
import io.tean.core.rescue.RescueDecisions.Move;
import io.tean.dashboards.maintenance.SuspensionDraft;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The steps of operators in a case, as they were typed in: read and checked, and taken through the port. */
final class CaseSteps {
    static final List<String> CAUSES =
            Arrays.stream(FaultCause.values()).map(FaultCause::name).toList();
    /** In place of an organisation: level 3, which is none. */
    static final String FIRE_BRIGADE = "119";

    private static final int LONGEST = 500;
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_FORECAST_MINUTES = 600;

    private final CaseQuery query;
    private final RescueDecisions decisions;

    CaseSteps(CaseQuery query, RescueDecisions decisions) {
        this.query = query;
        this.decisions = decisions;
    }

    /**
     * What came of a step.
     *
     * @param problems by field: nothing was tried
     * @param refused why the case did not allow it
     */
    record Taken(Map<String, Word> problems, Optional<Word> refused, Optional<String> told) {
        static final Taken DONE = new Taken(Map.of(), Optional.empty(), Optional.empty());

        boolean isDone() {
            return problems.isEmpty() && refused.isEmpty() && told.isEmpty();
        }
    }

    /**
     * Takes the step that was sent.
     *
     * @param now by the database's clock
     * @throws Refusal when it is no step, or there is no such case
     */
    Taken take(Request request, RescueCase rescue, Instant now) {
        Sheet sheet = new Sheet(request);
        Move move = move(request, sheet, now);
        OptionalInt seen = sheet.whole("version", Integer.MAX_VALUE);
        if (!sheet.problems.isEmpty()) {
            return new Taken(sheet.problems, Optional.empty(), Optional.empty());
        }
        try {
            return switch (decisions.decide(rescue.id(), move, seen, request.actor())) {
                case RescueDecisions.Done ignored -> Taken.DONE;
                case RescueDecisions.Gone ignored -> throw Refusal.notFound();
                case RescueDecisions.NotAllowed refused ->
                    new Taken(Map.of(), Optional.of(refusal(refused)), Optional.empty());
            };
        } catch (IllegalArgumentException e) {
            return new Taken(Map.of(), Optional.empty(), Optional.of(String.valueOf(e.getMessage())));
        }
    }

    /** Why a case did not allow a step. */
    static Word refusal(RescueDecisions.NotAllowed refused) {
        return Word.of("RESCUE_REFUSED", refused.reason().name()).orElse(Word.ERROR_409);
    }

    private Move move(Request request, Sheet sheet, Instant now) {
        return switch (request.field("move")) {
            case "send" -> new RescueDecisions.Send(unit(sheet, true), sheet.reason());
            case "answer" -> new RescueDecisions.Answer(sheet.dispatch());
            case "refuse" -> new RescueDecisions.Refuse(sheet.dispatch(), sheet.reason());
            case "depart" -> new RescueDecisions.Depart(sheet.dispatch(), sheet.forecast(now));
            case "arrive" -> new RescueDecisions.Arrive(sheet.dispatch(), Optional.empty());
            case "take-over" -> new RescueDecisions.TakeOver(unit(sheet, false).orElse(0), sheet.reason());
            case "stand-down" -> new RescueDecisions.StandDown(sheet.dispatch(), sheet.reason());
            case "release" ->
                new RescueDecisions.Release(
                        sheet.anyDispatch(), sheet.whole("released", 999), sheet.whole("injured", 999));
            case "self-release" -> new RescueDecisions.SelfRelease(sheet.text("note", LONGEST, false));
            case "false-alarm" -> new RescueDecisions.FalseAlarm(sheet.text("note", LONGEST, true));
            case "rate" -> new RescueDecisions.Rate(sheet.rating(), sheet.text("text", LONGEST, false));
            case "close" ->
                new RescueDecisions.Close(
                        sheet.cause(),
                        request.field("by-maintenance").equals("yes"),
                        sheet.text("text", LONGEST, false));
            case "take" -> new RescueDecisions.HandOver(request.viewer().account());
            case "hand-over" -> new RescueDecisions.HandOver(sheet.text("operator", LONGEST_NAME, true));
            case "amend" -> new RescueDecisions.Amend(details(sheet));
            case "note" -> new RescueDecisions.Note(sheet.text("text", LONGEST, true));
            default -> throw Refusal.badParameter("move", "it is no step of a case");
        };
    }

    /** An organisation of the list, or one by its credit code; the fire brigade is none. */
    private OptionalInt unit(Sheet sheet, boolean orFireBrigade) {
        String code = sheet.text("credit-code", 18, false);
        if (!code.isEmpty()) {
            OptionalInt named = query.organisation(code);
            if (named.isEmpty()) {
                sheet.problems.put("credit-code", Word.WRONG_ORGANISATION_UNKNOWN);
            }
            return named;
        }
        if (orFireBrigade && sheet.request.field("unit").equals(FIRE_BRIGADE)) {
            return OptionalInt.empty();
        }
        OptionalInt chosen = sheet.whole("unit", Integer.MAX_VALUE);
        if (chosen.isEmpty()) {
            sheet.problems.putIfAbsent("unit", Word.WRONG_UNIT);
        }
        return chosen;
    }

    static Details details(Sheet sheet) {
        return new Details(
                sheet.text("caller", LONGEST_NAME, false),
                sheet.text("telephone", LONGEST_NAME, false),
                sheet.whole("trapped", 999),
                sheet.whole("injured", 999),
                sheet.request.field("calmed").equals("yes"),
                sheet.text("fault", LONGEST, false));
    }

    /** A form as it was sent, read field by field; what cannot be used is noted. */
    static final class Sheet {
        final Map<String, Word> problems = new LinkedHashMap<>();
        private final Request request;

        Sheet(Request request) {
            this.request = request;
        }

        String text(String name, int longest, boolean needed) {
            String text = request.field(name).strip();
            if (text.length() > longest || SuspensionDraft.isUnfit(text)) {
                problems.put(name, Word.WRONG_RESCUE_TEXT);
            } else if (needed && text.isEmpty()) {
                problems.put(name, Word.WRONG_RESCUE_MISSING);
            }
            return text;
        }

        String reason() {
            return text("reason", LONGEST, true);
        }

        /** None when nothing was typed. */
        OptionalInt whole(String name, int most) {
            String text = request.field(name).strip();
            if (text.isEmpty()) {
                return OptionalInt.empty();
            }
            try {
                int value = Integer.parseInt(text);
                if (value >= 0 && value <= most) {
                    return OptionalInt.of(value);
                }
            } catch (NumberFormatException e) {
                // Said below.
            }
            problems.put(name, Word.WRONG_RESCUE_NUMBER);
            return OptionalInt.empty();
        }

        OptionalLong anyDispatch() {
            String number = request.field("dispatch").strip();
            return number.matches("[1-9][0-9]{0,17}") ? OptionalLong.of(Long.parseLong(number)) : OptionalLong.empty();
        }

        long dispatch() {
            return anyDispatch().orElseThrow(() -> Refusal.badParameter("dispatch", "it is no call of a unit"));
        }

        Optional<Instant> forecast(Instant now) {
            OptionalInt minutes = whole("minutes", LONGEST_FORECAST_MINUTES);
            return minutes.isEmpty() ? Optional.empty() : Optional.of(now.plus(Duration.ofMinutes(minutes.getAsInt())));
        }

        int rating() {
            int rating = whole("rating", 5).orElse(0);
            if (rating < 1) {
                problems.put("rating", Word.WRONG_RATING);
            }
            return rating;
        }

        FaultCause cause() {
            String word = request.field("cause");
            if (!CAUSES.contains(word)) {
                problems.put("cause", Word.WRONG_CAUSE);
                return FaultCause.UNKNOWN;
            }
            return FaultCause.valueOf(word);
        }
    }
}
