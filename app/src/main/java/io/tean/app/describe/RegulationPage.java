package io.tean.app.describe;

import io.tean.register.regulation.Regulation;
import io.tean.register.regulation.RegulationBook;
import io.tean.register.regulation.Wording;
import java.util.List;

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
                    Wording.says(each).en(),
                    Wording.appliesTo(each.applies()).en(),
                    each.clause().en(),
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
}
