package io.tean.dashboards.catalogue;

import io.tean.core.stream.Label;
import io.tean.dashboards.list.Search;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What catalogues of text have in common: they are few, and are searched in memory. */
final class Texts {
    private Texts() {}

    static boolean stand(Search search, List<String> texts, List<Label> labels) {
        String wanted = search.text().toLowerCase(Locale.ROOT);
        return texts.stream().anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted))
                || labels.stream()
                        .anyMatch(label -> label.zh().contains(search.text())
                                || label.en().toLowerCase(Locale.ROOT).contains(wanted));
    }

    static Map<String, String> json(Label label) {
        return Map.of("zh", label.zh(), "en", label.en());
    }
}
