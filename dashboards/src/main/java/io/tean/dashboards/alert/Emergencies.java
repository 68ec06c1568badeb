package io.tean.dashboards.alert;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import io.tean.dashboards.list.Where;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads how many emergencies are not closed, as the list of alerts counts them. */
public final class Emergencies {
    /** The division of alerts that happened in none, as the list's filter takes it. */
    public static final String NOWHERE = AlertFilter.NONE;

    private final Jdbi jdbi;

    public Emergencies(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    public Map<String, Long> byDivision(Scope scope) {
        Where where = new Where(Reach.alerts(scope, "a"))
                .and("a.state <> 'closed' AND a.severity_rank = 0")
                .bind("nowhere", NOWHERE);
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("SELECT coalesce(" + AlertQuery.DIVISION + ", :nowhere), count(*)"
                        + " FROM alert a LEFT JOIN equipment e ON e.equipment_id = a.equipment_id " + where.sql()
                        + "GROUP BY 1 ORDER BY 1")
                .bindMap(where.bindings())
                .map((row, context) -> counts.put(row.getString(1), row.getLong(2)))
                .list());
        return counts;
    }
}
