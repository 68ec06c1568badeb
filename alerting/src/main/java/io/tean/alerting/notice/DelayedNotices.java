package io.tean.alerting.notice;

import io.tean.alerting.alert.Notices;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.Map;
import javax.sql.DataSource;

/** Writes the notices of alerts that stay, and of those that nobody answers, when their time in the route has come: each once. */
public final class DelayedNotices {
    private static final int AT_ONCE = 1_000;
    private static final Duration ALWAYS = Duration.ofDays(36_500);
    /** More than two runs that failed. */
    private static final Duration RECENT = Duration.ofMinutes(2);

    private final DataSource pool;
    private final Routes routes;

    public DelayedNotices(DataSource pool, Routes routes) {
        this.pool = pool;
        this.routes = routes;
    }

    /** All whose time has come, also what came while no service was there, or while it was silenced. Answers how many. */
    public int run() throws SQLException {
        return run(ALWAYS);
    }

    /** Those whose time came just now, which are few however many stay. Answers how many. */
    public int runRecent() throws SQLException {
        return run(RECENT);
    }

    private int run(Duration within) throws SQLException {
        int written = 0;
        for (String occasion : Route.DELAYED) {
            for (Map.Entry<String, Route.Step> step : routes.delayed(occasion)) {
                written += run(occasion, step.getKey(), step.getValue(), within);
            }
        }
        return written;
    }

    /** A gap that was cleared is none; what is silenced or muted is told when that is over. */
    private int run(String occasion, String dispatch, Route.Step step, Duration within) throws SQLException {
        int written = 0;
        long after = 0;
        Timestamp since = new Timestamp(0);
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT a.alert_id, a.activations, a.severity, a.activated_at FROM alert a
                        WHERE a.state <> 'closed' AND (? = 'STAYED' OR a.state = 'open')
                            AND a.cleared_at IS NULL AND a.dispatch_class = ? AND a.severity = ANY (?)
                            AND (cardinality(?::text[]) = 0 OR a.rule = ANY (?))
                            AND a.activated_at <= (SELECT tean_now()) - make_interval(secs => ?)
                            AND a.activated_at > (SELECT tean_now()) - make_interval(secs => ?)
                            AND a.muted_by IS NULL AND (a.activated_at, a.alert_id) > (?, ?)
                            AND (NOT EXISTS (SELECT FROM silence s WHERE s.ended_at IS NULL) OR alert_silence(a) IS NULL)
                            AND NOT EXISTS (SELECT FROM notice n WHERE n.alert_id = a.alert_id AND n.occasion = ? AND n.after_s = ?
                                AND n.queued_at >= a.activated_at)
                        ORDER BY a.activated_at, a.alert_id LIMIT ?
                        """);
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO notice (notice_id, alert_id, occasion, severity, dispatch_class, after_s, queued_at)
                        VALUES (?, ?, ?, ?, ?, ?, tean_now())
                        ON CONFLICT (notice_id) DO NOTHING
                        """)) {
            int seconds = (int) step.after().toSeconds();
            int found = AT_ONCE;
            while (found == AT_ONCE) {
                select.setString(1, occasion);
                select.setString(2, dispatch);
                select.setArray(
                        3,
                        connection.createArrayOf(
                                "text",
                                step.severities().stream().map(Enum::name).toArray()));
                select.setArray(4, connection.createArrayOf("text", step.rules().toArray()));
                select.setArray(5, connection.createArrayOf("text", step.rules().toArray()));
                select.setDouble(6, seconds);
                select.setDouble(7, (double) step.after().plus(within).toSeconds());
                select.setTimestamp(8, since);
                select.setLong(9, after);
                select.setString(10, occasion);
                select.setInt(11, seconds);
                select.setInt(12, AT_ONCE);
                found = 0;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        found++;
                        after = row.getLong(1);
                        since = row.getTimestamp(4);
                        insert.setObject(1, Notices.delayed(after, occasion, row.getInt(2), seconds));
                        insert.setLong(2, after);
                        insert.setString(3, occasion);
                        insert.setString(4, row.getString(3));
                        insert.setString(5, dispatch);
                        insert.setInt(6, seconds);
                        insert.addBatch();
                    }
                }
                for (int count : insert.executeBatch()) {
                    written += count;
                }
            }
        }
        return written;
    }
}
