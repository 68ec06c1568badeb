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

    /** Of its machines, {@code submission s}: what stands behind FROM, to which conditions can be added with AND. */
    String submissions() {
        return this == FIRM ? ofFirm("submission s ON s") : "submission s WHERE s.use_unit_id = o.organisation_id";
    }

    /** Of its machines, the periodic inspections that were due or to come on the day, {@code duty d}: as with submissions. */
    String duties() {
        String onTheDay = "d.kind = 'INSPECTION' AND d.from_on <= :day AND d.until_on ";
        if (this == FIRM) {
            return ofFirm("duty d ON d") + " AND " + onTheDay + "> :day";
        }
        String its = "SELECT d.* FROM duty d WHERE d.use_unit_id = o.organisation_id AND " + onTheDay;
        // What has no end has an index of its own.
        return "(" + its + "= 'infinity' UNION ALL " + its + "< 'infinity' AND d.until_on > :day) d WHERE TRUE";
    }

    /** One look into an index per firm: a condition on all machines would go through all of them for each. */
    private static String ofFirm(String join) {
        return "(SELECT DISTINCT t.equipment_id FROM contract t WHERE " + CONTRACT + ") k JOIN " + join
                + ".equipment_id = k.equipment_id WHERE TRUE";
    }
}
