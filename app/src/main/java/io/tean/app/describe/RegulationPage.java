package io.tean.app.describe;

import io.tean.register.regulation.Applies;
import io.tean.register.regulation.Regulation;
import io.tean.register.regulation.RegulationBook;
import io.tean.register.regulation.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The regulation book as a page. */
final class RegulationPage {
    private RegulationPage() {}

    static String of(RegulationBook book, String generated) {
        StringBuilder page =
                new StringBuilder("# Regulations\n\n").append(generated).append("""
                What falls due and which limits count, each with its source and how far that may be trusted: `seen` was read in the
                rule's own text, `secondary` is stated by others, `derived` is arithmetic or a proposal, `from-memory` was not found.
                Nothing here is legal advice. Source ids are those of the collection of facts that the book was made from.

                | code | 中文 | English | rule | applies to | clause | source | mark | version | from | to |
                | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
                """);
        for (Regulation each : book.all()) {
            List<String> cells = List.of(
                    "`" + each.code() + "`",
                    each.title().zh(),
                    each.title().en(),
                    words(each),
                    applies(each.applies()),
                    each.clause(),
                    each.source(),
                    each.mark().word(),
                    String.valueOf(each.version()),
                    each.effectiveFrom().toString(),
                    each.effectiveTo().map(Object::toString).orElse("–"));
            page.append("| ")
                    .append(String.join(
                            " | ",
                            cells.stream().map(cell -> cell.replace("|", "\\|")).toList()))
                    .append(" |\n");
        }
        return page.toString();
    }

    private static String words(Regulation entry) {
        String rule = switch (entry.rule()) {
            case Rule.Grid grid -> grid(grid);
            case Rule.Months months -> months(months);
            case Rule.Days days ->
                "within " + days.days() + " days" + (days.replacedByPlan() ? ", or as an approved plan says" : "");
            case Rule.Limit limit -> limit.amount() + " " + limit.unit().word();
        };
        return entry.fulfilledBy().isEmpty() ? rule : rule + "; by " + String.join(", ", entry.fulfilledBy());
    }

    private static String grid(Rule.Grid grid) {
        String years =
                String.join(", ", grid.years().stream().map(String::valueOf).toList());
        return "years " + years
                + (grid.thenEvery() == 0 ? "" : ", then every " + grid.thenEvery())
                + ", at the end of the month, up to " + grid.earlyMonths() + " months early"
                + (grid.outOfUseMonths() == 0
                        ? ""
                        : "; on return after " + grid.outOfUseMonths() + " months out of use");
    }

    private static String months(Rule.Months cycle) {
        StringBuilder words = new StringBuilder("every " + cycle.months() + " months");
        if (cycle.firstMonths() != cycle.months()) {
            words.append(", first after ").append(cycle.firstMonths());
        }
        new TreeMap<>(cycle.bySafetyGrade())
                .forEach((grade, each) ->
                        words.append(", grade ").append(grade).append(": ").append(each));
        return words.append(cycle.toTheMonth() ? ", to the end of the month" : "")
                .toString();
    }

    private static String applies(Applies to) {
        List<String> parts = new ArrayList<>(to.categories());
        parts.addAll(to.cylinderTypes());
        types("types", to.types(), parts);
        types("not types", to.exceptTypes(), parts);
        types("with", to.parameters(), parts);
        if (!to.media().isEmpty()) {
            parts.add("media " + String.join(" ", to.media()));
        }
        if (!to.exceptMedia().isEmpty()) {
            parts.add("all other media");
        }
        return parts.isEmpty() ? "all" : String.join(", ", parts);
    }

    private static void types(String word, Map<String, List<String>> values, List<String> parts) {
        new TreeMap<>(values).forEach((name, each) -> parts.add(word + " " + name + ": " + String.join(" ", each)));
    }
}
