package io.tean.core.store;

import io.tean.core.stream.Column;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
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

/** The hypertables of the streams: made and widened from the declarations by migrate, compared with them by serve. */
final class StreamTables {
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
            Map<String, Column> present = columns(connection, stream);
            try (Statement statement = connection.createStatement()) {
                if (present.isEmpty()) {
                    create(statement, stream);
                    done.add("created hypertable " + stream.table());
                    index(statement, stream);
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

    /** What keeps the present tables from taking the declared streams; empty when they fit. */
    List<String> misfits(Connection connection) throws SQLException {
        List<String> misfits = new ArrayList<>();
        for (StreamDeclaration stream : catalogue.all()) {
            Map<String, Column> present = columns(connection, stream);
            if (present.isEmpty()) {
                misfits.add("table " + stream.table() + " is missing");
                continue;
            }
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

    private static Map<String, Column> columns(Connection connection, StreamDeclaration stream) throws SQLException {
        Map<String, Column> columns = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT attname, format_type(atttypid, atttypmod), attnotnull
                FROM pg_attribute
                WHERE attrelid = to_regclass(?) AND attnum > 0 AND NOT attisdropped
                ORDER BY attnum
                """)) {
            statement.setString(1, stream.table());
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    columns.put(row.getString(1), new Column(row.getString(1), row.getString(2), row.getBoolean(3)));
                }
            }
        }
        return columns;
    }
}
