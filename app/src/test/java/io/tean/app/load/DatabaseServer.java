package io.tean.app.load;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A TimescaleDB of our own, by {@code bin/timescaledb}, that may be stopped, frozen and killed without hurting anybody else. */
public final class DatabaseServer {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql:[^?]*)\\?user=([^&]+)&password=([^&]+).*");

    private final Checkout checkout;
    private final String instance;
    private final String url;
    private final String owner;
    private final String ownerPassword;

    private DatabaseServer(Checkout checkout, String instance, Matcher url) {
        this.checkout = checkout;
        this.instance = instance;
        this.url = url.group(1);
        this.owner = url.group(2);
        this.ownerPassword = url.group(3);
    }

    /** A new and empty one; an old one of that name is deleted. */
    public static DatabaseServer fresh(Checkout checkout, String instance) {
        checkout.run(Map.of(), "timescaledb", "destroy", "--instance", instance);
        return started(checkout, instance);
    }

    /** The one that an earlier program left, when it is what is wanted; else a new and empty one. */
    public static DatabaseServer kept(Checkout checkout, String instance, Predicate<DatabaseServer> wanted) {
        DatabaseServer server = started(checkout, instance);
        return wanted.test(server) ? server : fresh(checkout, instance);
    }

    private static DatabaseServer started(Checkout checkout, String instance) {
        String line = checkout.run(Map.of(), "timescaledb", "start", "--instance", instance)
                .getLast();
        Matcher url = URL.matcher(line);
        if (!url.matches()) {
            throw new IllegalStateException(
                    "bin/timescaledb start printed '" + line + "', not a JDBC URL with user and password");
        }
        return new DatabaseServer(checkout, instance, url);
    }

    /** The JDBC URL without user and password. */
    public String url() {
        return url;
    }

    public String owner() {
        return owner;
    }

    public String ownerPassword() {
        return ownerPassword;
    }

    /** A connection as the owner. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url, owner, ownerPassword);
    }

    /** Connections as the owner. */
    public DataSource source() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(owner);
        source.setPassword(ownerPassword);
        return source;
    }

    /** Fast shutdown, as an administrator does it: transactions under way are rolled back. */
    public void stop() {
        checkout.run(Map.of(), "timescaledb", "stop", "--instance", instance);
    }

    public void start() {
        checkout.run(Map.of(), "timescaledb", "start", "--instance", instance);
    }

    public void destroy() {
        checkout.run(Map.of(), "timescaledb", "destroy", "--instance", instance);
    }

    private long pid() {
        return Long.parseLong(checkout.run(Map.of(), "timescaledb", "pid", "--instance", instance)
                .getLast());
    }

    /** The postmaster first, so that it starts none while the others are signalled. */
    private List<Long> processes() {
        long postmaster = pid();
        List<Long> pids = new ArrayList<>(List.of(postmaster));
        ProcessHandle.of(postmaster)
                .ifPresent(p -> p.children().map(ProcessHandle::pid).forEach(pids::add));
        return pids;
    }

    /** {@code kill -9} of the postmaster: the whole server ends and stays away. */
    public void kill() {
        Processes.signal("KILL", List.of(pid()));
    }

    /**
     * {@code kill -9} of one of the service's backends: PostgreSQL ends all sessions, recovers and goes on by itself.
     *
     * @return what was killed
     */
    public String killBackend(Random random) {
        try (Connection connection = connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT pid FROM pg_stat_activity WHERE application_name = 'tean' ORDER BY pid")) {
            List<Long> pids = new ArrayList<>();
            while (rows.next()) {
                pids.add(rows.getLong(1));
            }
            if (pids.isEmpty()) {
                throw new IllegalStateException("the service has no session in the database to kill");
            }
            long pid = pids.get(random.nextInt(pids.size()));
            Processes.signal("KILL", List.of(pid));
            return "backend " + pid;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot ask the database for the service's sessions: " + e.getMessage(), e);
        }
    }

    /** SIGSTOP to all of its processes: it answers nobody, and no connection breaks. */
    public void pause() {
        Processes.signal("STOP", processes());
        // Again, for a child that was just being born.
        Processes.signal("STOP", processes());
    }

    /** After {@link #pause}; without effect when it does not run at all. */
    public void resume() {
        try {
            Processes.signal("CONT", processes().reversed());
        } catch (IllegalStateException e) {
            // bin/timescaledb knows no process of it: it was stopped or killed, not paused.
            return;
        }
    }
}
