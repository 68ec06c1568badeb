package io.tean.dashboards.inspection;

import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Word;

/** As whose machines are told apart, with the SQL of it over {@code organisation o} and {@code :day}. */
public enum Whose {
    USE_UNIT("use_unit", Route.INSPECTION_USE_UNITS, Word.INSPECTION_BY_USE_UNIT, Word.INSPECTION_USE_UNIT),
    /** Who maintains them under a contract on the day. */
    FIRM("firm", Route.INSPECTION_FIRMS, Word.INSPECTION_BY_FIRM, Word.DUE_FIRM);

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

    /** Its machines, as {@code equipment e}: what stands behind FROM. */
    String machines() {
        return from("equipment", "e");
    }

    /** Of its machines, as {@code submission s}: what stands behind FROM. */
    String submissions() {
        return from("submission", "s");
    }

    private String from(String table, String alias) {
        if (this != FIRM) {
            return table + " " + alias;
        }
        // One look into an index per firm: a condition on all machines would go through all of them for each.
        return """
                (SELECT DISTINCT t.equipment_id FROM contract t
                 WHERE t.firm_id = o.organisation_id AND t.from_on <= :day AND t.until_on > :day) k
                JOIN %1$s %2$s ON %2$s.equipment_id = k.equipment_id""".formatted(table, alias);
    }

    /** What they are held to beside. */
    String condition(String alias) {
        return this == FIRM ? "TRUE" : alias + ".use_unit_id = o.organisation_id";
    }
}
