package io.tean.dashboards.silence;

import io.tean.core.alert.Severity;
import io.tean.dashboards.list.Day;
import io.tean.dashboards.maintenance.SuspensionDraft;
import io.tean.dashboards.route.JsonBody;
import io.tean.dashboards.route.Request;
import io.tean.dashboards.screen.Word;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A silence as somebody typed it in: one place, perhaps a rule, a reason, and an end. */
public record SilenceForm(Map<String, String> values) {
    public static final String EQUIPMENT = "equipment";
    public static final String USE_UNIT = "use-unit";
    public static final String DIVISION = "division";
    public static final String RULE = "rule";
    public static final String REASON = "reason";
    public static final String FROM = "from";
    public static final String UNTIL = "until";

    static final Duration LONGEST = Duration.ofDays(90);
    static final Duration LONGEST_OF_EMERGENCY = Duration.ofHours(24);

    private static final Pattern CREDIT_CODE = Pattern.compile("[0-9A-Z]{18}");
    private static final Pattern DIVISION_FORM = Pattern.compile("[0-9]{6}");
    private static final Map<String, Word> LABELS;

    static {
        Map<String, Word> labels = new LinkedHashMap<>();
        labels.put(EQUIPMENT, Word.EQUIPMENT_CODE);
        labels.put(USE_UNIT, Word.SILENCE_USE_UNIT);
        labels.put(DIVISION, Word.SUSPENSION_DIVISION);
        labels.put(RULE, Word.ALERT_RULE);
        labels.put(FROM, Word.SILENCE_FROM);
        labels.put(UNTIL, Word.SILENCE_UNTIL);
        labels.put(REASON, Word.SILENCE_REASON);
        LABELS = Collections.unmodifiableMap(labels);
    }

    static final SilenceForm EMPTY = new SilenceForm(Map.of());

    public SilenceForm {
        values = Map.copyOf(values);
    }

    static SilenceForm typed(Request request) {
        Map<String, String> values = new HashMap<>();
        LABELS.keySet().forEach(field -> values.put(field, request.field(field).strip()));
        return new SilenceForm(values);
    }

    /** The names that a program may send. */
    static String[] apiFields() {
        return LABELS.keySet().stream().map(SilenceForm::ofApi).toArray(String[]::new);
    }

    static SilenceForm sent(JsonBody body) {
        Map<String, String> values = new HashMap<>();
        LABELS.keySet().forEach(field -> body.text(ofApi(field)).ifPresent(text -> values.put(field, text.strip())));
        return new SilenceForm(values);
    }

    /** The field's name in the API. */
    static String ofApi(String field) {
        return switch (field) {
            case EQUIPMENT -> "equipment_code";
            case USE_UNIT -> "use_unit";
            case DIVISION -> "division_code";
            default -> field;
        };
    }

    /** What its fields are called, in their order on the page. */
    public Map<String, Word> labels() {
        return LABELS;
    }

    public String value(String field) {
        return values.getOrDefault(field, "");
    }

    Optional<String> given(String field) {
        return Optional.of(value(field)).filter(text -> !text.isEmpty());
    }

    /** From when; at once when nothing is said. */
    Optional<Instant> from(Instant now) {
        return given(FROM).isEmpty() ? Optional.of(now) : Day.moment(value(FROM));
    }

    Optional<Instant> until() {
        return Day.moment(value(UNTIL));
    }

    /** What is wrong with it by itself, by field; whether the place is there is for the database to say. */
    Map<String, Word> problems(Instant now, List<RuleName> rules) {
        Map<String, Word> problems = new LinkedHashMap<>();
        long places = Stream.of(EQUIPMENT, USE_UNIT, DIVISION)
                .filter(field -> given(field).isPresent())
                .count();
        if (places != 1) {
            problems.put(EQUIPMENT, Word.WRONG_SILENCE_PLACE);
        }
        given(USE_UNIT)
                .filter(code -> !CREDIT_CODE.matcher(code).matches())
                .ifPresent(code -> problems.put(USE_UNIT, Word.WRONG_SILENCE_CREDIT_CODE));
        given(DIVISION)
                .filter(code -> !DIVISION_FORM.matcher(code).matches())
                .ifPresent(code -> problems.put(DIVISION, Word.WRONG_DIVISION));
        Optional<RuleName> rule = given(RULE)
                .flatMap(name -> rules.stream()
                        .filter(known -> known.rule().equals(name))
                        .findFirst());
        if (given(RULE).isPresent() && rule.isEmpty()) {
            problems.put(RULE, Word.WRONG_CHOICE);
        }
        boolean emergency =
                rule.filter(known -> known.severity() == Severity.EMERGENCY).isPresent();
        if (emergency && given(EQUIPMENT).isEmpty()) {
            problems.putIfAbsent(EQUIPMENT, Word.WRONG_SILENCE_EMERGENCY_PLACE);
        }
        checkSpan(problems, now, emergency);
        if (SuspensionDraft.isNoReason(value(REASON))) {
            problems.put(REASON, Word.WRONG_REASON);
        }
        return problems;
    }

    private void checkSpan(Map<String, Word> problems, Instant now, boolean emergency) {
        Optional<Instant> from = from(now);
        Optional<Instant> until = until();
        if (from.isEmpty()) {
            problems.put(FROM, Word.WRONG_TIME);
        }
        if (until.isEmpty()) {
            problems.put(UNTIL, Word.WRONG_TIME);
        } else if (from.isPresent()) {
            Duration length = Duration.between(from.get(), until.get());
            if (length.isNegative() || length.isZero() || !until.get().isAfter(now)) {
                problems.put(UNTIL, Word.WRONG_SILENCE_END);
            } else if (length.compareTo(LONGEST) > 0) {
                problems.put(UNTIL, Word.WRONG_SILENCE_LONG);
            } else if (emergency && length.compareTo(LONGEST_OF_EMERGENCY) > 0) {
                problems.put(UNTIL, Word.WRONG_SILENCE_EMERGENCY_LONG);
            }
        }
    }
}
