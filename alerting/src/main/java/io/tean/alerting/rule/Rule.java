package io.tean.alerting.rule;

import io.tean.core.alert.Severity;
import io.tean.core.stream.Label;
import io.tean.core.stream.Mark;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One alert rule of the catalogue.
 *
 * @param name in kebab-case, stable: it stands in alerts
 * @param dispatchClass who must act, see {@link RuleCatalogue#DISPATCH_CLASSES}
 * @param advice what to do first
 * @param source the rule of law or practice it follows, {@code clause} the place in it
 * @param byPerson whether a person closes the alert even after recovery
 * @param siteMutes whether a power failure of the whole site explains it
 * @param conditions over readings; empty when there is a sweep
 */
public record Rule(
        String name,
        int version,
        LocalDate effective,
        SubjectKind subject,
        Severity severity,
        String dispatchClass,
        Label title,
        Label advice,
        String source,
        Label clause,
        Mark mark,
        boolean byPerson,
        boolean siteMutes,
        List<Condition> conditions,
        Optional<Sweep> sweep,
        List<Example> examples) {
    public Rule {
        conditions = List.copyOf(conditions);
        examples = List.copyOf(examples);
    }

    @Override
    public String toString() {
        return name;
    }
}
