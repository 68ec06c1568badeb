package io.tean.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import io.tean.core.settings.DatabaseSettings;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The way to the one database: pools that are kept apart by purpose, so that a stuck one cannot stop the others. */
public final class Database {
    private static final Logger log = LoggerFactory.getLogger(Database.class);

    private final DatabaseSettings settings;

    public Database(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** A pool of the service's role. The caller closes it. */
    public HikariDataSource pool(String name, int size) {
        HikariConfig config = new HikariConfig();
        config.setPoolName(name);
        config.setJdbcUrl(settings.url());
        config.setDataSourceProperties(
                properties(settings.user(), settings.password().orElse(null)));
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(3_000);
        config.setKeepaliveTime(60_000);
        config.setInitializationFailTimeout(-1);
        config.setExceptionOverride(new Eviction());
        return new HikariDataSource(config);
    }

    /** A connection of the owner, who may change the schema. */
    Connection ownerConnection() throws SQLException {
        String owner = settings.owner()
                .orElseThrow(
                        () -> new StoreException(
                                "TEAN_DB_OWNER is missing: migrate needs the role that owns the schema, and TEAN_DB_OWNER_PASSWORD"));
        return DriverManager.getConnection(
                settings.url(), properties(owner, settings.ownerPassword().orElse(null)));
    }

    /** Waits until the database takes connections of the service's role, at most as long as the settings say. */
    public void await(DataSource pool) {
        Instant end = Instant.now().plus(settings.startWait());
        while (true) {
            try (Connection connection = pool.getConnection()) {
                connection.isValid(3);
                return;
            } catch (SQLException e) {
                String why = reason(e);
                boolean refused = "28P01".equals(e.getSQLState())
                        || "3D000".equals(e.getSQLState())
                        || "28000".equals(e.getSQLState());
                if (refused || Instant.now().isAfter(end)) {
                    throw new StoreException(
                            "cannot reach the database at " + address() + " as " + settings.user() + ": " + why
                                    + "; check TEAN_DB_URL, TEAN_DB_USER and TEAN_DB_PASSWORD, and run bin/tean migrate first",
                            e);
                }
                log.warn("waiting for the database at {}: {}", address(), why);
                pause(Duration.ofSeconds(1));
            }
        }
    }

    /** The database's address without any secret. */
    public String address() {
        return settings.url().replaceFirst("^jdbc:", "").replaceFirst("\\?.*", "");
    }

    static String reason(SQLException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).replaceAll("\\s+", " ");
    }

    private Properties properties(String user, @org.jspecify.annotations.Nullable String password) {
        // pgjdbc waits forever by default, for a connection that was cut as well as for an answer.
        Properties properties = new Properties();
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        long answerSeconds = settings.answerWait().toSeconds();
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("loginTimeout", "10");
        properties.setProperty("socketTimeout", Long.toString(answerSeconds));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("ApplicationName", "tean");
        properties.setProperty("targetServerType", "primary");
        properties.setProperty(
                "options",
                "-c statement_timeout=" + answerSeconds
                        + "s -c lock_timeout=10s -c idle_in_transaction_session_timeout=" + 3 * answerSeconds
                        + "s -c TimeZone=UTC");
        return properties;
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreException("interrupted while waiting for the database", e);
        }
    }

    /** Which errors mean that a connection is no good any more. */
    public static final class Eviction implements SQLExceptionOverride {
        @java.lang.Override
        public SQLExceptionOverride.Override adjudicate(SQLException e) {
            return switch (String.valueOf(e.getSQLState())) {
                // A connection to a server that became a standby stays read-only for ever.
                case "25006" -> Override.MUST_EVICT;
                // TimescaleDB's Apache edition answers every missing function so; the connection is fine.
                case "0A000" -> Override.DO_NOT_EVICT;
                default -> Override.CONTINUE_EVICT;
            };
        }
    }
}
