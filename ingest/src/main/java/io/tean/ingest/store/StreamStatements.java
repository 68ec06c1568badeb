package io.tean.ingest.store;

import io.tean.core.stream.Column;
import io.tean.core.stream.StreamDeclaration;
import java.util.List;
import java.util.stream.Collectors;

/** The SQL of one stream, written once from its declaration. */
final class StreamStatements {
    final String copy;
    final String createStaging;
    final String copyToStaging;
    final String insertStaged;
    final String compareStaged;
    final String copyMarked;

    StreamStatements(StreamDeclaration stream) {
        String table = stream.table();
        // With a space, so that no stream can have it.
        String staging = "\"staging " + table + "\"";
        List<String> names = stream.columns().stream().map(Column::name).toList();
        String columns = String.join(", ", names);
        List<String> key = stream.keyColumns();
        String keyColumns = String.join(", ", key);
        copy = "COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)";
        createStaging = "CREATE TEMPORARY TABLE IF NOT EXISTS " + staging + " ("
                + stream.columns().stream().map(c -> c.name() + " " + c.type()).collect(Collectors.joining(", "))
                + ", \"#\" integer) ON COMMIT DELETE ROWS";
        copyToStaging = "COPY " + staging + " (" + columns + ", \"#\") FROM STDIN (FORMAT binary)";
        // In the order of the key, so that two writers with the same keys cannot lock each other out.
        insertStaged = """
                WITH first AS (
                    SELECT DISTINCT ON (%1$s) * FROM %2$s ORDER BY %1$s, "#"
                ), inserted AS (
                    INSERT INTO %3$s (%4$s) SELECT %4$s FROM first ORDER BY %1$s
                    ON CONFLICT DO NOTHING RETURNING %1$s
                )
                SELECT "#" FROM first JOIN inserted USING (%1$s)
                """.formatted(keyColumns, staging, table, columns);
        // The limits of the time let the planner leave out chunks; the second statement sees what the first inserted.
        compareStaged = """
                SELECT s."#", (%1$s) IS NOT DISTINCT FROM (%2$s)
                FROM %3$s s JOIN %4$s t ON %5$s
                WHERE t.time BETWEEN ? AND ? AND NOT EXISTS (SELECT FROM unnest(?) AS i (ordinal) WHERE i.ordinal = s."#")
                """.formatted(
                        prefixed("s.", names),
                        prefixed("t.", names),
                        staging,
                        table,
                        key.stream().map(k -> "s." + k + " = t." + k).collect(Collectors.joining(" AND ")));
        String keyValues = stream.key().isEmpty()
                ? "'{}'::text[]"
                : stream.key().stream()
                        .map(f -> "t." + f.name() + "::text")
                        .collect(Collectors.joining(", ", "ARRAY[", "]"));
        copyMarked = "COPY (SELECT " + prefixed("t.", names) + " FROM rejudge_mark m JOIN " + table
                + " t ON t.equipment_id = m.equipment_id AND t.time = m.time AND " + keyValues
                + " = m.key_values WHERE m.mark_id = %d) TO STDOUT (FORMAT binary)";
    }

    private static String prefixed(String prefix, List<String> names) {
        return names.stream().map(n -> prefix + n).collect(Collectors.joining(", "));
    }
}
