package io.tean.app.bench;

import io.tean.app.load.Fleet;
import io.tean.app.load.Pace;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Readings that a fleet publishes into one table: begins on an empty one, and is counted when it stops. */
final class Load {
    private static final Duration DRAIN = Duration.ofSeconds(60);

    private final Fleet fleet;
    private final Connection connection;
    private final String table;
    private final Tally tally;
    private long before;

    Load(Fleet fleet, Connection connection, String table, Tally tally) {
        this.fleet = fleet;
        this.connection = connection;
        this.table = table;
        this.tally = tally;
    }

    Fleet fleet() {
        return fleet;
    }

    /** Empties the table and has the server write its checkpoint, so that what follows is alike. */
    void empty() throws SQLException {
        empty(connection, table);
    }

    static void empty(Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT drop_chunks('" + table + "', older_than => now() + INTERVAL '30 days')");
            statement.execute("CHECKPOINT");
        }
    }

    void start(Pace pace) {
        before = fleet.acknowledged();
        fleet.pace(pace);
    }

    /** What was acknowledged since the start must be in the table, no more and no less. */
    void stop() throws SQLException {
        long left = fleet.drain(DRAIN);
        if (left > 0) {
            throw new IllegalStateException(
                    left + " messages are not acknowledged " + DRAIN.toSeconds() + " s after the load ended");
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM " + table)) {
            row.next();
            tally.add(fleet.acknowledged() - before, row.getLong(1));
        }
    }
}
