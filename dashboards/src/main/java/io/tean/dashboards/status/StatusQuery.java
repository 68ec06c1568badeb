package io.tean.dashboards.status;

import io.tean.core.stream.StreamDeclaration;
import io.tean.dashboards.status.StoredFigures.Alerts;
import io.tean.dashboards.status.StoredFigures.Devices;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The statements of the status page. Each is cheap at a city's size, for they run every few seconds. */
final class StatusQuery {
    /** The worst first. */
    static final List<String> SEVERITIES = List.of("EMERGENCY", "CRITICAL", "WARNING", "NOTICE");

    /** Two MiB: more than the lanes hold open for filling at any time. */
    private static final int TAIL_PAGES = 256;

    /** About how many rows a stream has; nought before the first statistics. */
    long rows(Handle handle, StreamDeclaration stream) {
        return handle.createQuery("""
                        SELECT approximate_row_count(to_regclass(:table))
                        """)
                .bind("table", stream.table())
                .mapTo(Long.class)
                .one();
    }

    /**
     * The latest event time of a stream. Its one index starts with the equipment, so that max(time) would read a whole day. Readings are
     * appended, hence the latest stands in the last pages of the newest chunk that has any: exact while that chunk is small, later
     * as good as exact.
     */
    Optional<Instant> newest(Handle handle, StreamDeclaration stream) {
        record Chunk(String name, long pages) {}
        var chunks = handle.createQuery("""
                        SELECT name, pg_relation_size(name::regclass) / current_setting('block_size')::bigint AS pages
                        FROM (SELECT format('%I.%I', chunk_schema, chunk_name) AS name, range_start
                              FROM timescaledb_information.chunks
                              WHERE hypertable_schema = current_schema() AND hypertable_name = :table
                              ORDER BY range_start DESC
                              LIMIT 2) AS newest
                        ORDER BY range_start DESC
                        """)
                .bind("table", stream.table())
                .map((row, context) -> new Chunk(row.getString("name"), row.getLong("pages")))
                .list();
        for (Chunk chunk : chunks) {
            Optional<Instant> newest = handle.createQuery(
                            "SELECT max(time) FROM " + chunk.name() + " WHERE ctid >= CAST(:from AS tid)")
                    .bind("from", "(" + Math.max(0, chunk.pages() - TAIL_PAGES) + ",0)")
                    .map((row, context) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class))
                            .map(OffsetDateTime::toInstant))
                    .one();
            if (newest.isPresent()) {
                return newest;
            }
        }
        return Optional.empty();
    }

    Map<String, Long> equipment(Handle handle) {
        return counts(handle, """
                SELECT category, count(*) FROM equipment GROUP BY category ORDER BY count(*) DESC, category
                """);
    }

    Devices devices(Handle handle) {
        return handle.createQuery("""
                        SELECT count(*) FILTER (WHERE disabled_at IS NULL), count(*) FILTER (WHERE disabled_at IS NOT NULL)
                        FROM device
                        """)
                .map((row, context) -> new Devices(row.getLong(1), row.getLong(2)))
                .one();
    }

    /** Every severity has its row, also without an alert. */
    Map<String, Alerts> alerts(Handle handle) {
        Map<String, Alerts> alerts = new LinkedHashMap<>();
        SEVERITIES.forEach(severity -> alerts.put(severity, new Alerts(0, 0)));
        handle.createQuery("""
                        SELECT a.severity,
                               count(*) FILTER (WHERE a.state = 'open') AS open,
                               count(*) FILTER (WHERE a.state = 'acknowledged') AS acknowledged
                        FROM alert a WHERE a.state <> 'closed' GROUP BY a.severity
                        """)
                .map((row, context) -> alerts.put(
                        row.getString("severity"), new Alerts(row.getLong("open"), row.getLong("acknowledged"))))
                .list();
        return alerts;
    }

    Map<String, Long> deadLetters(Handle handle) {
        return counts(handle, """
                SELECT reason, count(*) FROM dead_letter
                WHERE state IN ('kept', 'to-replay')
                GROUP BY reason
                ORDER BY count(*) DESC, reason
                """);
    }

    private static Map<String, Long> counts(Handle handle, String sql) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (var row : handle.createQuery(sql)
                .map((result, context) -> Map.entry(result.getString(1), result.getLong(2)))
                .list()) {
            counts.put(row.getKey(), row.getValue());
        }
        return counts;
    }
}
