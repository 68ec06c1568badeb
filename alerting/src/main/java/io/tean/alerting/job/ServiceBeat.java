package io.tean.alerting.job;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** Writes that this service is there. After a break of all services it starts anew: nobody was silent to a service that was down. */
final class ServiceBeat {
    private static final int BREAK_SECONDS = 30;

    private final DataSource pool;
    private final LongSupplier nanos;
    private OptionalLong lastNanos = OptionalLong.empty();

    ServiceBeat(DataSource pool, LongSupplier nanos) {
        this.pool = pool;
        this.nanos = nanos;
    }

    /** A clock that somebody moves makes no break: between two beats of its own a service knows that it was there. */
    void beat() throws SQLException {
        long start = nanos.getAsLong();
        boolean goesOn =
                lastNanos.isPresent() && start - lastNanos.getAsLong() <= TimeUnit.SECONDS.toNanos(BREAK_SECONDS);
        try (Connection connection = pool.getConnection();
                PreparedStatement upsert = connection.prepareStatement("""
                        INSERT INTO service_beat AS b (up_since, last_at) SELECT at, at FROM (SELECT tean_now() AS at) AS now
                        ON CONFLICT (one) DO UPDATE SET
                            up_since = CASE WHEN ? OR b.last_at >= excluded.last_at - make_interval(secs => ?)
                                THEN least(b.up_since, excluded.last_at) ELSE excluded.last_at END,
                            last_at = excluded.last_at
                        """)) {
            upsert.setBoolean(1, goesOn);
            upsert.setInt(2, BREAK_SECONDS);
            upsert.executeUpdate();
        }
        lastNanos = OptionalLong.of(start);
    }
}
