package io.tean.dashboards.inspection;

import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Word;

/** As whose machines are told apart, with the SQL of it over {@code organisation o} and {@code :day}. */
public enum Whose {
    USE_UNIT("use_unit", Route.INSPECTION_USE_UNITS, Word.INSPECTION_BY_USE_UNIT, Word.INSPECTION_USE_UNIT),
    /** Who maintains them under a contract on the day. */
    FIRM("firm", Route.INSPECTION_FIRMS, Word.INSPECTION_BY_FIRM, Word.DUE_FIRM);

    private static final String CONTRACT = "t.firm_id = o.organisation_id AND t.from_on <= :day AND t.until_on > :day";

    private final String filter;
    private final Route route;
    private final Word heading;
    private final Word title;

    Whose(String filter, Route route, Word heading, Word title) {
        this.filter = filter;
        this.route = route;
        this.heading = heading;
        this.title = title;
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

    /** Whether it has a machine {@code equipment e} that a condition holds for. OFFSET: one machine is enough; joined, all would be read. */
    String has(String condition) {
        return "EXISTS (SELECT FROM %s AND %s OFFSET 0)"
                .formatted(
                        this == FIRM
                                ? "contract t JOIN equipment e ON e.equipment_id = t.equipment_id WHERE " + CONTRACT
                                : "equipment e WHERE e.use_unit_id = o.organisation_id",
                        condition);
    }

    /** Of each organisation of {@code page o}: what its submissions and duties are found by, in the {@link #column}. */
    String keys() {
        return this == FIRM
                ? "SELECT DISTINCT o.organisation_id, t.equipment_id AS key FROM page o JOIN contract t ON " + CONTRACT
                : "SELECT o.organisation_id, o.organisation_id AS key FROM page o";
    }

    String column() {
        return this == FIRM ? "equipment_id" : "use_unit_id";
    }
}
