package io.tean.alerting.notice;

import io.tean.alerting.channel.SiteChannel;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/** What each channel may still be given: a bucket of tokens that all services share. By the real clock, which is the far side's. */
final class Budget {
    private final DataSource pool;

    Budget(DataSource pool) {
        this.pool = pool;
    }

    /**
     * Takes a token.
     *
     * @param urgent may take those that are kept in reserve
     * @return empty when it was taken; else after how long it is worth asking again
     */
    Optional<Duration> take(SiteChannel channel, boolean urgent) throws SQLException {
        SiteChannel.Limits limits = channel.limits();
        double needed = limits.limited() && !urgent ? 1 + limits.reserved() : 1;
        try (Connection connection = pool.getConnection()) {
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO channel_budget (channel, tokens, filled_at) VALUES (?, ?, clock_timestamp()) ON CONFLICT DO NOTHING
                    """)) {
                insert.setString(1, channel.name());
                insert.setDouble(2, limits.limited() ? limits.capacity() : 1);
                insert.executeUpdate();
            }
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE channel_budget b SET tokens = CASE WHEN n.may THEN n.tokens - ? ELSE n.tokens END, filled_at = n.at,
                        blocked_until = CASE WHEN b.blocked_until > n.at THEN b.blocked_until END
                    FROM (SELECT l.channel, l.at, l.tokens, l.blocked_s, (l.tokens >= ? OR NOT ?) AND l.blocked_s = 0 AS may
                          FROM (SELECT channel, t.at, least(?, tokens + ? * greatest(0, extract(epoch FROM t.at - filled_at))) AS tokens,
                                    greatest(0, coalesce(extract(epoch FROM blocked_until - t.at), 0)) AS blocked_s
                                FROM channel_budget, (SELECT clock_timestamp() AS at) AS t WHERE channel = ? FOR UPDATE OF channel_budget) AS l) AS n
                    WHERE b.channel = n.channel
                    RETURNING n.may, n.tokens, n.blocked_s
                    """)) {
                update.setDouble(1, limits.limited() ? 1 : 0);
                update.setDouble(2, needed);
                update.setBoolean(3, limits.limited());
                update.setDouble(4, limits.limited() ? limits.capacity() : 1);
                update.setDouble(5, limits.limited() ? limits.refillPerSecond() : 0);
                update.setString(6, channel.name());
                try (ResultSet row = update.executeQuery()) {
                    row.next();
                    if (row.getBoolean(1)) {
                        return Optional.empty();
                    }
                    double wait = limits.limited() && limits.refillPerSecond() > 0
                            ? (needed - row.getDouble(2)) / limits.refillPerSecond()
                            : 0;
                    double seconds = Math.max(0.2, Math.max(wait, row.getDouble(3)));
                    return Optional.of(Duration.ofMillis((long) (seconds * 1_000)));
                }
            }
        }
    }

    /** The far side said "too fast". */
    void block(String channel, Duration pause) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE channel_budget SET blocked_until = greatest(blocked_until, clock_timestamp() + make_interval(secs => ?))
                        WHERE channel = ?
                        """)) {
            update.setDouble(1, pause.toMillis() / 1_000.0);
            update.setString(2, channel);
            update.executeUpdate();
        }
    }
}
