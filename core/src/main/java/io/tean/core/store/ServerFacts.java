package io.tean.core.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What server this is: version of PostgreSQL, version and edition of TimescaleDB. */
public record ServerFacts(String postgres, String timescale, Edition edition) {
    /** TimescaleDB's editions; the Community one can compress old chunks. */
    public enum Edition {
        APACHE,
        COMMUNITY;

        @Override
        public String toString() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** Asks the server. */
    public static ServerFacts of(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT current_setting('server_version'),
                               (SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'),
                               current_setting('timescaledb.license', true)
                        """)) {
            row.next();
            String timescale = row.getString(2);
            if (timescale == null) {
                throw new StoreException("the database has no extension timescaledb: run bin/tean migrate");
            }
            return new ServerFacts(
                    row.getString(1),
                    timescale,
                    "timescale".equals(row.getString(3)) ? Edition.COMMUNITY : Edition.APACHE);
        }
    }

    /**
     * A commit that is not on disk must not be acknowledged to a device.
     *
     * @throws StoreException when the server may lose commits
     */
    public static void requireDurable(Connection connection) throws SQLException {
        List<String> off = new ArrayList<>();
        for (String setting : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT current_setting('" + setting + "')")) {
                row.next();
                if ("off".equals(row.getString(1))) {
                    off.add(setting);
                }
            }
        }
        if (!off.isEmpty()) {
            throw new StoreException(
                    "PostgreSQL runs with " + String.join(", ", off)
                            + " = off and may lose what it has committed: switch it on, Tean acknowledges nothing else to devices");
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL " + postgres + ", TimescaleDB " + timescale + " (" + edition + " edition)";
    }
}
