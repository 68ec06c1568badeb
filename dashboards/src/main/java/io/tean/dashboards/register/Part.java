package io.tean.dashboards.register;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.route.Route;
import io.tean.dashboards.screen.Language;
import io.tean.dashboards.screen.Word;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * One table on the page of an entry, and one list in its JSON.
 *
 * @param name in the API
 * @param sql binds {@code :key}, the number of the entry, and what the reach binds
 * @param reach holds the rows to the viewer's scope
 */
public record Part(String name, Word title, String sql, Reach reach, List<Column> columns) {
    /** A part with the rows of one entry. */
    public record Filled(Part part, List<Row> rows) {
        public Filled {
            rows = List.copyOf(rows);
        }
    }

    public Part {
        columns = List.copyOf(columns);
    }

    /** Of alerts: what a statement must give, with {@code alert_id}. */
    public static final List<Column> ALERT_COLUMNS = List.of(
            Column.of("alert_title").to(Route.ALERT, "alert_id"),
            Column.of("severity").in("SEVERITY"),
            Column.of("alert_state").in("ALERT_STATE"),
            Column.of("last_seen"));

    /** The column of {@code alert_rule} that has a rule's title in a language. */
    public static String title(Language language) {
        return language == Language.ZH ? "title_zh" : "title_en";
    }

    static Part of(String name, Word title, String sql, Column... columns) {
        return new Part(name, title, sql, Reach.all(), List.of(columns));
    }

    /** @param key the number of the entry */
    public Filled fill(Handle handle, Object key) {
        return new Filled(
                this,
                handle.createQuery(sql)
                        .bindMap(reach.bindings())
                        .bind("key", key)
                        .map(Row.MAPPER)
                        .list());
    }
}
