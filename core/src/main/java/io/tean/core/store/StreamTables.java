package io.tean.core.store;

import io.tean.core.stream.Column;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.StreamSummary;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The hypertables of the streams and of their summaries: made and widened from the declarations by migrate, compared with them by serve.
 */
final class StreamTables {
    /** Later than any message that devices may still send, and than the hours that late ones have summarised again. */
    private static final String COMPRESS_AFTER = "14 days";

    private final StreamCatalogue catalogue;

    StreamTables(StreamCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Creates missing tables, and adds missing columns and indexes; an index that is declared no more stays.
     *
     * @return what was done, one line each
     * @throws StoreException when a declaration changed in a way that would lose or reinterpret stored readings
     */
    List<String> evolve(Connection connection) throws SQLException {
        List<String> done = new ArrayList<>();
        for (StreamDeclaration stream : catalogue.all()) {
            Map<String, Column> present = columns(connection, stream.table());
            try (Statement statement = connection.createStatement()) {
                if (present.isEmpty()) {
                    create(statement, stream);
                    done.add("created hypertable " + stream.table());
                    index(statement, stream);
                }
                evolveBesides(connection, stream, done);
                if (present.isEmpty()) {
                    continue;
                }
                requireSameTypes(stream, present);
                requireSameKey(connection, stream);
                for (Column column : stream.columns()) {
                    Column old = present.get(column.name());
                    if (old == null && column.notNull()) {
                        throw new StoreException("stream " + stream + ": new field " + column.name()
                                + " is required, but stored readings do not have it: declare it without required");
                    }
                    if (old == null) {
                        statement.execute(
                                "ALTER TABLE " + stream.table() + " ADD COLUMN " + column.name() + " " + column.type());
                        done.add("added column " + stream.table() + "." + column.name());
                    } else if (old.notNull() && !column.notNull()) {
                        statement.execute(
                                "ALTER TABLE " + stream.table() + " ALTER COLUMN " + column.name() + " DROP NOT NULL");
                        done.add("made column " + stream.table() + "." + column.name() + " optional");
                    }
                }
                done.addAll(index(statement, stream));
                for (Column old : present.values()) {
                    if (old.notNull()
                            && stream.columns().stream().noneMatch(c -> c.name().equals(old.name()))) {
                        statement.execute(
                                "ALTER TABLE " + stream.table() + " ALTER COLUMN " + old.name() + " DROP NOT NULL");
                        done.add("made undeclared column " + stream.table() + "." + old.name() + " optional");
                    }
                }
            }
        }
        return done;
    }

    /** What stands beside the hypertable of the readings: its index by time, its summaries, their names, compression. */
    private static void evolveBesides(Connection connection, StreamDeclaration stream, List<String> done)
            throws SQLException {
        StreamSummary summary = new StreamSummary(stream);
        try (Statement statement = connection.createStatement()) {
            if (isMissing(connection, stream.table() + "_time")) {
                // Readings lie on the disk about as they came: a few bytes for each megabyte find those of an hour.
                statement.execute("CREATE INDEX " + stream.table() + "_time ON " + stream.table()
                        + " USING brin (time) WITH (autosummarize = on)");
                done.add("indexed " + stream.table() + " by time");
            }
            name(connection, stream.table(), stream, "readings");
            evolveSummary(connection, summary, summary.hourTable(), "7 days", "hours", done);
            evolveSummary(connection, summary, summary.dayTable(), "180 days", "days", done);
            if (ServerFacts.of(connection).edition() == ServerFacts.Edition.COMMUNITY
                    && !isCompressed(connection, stream)) {
                statement.execute("ALTER TABLE " + stream.table()
                        + " SET (timescaledb.compress, timescaledb.compress_segmentby = 'equipment_id',"
                        + " timescaledb.compress_orderby = 'time')");
                statement.execute("SELECT add_compression_policy('" + stream.table() + "', INTERVAL '" + COMPRESS_AFTER
                        + "', if_not_exists => true)");
                done.add("chunks of " + stream.table() + " older than " + COMPRESS_AFTER + " are compressed");
            }
        }
    }

    private static void evolveSummary(
            Connection connection, StreamSummary summary, String table, String chunk, String holds, List<String> done)
            throws SQLException {
        Map<String, Column> present = columns(connection, table);
        try (Statement statement = connection.createStatement()) {
            if (present.isEmpty()) {
                String columns =
                        summary.columns().stream().map(StreamTables::definition).collect(Collectors.joining(", "));
                // Rows of today are written again each hour: with room on their page they stay there, and the index as
                // it is.
                statement.execute("CREATE TABLE " + table + " (" + columns
                        + ", PRIMARY KEY (equipment_id, bucket)) WITH (fillfactor = 80)");
                statement.execute("SELECT create_hypertable('" + table + "', by_range('bucket', INTERVAL '" + chunk
                        + "'), create_default_indexes => false)");
                statement.execute("CREATE INDEX " + table + "_time ON " + table
                        + " USING brin (bucket) WITH (autosummarize = on)");
                statement.execute("COMMENT ON TABLE " + table + " IS 'Summary of " + summary.stream() + " by machine, "
                        + holds + "; owner: ingest, derived from the declaration of the stream'");
                name(connection, table, summary.stream(), holds);
                done.add("created hypertable " + table);
                return;
            }
            for (Column column : summary.columns()) {
                if (!present.containsKey(column.name())) {
                    statement.execute("ALTER TABLE " + table + " ADD COLUMN " + definition(column));
                    done.add("added column " + table + "." + column.name());
                }
            }
        }
    }

    /** What is counted is 0 where nobody counted it yet: the hours before a field was declared. */
    private static String definition(Column column) {
        boolean counts = column.type().equals("integer") && !column.name().equals("equipment_id");
        String fallback = counts ? " DEFAULT 0" : "";
        return column.name() + " " + column.type() + (column.notNull() ? " NOT NULL" + fallback : "");
    }

    private static void name(Connection connection, String table, StreamDeclaration stream, String holds)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO stream_table (name, stream, holds) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setString(1, table);
            insert.setString(2, stream.name());
            insert.setString(3, holds);
            insert.executeUpdate();
        }
    }

    private static boolean isMissing(Connection connection, String relation) throws SQLException {
        return ask(connection, "SELECT to_regclass(?) IS NULL", relation);
    }

    private static boolean isCompressed(Connection connection, StreamDeclaration stream) throws SQLException {
        return ask(
                connection,
                "SELECT compression_enabled FROM timescaledb_information.hypertables WHERE hypertable_schema = 'public' AND hypertable_name = ?",
                stream.table());
    }

    private static boolean ask(Connection connection, String sql, String relation) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, relation);
            try (ResultSet row = select.executeQuery()) {
                return row.next() && row.getBoolean(1);
            }
        }
    }

    /** What keeps the present tables from taking the declared streams; empty when they fit. */
    List<String> misfits(Connection connection) throws SQLException {
        List<String> misfits = new ArrayList<>();
        for (StreamDeclaration stream : catalogue.all()) {
            Map<String, Column> present = columns(connection, stream.table());
            if (present.isEmpty()) {
                misfits.add("table " + stream.table() + " is missing");
                continue;
            }
            misfits.addAll(misfits(connection, new StreamSummary(stream)));
            try {
                requireSameTypes(stream, present);
                requireSameKey(connection, stream);
            } catch (StoreException e) {
                misfits.add(String.valueOf(e.getMessage()));
            }
            for (Column old : present.values()) {
                if (old.notNull()
                        && stream.columns().stream().noneMatch(c -> c.name().equals(old.name()))) {
                    misfits.add(
                            "column " + stream.table() + "." + old.name() + " is not declared any more, but required");
                }
            }
            for (Column column : stream.columns()) {
                Column old = present.get(column.name());
                if (old == null) {
                    misfits.add("column " + stream.table() + "." + column.name() + " is missing");
                } else if (old.notNull() && !column.notNull()) {
                    misfits.add("column " + stream.table() + "." + column.name() + " does not admit unknown values");
                }
            }
        }
        return misfits;
    }

    private static List<String> misfits(Connection connection, StreamSummary summary) throws SQLException {
        List<String> misfits = new ArrayList<>();
        for (String table : List.of(summary.hourTable(), summary.dayTable())) {
            Map<String, Column> present = columns(connection, table);
            summary.columns().stream()
                    .filter(c -> !present.containsKey(c.name()))
                    .findFirst()
                    .ifPresent(c -> misfits.add("column " + table + "." + c.name() + " is missing"));
        }
        return misfits;
    }

    private static void create(Statement statement, StreamDeclaration stream) throws SQLException {
        String columns = stream.columns().stream()
                .map(c -> c.name() + " " + c.type() + (c.notNull() ? " NOT NULL" : ""))
                .collect(Collectors.joining(", "));
        statement.execute("CREATE TABLE " + stream.table() + " (" + columns + ")");
        statement.execute("SELECT create_hypertable('" + stream.table()
                + "', by_range('time', INTERVAL '1 day'), create_default_indexes => false)");
        statement.execute("CREATE UNIQUE INDEX " + stream.table() + "_key ON " + stream.table() + " ("
                + String.join(", ", stream.keyColumns()) + ")");
        statement.execute("COMMENT ON TABLE " + stream.table() + " IS '"
                + stream.title().en().replace("'", "''") + " / "
                + stream.title().zh().replace("'", "''")
                + "; owner: ingest, derived from the declaration of stream " + stream + "'");
    }

    /** Adds missing indexes of declared fields, the newest reading first; answers what was done. */
    private static List<String> index(Statement statement, StreamDeclaration stream) throws SQLException {
        List<String> done = new ArrayList<>();
        for (String field : stream.index()) {
            String name = stream.table() + "_" + field;
            try (ResultSet known = statement.executeQuery("SELECT to_regclass('" + name + "') IS NOT NULL")) {
                known.next();
                if (known.getBoolean(1)) {
                    continue;
                }
            }
            statement.execute("CREATE INDEX " + name + " ON " + stream.table() + " (" + field + ", time DESC)");
            done.add("created index " + name);
        }
        return done;
    }

    private static void requireSameTypes(StreamDeclaration stream, Map<String, Column> present) {
        for (Column column : stream.columns()) {
            Column old = present.get(column.name());
            if (old != null && !old.type().equals(column.type())) {
                throw new StoreException("stream " + stream + ": field " + column.name() + " is stored as " + old.type()
                        + " and declared as " + column.type()
                        + ": a changed type needs a new field name, stored readings are not reinterpreted");
            }
        }
    }

    private static void requireSameKey(Connection connection, StreamDeclaration stream) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT array_agg(a.attname::text ORDER BY k.n)
                FROM pg_index i CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, n)
                JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
                WHERE i.indexrelid = to_regclass(?) AND i.indisunique
                """)) {
            statement.setString(1, stream.table() + "_key");
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                var array = row.getArray(1);
                List<String> key = array == null ? List.of() : List.of((String[]) array.getArray());
                if (!key.equals(stream.keyColumns())) {
                    throw new StoreException("stream " + stream + ": its key is stored as " + key + " and declared as "
                            + stream.keyColumns() + ": a changed key needs a new stream");
                }
            }
        }
    }

    private static Map<String, Column> columns(Connection connection, String table) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT attname, format_type(atttypid, atttypmod), attnotnull
                FROM pg_attribute
                WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
                ORDER BY attnum
                """)) {
            statement.setString(1, table);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), new Column(row.getString(1), row.getString(2), row.getBoolean(3)));
                }
            }
        }
        return columns;
    }
}
