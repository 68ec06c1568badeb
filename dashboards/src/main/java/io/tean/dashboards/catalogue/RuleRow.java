package io.tean.dashboards.catalogue;

import io.tean.core.alert.RuleBook;
import io.tean.core.alert.RuleBook.Says;
import io.tean.dashboards.list.Search;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A rule with what it has found that is not closed.
 *
 * @param open alerts within the viewer's scope
 */
public record RuleRow(RuleBook.Entry entry, long open) {
    /** Whether what was typed stands in its name, titles, advice, clause or source. */
    boolean has(Search search) {
        return Texts.stand(
                search,
                List.of(entry.name(), entry.origin().source()),
                List.of(entry.title(), entry.advice(), entry.origin().clause()));
    }

    /** Whether neither a query nor a condition says it: the service finds it while it judges. */
    public boolean isBuiltIn() {
        return !(entry.says() instanceof Says.Query) && conditions().isEmpty();
    }

    public List<RuleBook.Condition> conditions() {
        return entry.says() instanceof Says.Conditions(List<RuleBook.Condition> each) ? each : List.of();
    }

    /** As the API has it. */
    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rule", entry.name());
        json.put("title", Texts.json(entry.title()));
        json.put("advice", Texts.json(entry.advice()));
        json.put("severity", entry.weight().severity().name());
        json.put("subject_kind", entry.weight().subject());
        json.put("dispatch_class", entry.weight().dispatchClass());
        json.put("closed_by_person", entry.weight().byPerson());
        json.put("conditions", conditions().stream().map(RuleRow::json).toList());
        json.put(
                "query_every_s",
                entry.says() instanceof Says.Query query ? query.every().toSeconds() : null);
        json.put("query", entry.says() instanceof Says.Query query ? query.sql() : null);
        json.put("source", entry.origin().source());
        json.put("clause", Texts.json(entry.origin().clause()));
        json.put("mark", entry.origin().mark().word());
        json.put("version", entry.origin().version());
        json.put("effective", entry.origin().effective());
        json.put("file", entry.origin().file());
        json.put("open_alerts", open);
        return json;
    }

    /** With its examples. */
    Map<String, Object> jsonWithExamples() {
        Map<String, Object> json = json();
        json.put(
                "examples",
                entry.examples().stream()
                        .map(each -> Map.of("name", each.name(), "fires", each.fires(), "given", each.given()))
                        .toList());
        return json;
    }

    private static Map<String, Object> json(RuleBook.Condition condition) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("stream", condition.stream());
        json.put("when", condition.when());
        json.put("unless", condition.unless());
        json.put("clear", condition.clear());
        json.put("for_s", condition.lasts().toMillis() / 1000.0);
        return json;
    }
}
