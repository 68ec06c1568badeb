package io.tean.alerting.judge;

import io.tean.alerting.rule.Condition;
import io.tean.alerting.rule.Expression;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.Vocabulary;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The catalogue's telemetry rules by the stream whose readings they ask. */
final class RuleSet {
    private final RuleCatalogue catalogue;
    private final Map<String, List<Ask>> asks = new HashMap<>();
    private final Map<String, Set<String>> variables = new HashMap<>();
    private final Map<String, Set<StreamDeclaration>> remembered = new HashMap<>();

    RuleSet(RuleCatalogue catalogue, StreamCatalogue streams) {
        this.catalogue = catalogue;
        for (Rule rule : catalogue.all()) {
            for (Condition condition : rule.conditions()) {
                asks.computeIfAbsent(condition.stream(), s -> new ArrayList<>()).add(new Ask(rule, condition));
                Set<String> used = variables.computeIfAbsent(condition.stream(), s -> new TreeSet<>());
                Stream.of(Stream.of(condition.when()), condition.clear().stream(), condition.unless().stream())
                        .flatMap(s -> s)
                        .map(Expression::variables)
                        .forEach(used::addAll);
            }
        }
        for (StreamDeclaration stream : streams.all()) {
            for (String name : variables.getOrDefault(stream.name(), Set.of())) {
                Sight.lastStream(name, streams)
                        .ifPresent(s -> remembered
                                .computeIfAbsent(stream.name(), x -> new java.util.LinkedHashSet<>())
                                .add(s));
            }
        }
    }

    boolean judges(String stream) {
        return asks.containsKey(stream);
    }

    List<Ask> of(String stream) {
        return asks.getOrDefault(stream, List.of());
    }

    /** Whether its rules ask for what only the register knows. */
    boolean needsFacts(String stream) {
        return variables.getOrDefault(stream, Set.of()).stream().anyMatch(Vocabulary::isFact);
    }

    /** Whether they ask for what the register knows of something that each reading names anew. */
    boolean needsFactsOfReadings(String stream) {
        return variables.getOrDefault(stream, Set.of()).stream().anyMatch(Vocabulary::isFactOfReading);
    }

    /** The streams whose newest readings its rules look back at. */
    Set<StreamDeclaration> looksBackAt(String stream) {
        return remembered.getOrDefault(stream, Set.of());
    }

    Optional<Ask> ask(String rule, int condition) {
        return catalogue
                .rule(rule)
                .filter(r -> condition < r.conditions().size())
                .map(r -> new Ask(r, r.conditions().get(condition)));
    }

    /** The rule that tells that others cannot be judged. */
    Optional<Rule> blindness() {
        return catalogue.rule(RuleCatalogue.BLIND);
    }
}
