package io.tean.dashboards.catalogue;

import io.tean.dashboards.access.Reach;
import io.tean.dashboards.access.Scope;
import io.tean.dashboards.access.WebStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Reads what the database adds to the catalogues: alerts that are not closed, by rule, and the recurring jobs. */
final class CatalogueQuery {
    private final Jdbi jdbi;

    CatalogueQuery(DataSource database) {
        this.jdbi = WebStore.over(database);
    }

    /** Of each rule that has any. */
    Map<String, Long> openAlerts(Scope scope) {
        Reach reach = Reach.alerts(scope, "a");
        Map<String, Long> open = new HashMap<>();
        jdbi.useHandle(handle -> handle.createQuery("""
                        SELECT a.rule, count(*) AS n FROM alert a WHERE a.state <> 'closed' AND %s GROUP BY a.rule
                        """.formatted(reach.condition()))
                .bindMap(reach.bindings())
                .map((row, context) -> open.put(row.getString("rule"), row.getLong("n")))
                .list());
        return open;
    }

    /** Those that fail first, then by name. */
    List<Job> jobs() {
        return jdbi.withHandle(handle ->
                handle.createQuery("""
                        SELECT task_name, execution_time, picked, last_success, last_failure, coalesce(consecutive_failures, 0) AS failures
                        FROM scheduled_tasks ORDER BY coalesce(consecutive_failures, 0) = 0, task_name, task_instance
                        """).map((row, context) -> job(row)).list());
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getString("task_name"),
                row.getTimestamp("execution_time").toInstant(),
                row.getBoolean("picked"),
                instant(row, "last_success"),
                instant(row, "last_failure"),
                row.getInt("failures"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
    }
}
