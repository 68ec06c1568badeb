package io.tean.core.audit;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.tean.core.health.HealthCheck;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chains committed entries by hash, about each second and on a thread of its own, so that nobody who writes an entry waits for the head of
 * the chain. Of several processes one seals at a time.
 */
public final class AuditSealer implements HealthCheck, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AuditSealer.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration WAITED_TOO_LONG = Duration.ofSeconds(60);
    private static final Duration LAST_ROUND = Duration.ofSeconds(1);
    /** Any number will do, as long as everyone uses it. */
    static final long LOCK = 7_265_616_111L;

    static final int AT_ONCE = 1_000;
    private static final int FETCHED = 100;

    private final DataSource pool;
    private final LongSupplier nanos;
    private final Counter sealedEntries;
    private final Counter failedRounds;
    private final Thread thread;
    private final EntryDigest digest = new EntryDigest();

    private volatile Look look;
    private volatile boolean closed;
    private boolean failing;

    /** How old the oldest unsealed entry was, by the database's clock, when the database was asked last. */
    private record Look(long atNanos, Duration oldest) {}

    AuditSealer(DataSource pool, MeterRegistry meters, LongSupplier nanos) {
        this.pool = pool;
        this.nanos = nanos;
        this.look = new Look(nanos.getAsLong(), Duration.ZERO);
        this.sealedEntries = counter(AuditMeters.SEALED, meters);
        this.failedRounds = counter(AuditMeters.ROUND_FAILED, meters);
        this.thread = Thread.ofPlatform().name("tean-audit-sealer").daemon().unstarted(this::run);
        Gauge.builder(AuditMeters.LAG.meterName(), this, s -> s.lag().toMillis() / 1_000.0)
                .description(AuditMeters.LAG.meaning())
                .strongReference(true)
                .register(meters);
    }

    /** @param pool of its own, with one connection */
    public static AuditSealer start(DataSource pool, MeterRegistry meters) {
        AuditSealer sealer = new AuditSealer(pool, meters, System::nanoTime);
        sealer.thread.start();
        return sealer;
    }

    private static Counter counter(AuditMeters meter, MeterRegistry meters) {
        return Counter.builder(meter.meterName()).description(meter.meaning()).register(meters);
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

    /** One transaction. Answers whether more entries may wait. */
    boolean round() {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            int count = isMyTurn(connection) ? seal(connection) : 0;
            long atNanos = nanos.getAsLong();
            Duration oldest = oldest(connection);
            connection.commit();
            look = new Look(atNanos, oldest);
            sealedEntries.increment(count);
            if (failing) {
                log.info("audit entries are sealed again");
            }
            failing = false;
            return count == AT_ONCE;
        } catch (SQLException | RuntimeException e) {
            if (!closed) {
                failedRounds.increment();
                if (!failing) {
                    log.warn("audit entries have to wait for their seals: {}", String.valueOf(e.getMessage()));
                }
                failing = true;
            }
            return false;
        }
    }

    /** The lock falls after the commit can be seen, and the head is read by a later statement: so nobody continues from an old head. */
    private static boolean isMyTurn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_try_advisory_xact_lock(" + LOCK + ")")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private int seal(Connection connection) throws SQLException {
        List<Long> entries = new ArrayList<>();
        List<byte[]> hashes = new ArrayList<>();
        Head head = head(connection);
        byte[] hash = HexFormat.of().parseHex(head.hash());
        try (PreparedStatement select =
                connection.prepareStatement("SELECT u.audit_id, " + EntryDigest.COLUMNS + """
                FROM audit_unsealed u JOIN audit_entry e ON e.audit_id = u.audit_id
                ORDER BY u.audit_id LIMIT ?
                """)) {
            select.setInt(1, AT_ONCE);
            // Entries may be large, and memory is small: no more than these at a time.
            select.setFetchSize(FETCHED);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    hash = digest.of(hash, row, 2);
                    entries.add(row.getLong(1));
                    hashes.add(hash);
                }
            }
        }
        if (!entries.isEmpty()) {
            append(connection, head.sealNo() + 1, entries, hashes);
        }
        return entries.size();
    }

    private static Head head(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT seal_no, encode(hash, 'hex') FROM audit_seal ORDER BY seal_no DESC LIMIT 1")) {
            return row.next() ? new Head(row.getLong(1), row.getString(2)) : Head.START;
        }
    }

    private static void append(Connection connection, long firstNo, List<Long> entries, List<byte[]> hashes)
            throws SQLException {
        Array ids = connection.createArrayOf("bigint", entries.toArray());
        try (PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO audit_seal (seal_no, audit_id, hash)
                        SELECT ? + ordinality - 1, audit_id, hash
                        FROM unnest(?::bigint[], ?::bytea[]) WITH ORDINALITY AS sealed (audit_id, hash, ordinality)
                        """);
                PreparedStatement delete =
                        connection.prepareStatement("DELETE FROM audit_unsealed WHERE audit_id = ANY (?)")) {
            insert.setLong(1, firstNo);
            insert.setArray(2, ids);
            insert.setArray(3, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
            insert.executeUpdate();
            delete.setArray(1, ids);
            int deleted = delete.executeUpdate();
            if (deleted != entries.size()) {
                throw new SQLException(
                        "somebody else took " + (entries.size() - deleted) + " entries out of audit_unsealed");
            }
        }
    }

    /** The lowest id is the oldest entry but for microseconds, and costs the same however many wait. */
    private static Duration oldest(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT (extract(epoch FROM clock_timestamp() - e.at) * 1000)::bigint
                        FROM audit_entry e
                        WHERE e.audit_id = (SELECT min(audit_id) FROM audit_unsealed) AND isfinite(e.at)
                        """)) {
            return row.next() ? Duration.ofMillis(Math.max(0, row.getLong(1))) : Duration.ZERO;
        }
    }

    /** An entry may have come right after the last look, so this grows until the database was asked again. */
    Duration lag() {
        Look last = look;
        return last.oldest.plusNanos(nanos.getAsLong() - last.atNanos);
    }

    @Override
    public Health health() {
        Duration oldest = look.oldest;
        Duration lag = lag();
        boolean well = lag.compareTo(WAITED_TOO_LONG) <= 0;
        String detail;
        if (!oldest.isZero()) {
            detail = "the oldest entry without a seal is " + lag.toSeconds() + " s old";
        } else {
            detail = well
                    ? "all entries are sealed"
                    : "no entry was sealed for " + lag.toSeconds()
                            + " s: the database cannot be asked, or the sealer is stuck";
        }
        return new Health("audit", well, detail);
    }

    /** What is not sealed yet is sealed after the next start. */
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
