package io.tean.dashboards.catalogue;

import io.tean.core.regulation.RegulationTexts;
import io.tean.core.regulation.RegulationTexts.Origin;
import io.tean.dashboards.list.Search;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An entry of the regulation book.
 *
 * @param inForce whether it counts today
 */
public record RegulationRow(RegulationTexts.Entry entry, boolean inForce) {
    boolean has(Search search) {
        return Texts.stand(
                search,
                List.of(entry.code(), entry.origin().source()),
                List.of(
                        entry.title(),
                        entry.says(),
                        entry.appliesTo(),
                        entry.origin().clause()));
    }

    /** As the API has it. */
    Map<String, Object> json() {
        Origin origin = entry.origin();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", entry.code());
        json.put("title", Texts.json(entry.title()));
        json.put("asks", entry.asks());
        json.put("says", Texts.json(entry.says()));
        json.put("applies_to", Texts.json(entry.appliesTo()));
        json.put("clause", Texts.json(origin.clause()));
        json.put("source", origin.source());
        json.put("mark", origin.mark().word());
        json.put("version", origin.version());
        json.put("effective_from", origin.from());
        json.put("effective_to", origin.to());
        json.put("in_force", inForce);
        return json;
    }
}
