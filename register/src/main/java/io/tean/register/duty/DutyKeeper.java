package io.tean.register.duty;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import io.tean.register.RegisterMeters;
import io.tean.register.due.DueDates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Computes the duties of machines whose inputs changed, about each half second and on a thread of its own. Of several processes one does at a
 * time, so that the rows have one writer.
 */
public final class DutyKeeper implements HealthCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(DutyKeeper.class);
    private static final Duration EVERY = Duration.ofMillis(500);
    /** A whole city's file takes minutes. */
    private static final Duration WAITED_TOO_LONG = Duration.ofMinutes(15);

    private static final Duration LAST_ROUND = Duration.ofSeconds(2);
    /** Any number will do, as long as everyone uses it. */
    private static final long LOCK = 7_265_616_112L;

    private static final int AT_ONCE = 500;

    private final DataSource pool;
    private final DutyLedger ledger;
    private final LongSupplier nanos;
    private final Counter computed;
    private final Counter failedRounds;
    private final Thread thread;

    private volatile Look look;
    private volatile boolean closed;
    private boolean failing;

    /** How old the oldest note was when the database was asked last. */
    private record Look(long atNanos, Duration oldest) {}

    private DutyKeeper(DataSource pool, DueDates dueDates, MeterRegistry meters, LongSupplier nanos) {
        this.pool = pool;
        this.ledger = new DutyLedger(dueDates);
        this.nanos = nanos;
        this.look = new Look(nanos.getAsLong(), Duration.ZERO);
        this.computed = counter(RegisterMeters.DUTY_COMPUTED, meters);
        this.failedRounds = counter(RegisterMeters.DUTY_ROUND_FAILED, meters);
        this.thread = Thread.ofPlatform().name("tean-duty-keeper").daemon().unstarted(this::run);
        gauge(RegisterMeters.DUTY_LAG, meters, keeper -> keeper.lag().toMillis() / 1_000.0);
        gauge(
                RegisterMeters.DUTY_FAILED,
                meters,
                keeper -> keeper.ledger.failed().size());
    }

    /** @param pool of its own, with one connection */
    public static DutyKeeper start(DataSource pool, DueDates dueDates, MeterRegistry meters) {
        DutyKeeper keeper = new DutyKeeper(pool, dueDates, meters, System::nanoTime);
        keeper.thread.start();
        return keeper;
    }

    /**
     * Works off all that is noted, for a command that has no service beside it.
     *
     * @return how many machines
     * @throws SQLException when the database does not
     */
    public static long workOff(DataSource pool, DueDates dueDates) throws SQLException {
        DutyLedger ledger = new DutyLedger(dueDates);
        long all = 0;
        while (true) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                lock(connection, "pg_advisory_xact_lock");
                int done = ledger.work(connection, AT_ONCE);
                connection.commit();
                all += done;
                if (done == 0) {
                    return all;
                }
            }
        }
    }

    private static Counter counter(RegisterMeters meter, MeterRegistry meters) {
        return Counter.builder(meter.meterName()).description(meter.meaning()).register(meters);
    }

    private void gauge(RegisterMeters meter, MeterRegistry meters, ToDoubleFunction<DutyKeeper> value) {
        Gauge.builder(meter.meterName(), this, value)
                .description(meter.meaning())
                .strongReference(true)
                .register(meters);
    }

    private void run() {
        try {
            while (!closed) {
                if (!round()) {
                    Thread.sleep(EVERY);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One transaction. Answers whether there may be more to do. */
    private boolean round() {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            int done = lock(connection, "pg_try_advisory_xact_lock") ? ledger.work(connection, AT_ONCE) : 0;
            long atNanos = nanos.getAsLong();
            Duration oldest = oldest(connection);
            connection.commit();
            look = new Look(atNanos, oldest);
            computed.increment(done);
            if (failing) {
                log.info("duties are computed again");
            }
            failing = false;
            return done > 0;
        } catch (SQLException | RuntimeException e) {
            if (!closed) {
                failedRounds.increment();
                if (!failing) {
                    log.warn("duties have to wait: {}", String.valueOf(e.getMessage()));
                }
                failing = true;
            }
            return false;
        }
    }

    /** The lock falls after the commit can be seen: whoever has it next sees the rows of whoever had it before. */
    private static boolean lock(Connection connection, String how) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT " + how + "(" + LOCK + ")::text")) {
            row.next();
            return !"false".equals(row.getString(1));
        }
    }

    private static Duration oldest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (extract(epoch FROM clock_timestamp() - noted_at) * 1000)::bigint
                        FROM duty_stale ORDER BY stale_id LIMIT 1
                        """)) {
            return row.next() ? Duration.ofMillis(Math.max(0, row.getLong(1))) : Duration.ZERO;
        }
    }

    /** A note may have come right after the last look, so this grows until the database was asked again. */
    private Duration lag() {
        Look last = look;
        return last.oldest.plusNanos(nanos.getAsLong() - last.atNanos);
    }

    @Override
    public Health health() {
        Duration lag = lag();
        int stuck = ledger.failed().size();
        boolean well = lag.compareTo(WAITED_TOO_LONG) <= 0 && stuck == 0;
        String detail;
        if (stuck > 0) {
            detail = "the duties of " + stuck + " machines cannot be computed; see the log";
        } else if (look.oldest.isZero() && well) {
            detail = "all duties are computed";
        } else {
            detail = "the oldest change without its duties is " + lag.toSeconds() + " s old";
        }
        return new Health("duties", well, detail);
    }

    /** What is noted is computed after the next start. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(LAST_ROUND.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
