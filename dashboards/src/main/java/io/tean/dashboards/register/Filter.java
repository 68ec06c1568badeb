package io.tean.dashboards.register;

import io.tean.dashboards.list.Search;
import io.tean.dashboards.list.Where;
import io.tean.dashboards.route.Refusal;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One thing that a list can be narrowed by, beside the search.
 *
 * @param name in the address
 * @param label what a person is asked
 * @param kind of value
 * @param family of the words for the choices
 * @param choices of a {@link Kind#CHOICE}
 * @param condition SQL that binds the value by the name, with _ for -
 */
public record Filter(String name, Word label, Kind kind, String family, List<String> choices, String condition) {
    private static final Pattern CREDIT_CODE = Pattern.compile("[0-9A-Z]{18}");
    private static final Pattern DIVISION = Pattern.compile("[0-9]{6}");

    /** What may be asked for. */
    public enum Kind {
        CHOICE,
        /** Six digits; trailing pairs of noughts stand for all below. */
        DIVISION,
        CREDIT_CODE,
        DAY
    }

    public Filter {
        choices = List.copyOf(choices);
    }

    static Filter choice(String name, Word label, String family, List<String> choices, String condition) {
        return new Filter(name, label, Kind.CHOICE, family, choices, condition);
    }

    static Filter typed(String name, Word label, Kind kind, String condition) {
        return new Filter(name, label, kind, "", List.of(), condition);
    }

    /** @throws Refusal when the value cannot be used */
    void narrow(Where where, Request request) {
        Search.text(request, name).ifPresent(text -> where.and(condition, name.replace('-', '_'), value(text)));
    }

    private Object value(String text) {
        return switch (kind) {
            case CHOICE -> {
                require(choices.contains(text), text, "is none of " + String.join(", ", choices));
                yield text;
            }
            case DIVISION -> {
                require(DIVISION.matcher(text).matches(), text, "is no division code of 6 digits");
                yield text.replaceFirst("(00){0,2}$", "");
            }
            case CREDIT_CODE -> {
                require(
                        CREDIT_CODE.matcher(text).matches(),
                        text,
                        "is no credit code of 18 digits and capital letters");
                yield text;
            }
            case DAY -> day(text).orElseThrow(() -> refusal(text, "is no day such as 2026-03-01"));
        };
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() >= 1900 && day.getYear() <= 9999);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private void require(boolean good, String text, String problem) {
        if (!good) {
            throw refusal(text, problem);
        }
    }

    private Refusal refusal(String text, String problem) {
        return Refusal.badParameter(name, "'" + text + "' " + problem);
    }

    /** The field's type on the page. */
    public String type() {
        return kind == Kind.DAY ? "date" : "text";
    }
}
