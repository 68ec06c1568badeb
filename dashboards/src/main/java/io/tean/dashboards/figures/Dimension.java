package io.tean.dashboards.figures;

import java.util.Locale;

/** By what the figures are told apart, in the order of the bulletins. */
public enum Dimension {
    DIVISION(CaseList.DIVISION),
    FIRM(CaseList.FIRM),
    PLACE_KIND(CaseList.PLACE_KIND),
    HOUR(CaseList.HOUR),
    CAUSE(CaseList.CAUSE);

    private final String filter;

    Dimension(String filter) {
        this.filter = filter;
    }

    /** Of the list of cases; also the column of the query. */
    String filter() {
        return filter;
    }

    /** As in addresses, such as {@code place-kind}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
