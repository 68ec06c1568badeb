package io.tean.core.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditSealerIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();

    private final MeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicLong nanos = new AtomicLong();
    private final AuditSealer sealer = new AuditSealer(POOL, meters, nanos::get);

    @BeforeEach
    void empty() {
        Entries.empty(DATABASE);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void entries_are_chained_in_the_order_in_which_they_were_written() throws SQLException {
        Entries.write(POOL, Entries.entry("a"), Entries.entry("b"));
        sealer.round();
        Entries.write(POOL, Entries.entry("c"));
        sealer.round();
        assertThat(seals()).isEqualTo("1:1 2:2 3:3");
        assertThat(waiting()).isZero();
        assertThat(meters.counter("tean.audit.sealed").count()).isEqualTo(3);
    }

    @Test
    void a_seal_is_the_hash_that_anybody_can_compute() throws SQLException {
        Entries.write(POOL, Entries.entry("it''s 1").withReason("一\n二"), Entries.entry("2"));
        sealer.round();
        DATABASE.execute("""
                CREATE OR REPLACE FUNCTION covered(columns text[]) RETURNS bytea LANGUAGE sql AS $$
                    SELECT string_agg(CASE WHEN c IS NULL THEN '\\x00'::bytea ELSE '\\x01'::bytea
                        || int4send(octet_length(c)) || convert_to(c, 'UTF8') END, '' ORDER BY n)
                    FROM unnest(columns) WITH ORDINALITY AS u (c, n)
                $$""");
        assertThat(DATABASE.number("""
                SELECT count(*) FROM audit_entry e JOIN audit_seal s USING (audit_id)
                WHERE s.hash = sha256(
                    coalesce((SELECT hash FROM audit_seal p WHERE p.seal_no = s.seal_no - 1), decode(repeat('00', 32), 'hex'))
                    || covered(ARRAY[audit_id::text, (extract(epoch FROM at) * 1000000)::bigint::text, actor_kind, actor, source,
                        action, subject_kind, subject, organisation_id::text, before::text, after::text, reason]))
                """)).isEqualTo(2);
    }

    @Test
    void a_rolled_back_entry_leaves_no_hole_in_the_chain() throws SQLException {
        Entries.write(POOL, Entries.entry("a"));
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            AuditTrail.write(connection, Entries.entry("never"));
            connection.rollback();
        }
        Entries.write(POOL, Entries.entry("c"));
        sealer.round();
        assertThat(seals()).isEqualTo("1:1 2:3");
        assertIntact(2);
    }

    @Test
    void an_entry_that_is_committed_late_is_sealed_late_and_nobody_waits_for_it() throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            AuditTrail.write(connection, Entries.entry("slow"));
            Entries.write(POOL, Entries.entry("quick"));
            sealer.round();
            assertThat(seals()).isEqualTo("1:2");
            connection.commit();
        }
        sealer.round();
        assertThat(seals()).isEqualTo("1:2 2:1");
        assertIntact(2);
    }

    @Test
    void a_big_backlog_is_worked_off() {
        int backlog = 2 * AuditSealer.AT_ONCE + 5;
        Entries.writeMany(DATABASE, backlog);
        assertThat(sealer.round()).isTrue();
        assertThat(waiting()).isEqualTo(AuditSealer.AT_ONCE + 5);
        assertThat(sealer.round()).isTrue();
        assertThat(sealer.round()).isFalse();
        assertIntact(backlog);
    }

    @Test
    void once_started_it_seals_what_comes() throws SQLException {
        try (AuditSealer started = AuditSealer.start(POOL, new SimpleMeterRegistry())) {
            Entries.writeMany(DATABASE, AuditSealer.AT_ONCE + 5);
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
            Entries.write(POOL, Entries.entry("later"));
            await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
            assertThat(started.health().well()).isTrue();
        }
        assertIntact(AuditSealer.AT_ONCE + 6);
    }

    @Test
    void two_sealers_at_once_never_fork_the_chain_and_leave_no_gap() throws Exception {
        int writers = 2;
        int each = 300;
        AtomicInteger writing = new AtomicInteger(writers);
        List<Callable<Object>> work = new ArrayList<>();
        for (int i = 0; i < writers; i++) {
            work.add(() -> {
                for (int n = 0; n < each; n++) {
                    Entries.write(POOL, Entries.entry(Integer.toString(n)));
                }
                return writing.decrementAndGet();
            });
        }
        MeterRegistry counted = new SimpleMeterRegistry();
        for (int i = 0; i < 2; i++) {
            AuditSealer one = new AuditSealer(POOL, counted, System::nanoTime);
            work.add(() -> {
                while (writing.get() > 0) {
                    one.round();
                }
                return one.round();
            });
        }
        try (var threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Object> done : threads.invokeAll(work, 5, TimeUnit.MINUTES)) {
                done.get();
            }
        }
        sealer.round();
        assertIntact((long) writers * each);
        assertThat(counted.counter("tean.audit.round.failed").count()).isZero();
    }

    @Test
    void while_another_process_seals_it_only_looks() throws SQLException {
        Entries.write(POOL, Entries.entry("a"));
        try (Connection other = POOL.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + AuditSealer.LOCK + ")");
            sealer.round();
            assertThat(waiting()).isEqualTo(1);
            other.rollback();
        }
        sealer.round();
        assertThat(waiting()).isZero();
    }

    @Test
    void an_entry_that_has_waited_for_a_minute_by_the_databases_clock_is_not_well() throws SQLException {
        try (Connection other = POOL.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(" + AuditSealer.LOCK + ")");
            Entries.write(POOL, Entries.entry("a"));
            sealer.round();
            assertThat(sealer.health().well()).isTrue();
            DATABASE.execute("UPDATE audit_entry SET at = clock_timestamp() - interval '61 seconds'");
            sealer.round();
            assertThat(sealer.health().well()).isFalse();
            assertThat(sealer.health().detail()).contains("the oldest entry without a seal is 6");
            assertThat(meters.get("tean.audit.lag").gauge().value()).isBetween(61.0, 600.0);
            other.rollback();
        }
        sealer.round();
        assertThat(sealer.health().well()).isTrue();
        assertThat(meters.get("tean.audit.lag").gauge().value()).isZero();
    }

    @Test
    void the_lag_grows_while_the_database_is_away_and_failed_rounds_are_counted() {
        var pool = DATABASE.pool();
        AuditSealer cut = new AuditSealer(pool, meters, nanos::get);
        cut.round();
        pool.close();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(60));
        cut.round();
        assertThat(cut.lag()).hasSeconds(60);
        assertThat(cut.health().well()).isTrue();
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
        cut.round();
        assertThat(cut.lag()).hasSeconds(61);
        assertThat(cut.health().well()).isFalse();
        assertThat(meters.counter("tean.audit.round.failed").count()).isEqualTo(2);
    }

    @Test
    void an_impossible_time_of_an_entry_stops_nobody() throws SQLException {
        Entries.write(POOL, Entries.entry("a"), Entries.entry("b"), Entries.entry("c"));
        DATABASE.execute(
                "UPDATE audit_entry SET at = (ARRAY['infinity', '-infinity', '4713-01-01 BC'])[audit_id]::timestamptz");
        sealer.round();
        assertIntact(3);
    }

    private static void assertIntact(long entries) {
        assertThat(AuditChain.verify(POOL, Optional.empty()))
                .isInstanceOfSatisfying(AuditChain.Finding.Intact.class, intact -> {
                    assertThat(intact.entries()).isEqualTo(entries);
                    assertThat(intact.waiting()).isZero();
                });
        assertThat(DATABASE.number("SELECT count(*) FROM audit_seal")).isEqualTo(entries);
    }

    private static String seals() {
        return DATABASE.text("SELECT string_agg(seal_no || ':' || audit_id, ' ' ORDER BY seal_no) FROM audit_seal");
    }

    private static long waiting() {
        return DATABASE.number("SELECT count(*) FROM audit_unsealed");
    }
}
