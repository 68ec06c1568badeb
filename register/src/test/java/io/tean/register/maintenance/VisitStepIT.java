package io.tean.register.maintenance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.reading.Reading;
import io.tean.core.store.TestDatabase;
import io.tean.core.stream.StreamCatalogue;
import io.tean.core.stream.StreamDeclaration;
import io.tean.core.stream.TupleEncoder;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitStepIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();
    private static final StreamDeclaration VISIT =
            StreamCatalogue.builtIn().stream("maintenance-visit").orElseThrow();

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final VisitStep step =
            new VisitStep(new VisitJudge(new EvidenceLimits(Duration.ofMinutes(30), 2, 500), meters), meters);

    @BeforeEach
    void build() {
        Site.build(DATABASE);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void only_visits_concern_it() {
        assertThat(StreamCatalogue.builtIn().all())
                .filteredOn(step::wants)
                .extracting(StreamDeclaration::name)
                .containsExactly("maintenance-visit");
    }

    @Test
    void a_published_visit_stands_in_the_ledger_with_its_verdict() throws SQLException {
        judge(published("V-1", 45, Site.DONE, "T-1", "T-2"));
        assertThat(records()).isEqualTo("V-1 device 1 HALF_MONTH sound");
        assertThat(DATABASE.text(
                        "SELECT (check_out_at - check_in_at)::text || ' ' || workers::text FROM maintenance_record"))
                .isEqualTo("00:45:00 {T-1,T-2}");
        assertThat(DATABASE.number("SELECT count(*) FROM duty_stale WHERE equipment_id = 1"))
                .isPositive();
        assertThat(meters.counter("tean.maintenance.visits", "source", "device").count())
                .isEqualTo(1);
    }

    @Test
    void a_doubtful_one_is_suspect() throws SQLException {
        judge(published("V-1", 5, Site.DONE, "T-1", "T-2"));
        assertThat(records()).isEqualTo("V-1 device 1 HALF_MONTH suspect");
    }

    @Test
    void the_same_number_with_another_end_supersedes_and_both_stay() throws SQLException {
        judge(published("V-1", 45, Site.DONE, "T-1", "T-2"));
        judge(published("V-1", 45, Site.DONE.plusSeconds(600), "T-1", "T-2"));
        judge(published("V-1", 45, Site.DONE.plusSeconds(1200), "T-1", "T-2"));
        assertThat(DATABASE.text(
                        "SELECT string_agg(coalesce((SELECT 'supersedes' WHERE supersedes IS NOT NULL), 'first'), ' ' ORDER BY record_id)"
                                + " FROM maintenance_record"))
                .isEqualTo("first supersedes supersedes");
        assertThat(DATABASE.number("SELECT count(DISTINCT supersedes) FROM maintenance_record"))
                .isEqualTo(2);
    }

    @Test
    void what_is_rolled_back_leaves_nothing() throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            step.judge(connection, List.of(published("V-1", 45, Site.DONE, "T-1", "T-2")));
            connection.rollback();
        }
        assertThat(DATABASE.number("SELECT count(*) FROM maintenance_record")).isZero();
        assertThat(meters.counter("tean.maintenance.visits", "source", "device").count())
                .isZero();
    }

    private void judge(Reading reading) throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            Runnable committed = step.judge(connection, List.of(reading));
            connection.commit();
            committed.run();
        }
    }

    private static Reading published(String no, int minutes, Instant done, String... workers) {
        TupleEncoder tuple = new TupleEncoder();
        tuple.clear();
        tuple.text(VISIT.indexOf("visit_no"), no.getBytes(UTF_8));
        tuple.text(VISIT.indexOf("level"), "half_month".getBytes(UTF_8));
        tuple.text(VISIT.indexOf("kind"), "fixed_cycle".getBytes(UTF_8));
        tuple.text(VISIT.indexOf("firm_code"), Site.FIRM.getBytes(UTF_8));
        tuple.list(VISIT.indexOf("workers"), List.of(workers));
        tuple.integer(
                VISIT.indexOf("check_in_at"), done.minusSeconds(60L * minutes).toEpochMilli());
        tuple.real(VISIT.indexOf("latitude"), 35.1001);
        tuple.real(VISIT.indexOf("longitude"), 118.3501);
        tuple.list(VISIT.indexOf("items"), Site.HALF_MONTH_ITEMS);
        return new Reading(VISIT, tuple.finish(VISIT, 1, done.toEpochMilli() * 1_000));
    }

    private static String records() {
        return DATABASE.text("""
                SELECT string_agg(concat_ws(' ', r.visit_no, r.source, r.firm_id, r.level, CASE WHEN v.suspect THEN 'suspect' ELSE 'sound' END), ', '
                                  ORDER BY r.record_id)
                FROM maintenance_record r JOIN visit_verdict v USING (record_id)
                """);
    }
}
