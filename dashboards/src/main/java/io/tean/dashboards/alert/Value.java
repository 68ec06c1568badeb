package io.tean.dashboards.alert;

import io.tean.core.stream.CodeLabel;
import io.tean.core.stream.Field;
import io.tean.core.stream.FieldType;
import io.tean.core.stream.Label;
import io.tean.dashboards.screen.Tongue;
import io.tean.dashboards.screen.Word;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One value that a device sent, or that a rule saw.
 *
 * @param name as the rule says it
 * @param field that declares it, where it is known
 * @param value a truth value, number, text, or list of texts
 */
public record Value(String name, Optional<Field> field, Object value) {

    /** With the unit. */
    public String label(Tongue t) {
        return field.map(known -> label(known, t)).orElse(name);
    }

    static String label(Field field, Tongue t) {
        @Nullable String unit = field.unit();
        return t.say(field.label()) + (unit == null || unit.isBlank() ? "" : " (" + unit + ")");
    }

    public String text(Tongue t) {
        return switch (value) {
            case Boolean truth -> t.say(truth ? Word.VISIT_YES : Word.VISIT_NO_ANSWER);
            case Collection<?> list ->
                list.stream().map(item -> coded(item.toString(), t)).collect(Collectors.joining(" "));
            case Double number -> number(number);
            case Float number -> number(number.doubleValue());
            default -> worded(t).orElseGet(() -> coded(value.toString(), t));
        };
    }

    private static String number(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    private Optional<String> worded(Tongue t) {
        return field.filter(known -> known.type() == FieldType.ENUM)
                .map(known -> known.values().get(value.toString()))
                .map(t::say);
    }

    private String coded(String code, Tongue t) {
        @Nullable CodeLabel label = field.map(known -> known.codes().get(code)).orElse(null);
        return label == null ? code : code + " " + t.say(new Label(label.zh(), label.en()));
    }
}
