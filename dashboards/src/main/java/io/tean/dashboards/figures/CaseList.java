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

    /** SQL of the firm, with credit_code and name, that had the contract of a case's machine on the day of the opening; of cases by that alias. */
    public static String contractFirm(String cases) {
        return """
                SELECT o.credit_code, o.name FROM contract t JOIN organisation o ON o.organisation_id = t.firm_id
                WHERE t.equipment_id = %1$s.equipment_id AND t.from_on <= (%1$s.opened_at AT TIME ZONE 'Asia/Shanghai')::date
                    AND t.until_on > (%1$s.opened_at AT TIME ZONE 'Asia/Shanghai')::date
                ORDER BY t.from_on DESC, t.contract_id DESC LIMIT 1""".formatted(cases);
    }

    /** One case. */
    public static String one(long caseId) {
        return PATH + "/" + caseId;
    }
}
