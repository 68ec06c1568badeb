package io.tean.register.intake;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The row of import_run of one import and its problems, on a connection of its own: others see it grow, and it outlives a rollback. */
final class ImportRun {
    static final int MOST_PROBLEMS = 100_000;
    private static final int BATCH = 500;

    private final Connection connection;
    private final long id;
    private int problems;
    private @Nullable PreparedStatement waiting;

    private ImportRun(Connection connection, long id) {
        this.connection = connection;
        this.id = id;
    }

    static ImportRun start(Connection connection, ImportRequest request, long bytes, String sha256)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO import_run (kind, file_name, sha256, mode, bytes, actor_kind, actor)
                VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING import_id
                """)) {
            insert.setString(1, request.kind());
            insert.setString(2, request.fileName());
            insert.setString(3, sha256);
            insert.setString(4, request.mode().name());
            insert.setLong(5, bytes);
            insert.setString(6, request.actor().kind().name().toLowerCase(Locale.ROOT));
            insert.setString(7, request.actor().name());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new ImportRun(connection, row.getLong(1));
            }
        }
    }

    long id() {
        return id;
    }

    void progress(long bytesRead, long rowsRead) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE import_run SET bytes_read = ?, rows_read = ? WHERE import_id = ?")) {
            update.setLong(1, bytesRead);
            update.setLong(2, rowsRead);
            update.setLong(3, id);
            update.executeUpdate();
        }
    }

    /** Beyond the most only their rows are counted. */
    boolean hasRoomForProblems() {
        return problems < MOST_PROBLEMS;
    }

    void problem(long rowNo, String heading, String value, String reason, List<String> cells) throws SQLException {
        if (!hasRoomForProblems()) {
            return;
        }
        PreparedStatement insert = waiting;
        if (insert == null) {
            insert = connection.prepareStatement(
                    "INSERT INTO import_problem (import_id, row_no, heading, value, reason, cells) VALUES (?, ?, ?, ?, ?, ?)");
            waiting = insert;
        }
        insert.setLong(1, id);
        insert.setLong(2, rowNo);
        insert.setString(3, heading);
        insert.setString(4, value);
        insert.setString(5, reason);
        insert.setArray(6, connection.createArrayOf("text", cells.toArray()));
        insert.addBatch();
        problems++;
        if (problems % BATCH == 0) {
            writeProblems();
        }
    }

    void writeProblems() throws SQLException {
        PreparedStatement insert = waiting;
        if (insert != null) {
            insert.executeBatch();
            insert.close();
            waiting = null;
        }
    }

    Imported end(String state, Imported done) throws SQLException {
        writeProblems();
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE import_run SET state = ?, added = ?, changed = ?, unchanged = ?, refused = ?, problem = ?,
                    ended_at = clock_timestamp()
                WHERE import_id = ?
                """)) {
            update.setString(1, state);
            update.setLong(2, done.added());
            update.setLong(3, done.changed());
            update.setLong(4, done.unchanged());
            update.setLong(5, done.refused());
            update.setString(6, done.problem().orElse(null));
            update.setLong(7, id);
            update.executeUpdate();
        }
        return done;
    }

    Imported endWithout(String state, String problem) throws SQLException {
        return end(state, new Imported(id, 0, 0, 0, 0, Optional.of(problem)));
    }
}
