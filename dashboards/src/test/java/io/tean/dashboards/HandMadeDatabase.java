package io.tean.dashboards;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A database that fails as a test wants it. */
public record HandMadeDatabase(Way way) implements DataSource {
    /** How it comes to a connection, or not. */
    public interface Way {
        Connection connect() throws SQLException;
    }

    public static HandMadeDatabase away() {
        return new HandMadeDatabase(() -> {
            throw new SQLException("Connection to 127.0.0.1:1 refused", "08001");
        });
    }

    @Override
    public Connection getConnection() throws SQLException {
        return way.connect();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return way.connect();
    }

    @Override
    public PrintWriter getLogWriter() throws SQLException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps nothing");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
