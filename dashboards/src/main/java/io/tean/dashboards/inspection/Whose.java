package io.tean.dashboards.inspection;

import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Word;

/** As whose machines are told apart, with the SQL of it over {@code organisation o} and {@code :day}. */
public enum Whose {
    USE_UNIT(
            "use_unit",
            Route.INSPECTION_USE_UNITS,
            Word.INSPECTION_BY_USE_UNIT,
            Word.INSPECTION_USE_UNIT,
            "e.use_unit_id = o.organisation_id",
            "s.use_unit_id = o.organisation_id"),
    /** Who maintains them under a contract on the day. */
    FIRM(
            "firm",
            Route.INSPECTION_FIRMS,
            Word.INSPECTION_BY_FIRM,
            Word.DUE_FIRM,
            Whose.underContract("e"),
            Whose.underContract("s"));

    private final String filter;
    private final Route route;
    private final Word heading;
    private final Word title;
    private final String machines;
    private final String submissions;

    Whose(String filter, Route route, Word heading, Word title, String machines, String submissions) {
        this.filter = filter;
        this.route = route;
        this.heading = heading;
        this.title = title;
        this.machines = machines;
        this.submissions = submissions;
    }

    private static String underContract(String alias) {
        return """
                %s.equipment_id IN (SELECT t.equipment_id FROM contract t
                                    WHERE t.firm_id = o.organisation_id AND t.from_on <= :day AND t.until_on > :day)""".formatted(alias);
    }

    /** The parameter by which lists are held to one of them. */
    public String filter() {
        return filter;
    }

    /** Where they are listed. */
    public Route route() {
        return route;
    }

    /** Of their page. */
    public Word heading() {
        return heading;
    }

    /** What one is. */
    public Word title() {
        return title;
    }

    /** Of {@code equipment e}. */
    String machines() {
        return machines;
    }

    /** Of {@code submission s}. */
    String submissions() {
        return submissions;
    }
}
