package io.tean.alerting.rule;

import io.tean.core.alert.RuleBook;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A rule as text, for people to read. */
final class RuleTexts {
    private RuleTexts() {}

    static RuleBook.Entry of(Rule rule, String file) {
        return new RuleBook.Entry(
                rule.name(),
                rule.title(),
                rule.advice(),
                new RuleBook.Weight(rule.severity(), rule.subject().name(), rule.dispatchClass(), rule.byPerson()),
                new RuleBook.Origin(rule.source(), rule.clause(), rule.mark(), rule.version(), rule.effective(), file),
                rule.sweep()
                        .<RuleBook.Says>map(sweep -> new RuleBook.Says.Query(
                                sweep.every(), sweep.sql().strip()))
                        .orElseGet(() -> new RuleBook.Says.Conditions(
                                rule.conditions().stream().map(RuleTexts::of).toList())),
                rule.examples().stream().map(RuleTexts::of).toList());
    }

    private static RuleBook.Condition of(Condition condition) {
        return new RuleBook.Condition(
                condition.stream(),
                oneLine(condition.when()),
                condition.unless().map(RuleTexts::oneLine),
                condition.clear().map(RuleTexts::oneLine),
                Duration.ofNanos(condition.forMicros() * 1_000));
    }

    private static String oneLine(Expression expression) {
        return expression.text().lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private static RuleBook.Sample of(Example example) {
        List<String> given = new ArrayList<>();
        new TreeMap<>(example.facts()).forEach((name, value) -> given.add(name + " = " + value));
        example.readings().forEach(reading -> given.add(words(reading)));
        if (!example.given().isBlank()) {
            example.given().strip().lines().forEach(given::add);
        }
        return new RuleBook.Sample(example.name(), example.fires(), given);
    }

    private static String words(Map<String, Object> reading) {
        return reading.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining(", "));
    }
}
