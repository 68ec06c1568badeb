package io.tean.alerting.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.alerting.rule.Example;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.reading.Reading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class RuleExamplesTest {
    private static final RuleCatalogue RULES = RuleCatalogue.builtIn(MadeReading.STREAMS);

    @TestFactory
    Stream<DynamicTest> each_telemetry_rule_finds_what_its_examples_say_and_nothing_else() {
        return RULES.all().stream()
                .filter(rule -> !rule.conditions().isEmpty())
                .flatMap(rule -> rule.examples().stream()
                        .map(example -> DynamicTest.dynamicTest(
                                rule + (example.fires() ? " finds: " : " is silent: ") + example.name(),
                                () -> assertThat(finds(rule, example)).isEqualTo(example.fires()))));
    }

    private static boolean finds(Rule rule, Example example) {
        List<Reading> readings =
                example.readings().stream().map(r -> MadeReading.of(1, r)).toList();
        assertThat(readings).as("readings of the example").isNotEmpty();
        Map<String, Object> facts = new HashMap<>();
        // YAML writes 1 where a rule reckons with 1.0.
        example.facts()
                .forEach((name, value) ->
                        facts.put(name, value instanceof Integer i ? (Object) i.doubleValue() : value));
        return new Trial(RULES, MadeReading.STREAMS)
                .play(readings, r -> facts, MadeReading.START.plusSeconds(example.until())).stream()
                        .anyMatch(event -> !event.over() && event.rule().equals(rule));
    }
}
