package io.tean.dashboards.figures;

import io.tean.dashboards.route.Address;
import java.util.HashMap;
import java.util.Map;

/** The list of cases behind a number: its address, and the names of its filters. */
public final class CaseList {
    public static final String PATH = "/cases";
    /** First and last day of China on which the cases were opened. */
    public static final String FROM = "from";

    public static final String TO = "to";
    /** Six digits, or {@link #UNKNOWN}. */
    public static final String DIVISION = "division";
    /** The highest that was started: 1, 2 or 3. */
    public static final String LEVEL = "level";

    public static final String CAUSE = "cause";
    public static final String ORIGIN = "origin";
    public static final String OUTCOME = "outcome";
    /** Credit code of the firm that had the contract of the machine on the day of the opening. */
    public static final String FIRM = "firm";

    public static final String PLACE_KIND = "place_kind";
    /** Of the opening in China, 0 to 23. */
    public static final String HOUR = "hour";
    /** {@code arrival}: nobody was there within thirty minutes. */
    public static final String LATE = "late";
    /** A word of {@link Counted}. */
    public static final String COUNTED = "counted";
    /** Stands for what is not known, in every filter by which figures are told apart. */
    public static final String UNKNOWN = "none";

    private CaseList() {}

    static String of(Span span, Counted counted, Map<String, String> more) {
        Map<String, String> query = new HashMap<>(counted.filters());
        if (counted == Counted.CASES) {
            query.clear();
        }
        query.put(FROM, span.from().toString());
        query.put(TO, span.to().toString());
        query.put("state", "all");
        query.putAll(more);
        return Address.of(PATH, query);
    }

    /** One case. */
    public static String one(long caseId) {
        return PATH + "/" + caseId;
    }
}
