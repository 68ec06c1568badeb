package io.tean.app.bench;

import io.tean.app.load.LatencyLog;
import io.tean.app.load.Pauses;
import io.tean.app.load.Recorder;
import io.tean.app.load.Terminal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Somebody outside who waits for alerts as a page does: by LISTEN, and then by a look at the open alerts of the machines that it
 * waits for. As the recorder of a fleet it knows when each of them cried.
 */
final class Subscriber implements Recorder, AutoCloseable {
    private static final int LISTEN_MILLIS = 100;

    private final Connection connection;
    private final Map<String, Long> criedAt = new ConcurrentHashMap<>();
    private final Thread thread;
    private LatencyLog latencies = new LatencyLog();
    private volatile boolean closing;
    private volatile @Nullable SQLException failure;

    /** @param connection of its own */
    Subscriber(Connection connection) throws SQLException {
        this.connection = connection;
        try (Statement statement = connection.createStatement()) {
            statement.execute("LISTEN tean_change");
        }
        thread = Thread.ofPlatform().name("subscriber").daemon().start(this::run);
    }

    @Override
    public void published(Terminal terminal, int shape, long number, long epochMicros, boolean again, long nanos) {
        criedAt.putIfAbsent(terminal.login().equipment(), nanos);
    }

    @Override
    public void acknowledged(Terminal terminal, int shape, long number, long epochMicros, long nanos) {}

    private void run() {
        try {
            PGConnection listening = connection.unwrap(PGConnection.class);
            while (!closing) {
                listening.getNotifications(LISTEN_MILLIS);
                if (!criedAt.isEmpty()) {
                    look();
                }
            }
        } catch (SQLException e) {
            failure = e;
        }
    }

    private void look() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT e.code FROM alert a JOIN equipment e USING (equipment_id)
                WHERE a.rule = 'entrapment' AND a.state <> 'closed' AND e.code = ANY (?)
                """)) {
            select.setArray(1, connection.createArrayOf("text", criedAt.keySet().toArray()));
            try (ResultSet row = select.executeQuery()) {
                long now = System.nanoTime();
                while (row.next()) {
                    Long at = criedAt.remove(row.getString(1));
                    if (at != null) {
                        seen(now - at);
                    }
                }
            }
        }
    }

    private synchronized void seen(long nanos) {
        latencies.add(nanos);
    }

    /** Waits for those who are still waited for; how many never came. */
    int awaitAll(Duration most) throws SQLException {
        long end = System.nanoTime() + most.toNanos();
        while (!criedAt.isEmpty() && System.nanoTime() - end < 0) {
            Pauses.millis(5);
        }
        if (failure != null) {
            throw failure;
        }
        return criedAt.size();
    }

    /** A new log; the one until now. */
    synchronized LatencyLog cut() {
        LatencyLog until = latencies;
        latencies = new LatencyLog();
        return until;
    }

    @Override
    public void close() throws SQLException {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        connection.close();
    }
}
