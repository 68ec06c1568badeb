package io.tean.app.describe;

import io.tean.alerting.rule.Condition;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import java.time.Duration;
import java.util.stream.Collectors;

/** The alert rules as a page. */
final class RulePage {
    private RulePage() {}

    static String of(RuleCatalogue rules, String generated) {
        StringBuilder page =
                new StringBuilder("# Alert rules\n\n").append(generated).append("""
                What becomes an alert. `when` is fulfilled by a reading; `for` is how long it must hold; `unless` mutes it; `clear` is its
                recovery, by default of a state that `when` is false. A missing value is unknown: it neither opens nor clears. A sweep is a query that
                is asked again and again; its SQL stands in the rule's file. The mark says how far the source may be trusted, as in
                [regulations](regulations.md).

                """);
        for (Rule rule : rules.all()) {
            page.append("## ")
                    .append(rule.name())
                    .append("\n\n**")
                    .append(rule.title().zh())
                    .append("** · ")
                    .append(rule.title().en())
                    .append(" · ")
                    .append(rule.severity())
                    .append(" · about a ")
                    .append(rule.subject().name().toLowerCase(java.util.Locale.ROOT))
                    .append(" · to ")
                    .append(rule.dispatchClass())
                    .append(rule.byPerson() ? " · closed by a person" : " · closes when it recovered")
                    .append(" · version ")
                    .append(rule.version())
                    .append(" of ")
                    .append(rule.effective())
                    .append("\n\n");
            rule.conditions().forEach(condition -> page.append(of(condition)));
            rule.sweep()
                    .ifPresent(sweep -> page.append("- asked every ")
                            .append(words(sweep.every()))
                            .append("\n"));
            page.append("\n")
                    .append(rule.advice().en())
                    .append("\n\nSource: ")
                    .append(rule.source())
                    .append("; ")
                    .append(rule.clause().en())
                    .append(" (")
                    .append(rule.mark().word())
                    .append(")\n\n");
        }
        return page.toString().stripTrailing() + "\n";
    }

    private static String of(Condition condition) {
        StringBuilder line = new StringBuilder("- `")
                .append(condition.stream())
                .append("` when `")
                .append(oneLine(condition.when().text()))
                .append("`");
        if (condition.forMicros() > 0) {
            line.append(" for ").append(words(Duration.ofNanos(condition.forMicros() * 1_000)));
        }
        condition
                .unless()
                .ifPresent(
                        e -> line.append(", unless `").append(oneLine(e.text())).append("`"));
        condition
                .clear()
                .ifPresent(
                        e -> line.append(", clear `").append(oneLine(e.text())).append("`"));
        return line.append("\n").toString();
    }

    private static String oneLine(String text) {
        return text.lines().map(String::strip).collect(Collectors.joining(" "));
    }

    private static String words(Duration duration) {
        long seconds = duration.toSeconds();
        return seconds % 3_600 == 0
                ? seconds / 3_600 + " h"
                : seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }
}
