package io.tean.alerting.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.alerting.alert.AlertCounts;
import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.Finding;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.TestRules;
import io.tean.core.audit.Actor;
import io.tean.core.rescue.RescueDecisions;
import io.tean.core.rescue.RescueDecisions.Details;
import io.tean.core.rescue.RescueDecisions.Outcome;
import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * A database at 10:00 China time with a machine that has everything (1), one without contract and coordinates (2); a firm (3), and stations: a near
 * one (4), a far one (5), one of the night (6), one without telephone next door (7).
 */
final class RescueBook implements AutoCloseable {
    static final Actor LI = Actor.account("li", "10.0.0.1");
    static final Actor WANG = Actor.account("wang", "10.0.0.2");
    static final RuleCatalogue RULES = TestRules.catalogue(
            TestRules.telemetry("t-emergency", "EMERGENCY"), TestRules.telemetry("t-second", "EMERGENCY"));
    static final Details NOTHING = new Details("", "", OptionalInt.empty(), OptionalInt.empty(), false, "");

    final TestDatabase database = TestDatabase.fresh();
    final DataSource pool = database.pool();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Limits limits = Limits.builtIn();
    final Links links = Links.open(pool);
    final RescueDesk desk = new RescueDesk(pool, RULES, limits, links, new AlertCounts(meters), meters);
    final CaseClock clock = new CaseClock(pool, limits, new RescueCounts(meters));

    void empty() {
        database.execute("""
                TRUNCATE alert, alert_rule, rule_window, notice, silence, audit_entry, audit_unsealed, equipment, organisation, rescue_case,
                    rescue_dispatch, case_entry, recipient, simulated_clock RESTART IDENTITY CASCADE;
                INSERT INTO organisation (credit_code, kind, name, telephone, latitude, longitude, duty_hours, division_code) VALUES
                    ('91330100000000001A', 'USE_UNIT', '东方商城', '0571-1', NULL, NULL, NULL, '330106'),
                    ('91330100000000002B', 'USE_UNIT', '西湖医院', '0571-2', NULL, NULL, NULL, '330108'),
                    ('91330100000000003C', 'MAINTENANCE_FIRM', '安迅电梯', '0571-3', NULL, NULL, NULL, '330106'),
                    ('91330100000000004D', 'RESCUE_STATION', '近站', '0571-4', 30.28, 120.13, '08:00-20:00', '330106'),
                    ('91330100000000005E', 'RESCUE_STATION', '远站', '0571-5', 30.35, 120.13, '00:00-24:00', '330108'),
                    ('91330100000000006F', 'RESCUE_STATION', '夜站', '0571-6', 30.271, 120.13, '20:00-08:00', '330106'),
                    ('91330100000000007G', 'RESCUE_STATION', '哑站', NULL, 30.2701, 120.13, '00:00-24:00', '330106');
                INSERT INTO equipment (code, category, name, use_unit_id, site_address, division_code, latitude, longitude)
                VALUES ('E-1', 'elevator', '1号梯', 1, '文三路 1 号', '330106', 30.27, 120.13),
                    ('E-2', 'elevator', '2号梯', 2, '文三路 2 号', '330108', NULL, NULL);
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on, until_on) VALUES
                    ('old', 1, 5, '2020-01-01', '2026-11-22'), ('now', 1, 3, '2026-11-22', '2026-11-23'), ('next', 1, 4, '2026-11-23', 'infinity');
                INSERT INTO simulated_clock (at) VALUES ('2026-11-22 10:00+08')
                """);
    }

    static Rule rule(String name) {
        return RULES.rule(name).orElseThrow();
    }

    /** An emergency of the machine, and the first call that follows from it. */
    long open(int machine) throws SQLException {
        find(machine, "t-emergency");
        clock.pass();
        return database.number("SELECT max(case_id) FROM rescue_case");
    }

    void find(int machine, String rule) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            AlertStore.find(connection, List.of(Finding.ofMachine(rule(rule), machine, now(), Map.of())));
        }
    }

    RescueDecisions.Call call(OptionalInt machine, String place) {
        return new RescueDecisions.Call(machine, place, Optional.empty(), false, NOTHING, Optional.empty());
    }

    Outcome decide(long caseId, RescueDecisions.Move move) {
        return desk.decide(caseId, move, OptionalInt.empty(), LI);
    }

    /** Lets time pass, and the clock look after it. */
    void passes(String interval) throws SQLException {
        move(interval);
        clock.pass();
    }

    /** Lets time pass while no service looks. */
    void move(String interval) {
        database.execute("UPDATE simulated_clock SET at = at + interval '" + interval + "'");
    }

    Instant now() {
        return Instant.ofEpochMilli(database.number("SELECT (extract(epoch FROM tean_now()) * 1000)::bigint"));
    }

    String link(long dispatchId) {
        return links.of(
                dispatchId,
                UUID.fromString(database.text("SELECT nonce FROM rescue_dispatch WHERE dispatch_id = " + dispatchId)),
                Instant.ofEpochMilli(database.number(
                        "SELECT (extract(epoch FROM called_at) * 1000)::bigint FROM rescue_dispatch WHERE dispatch_id = "
                                + dispatchId)));
    }

    /** Steps of the timeline in order, without what belongs to none. */
    String timeline(long caseId) {
        return database.text(
                "SELECT string_agg(step, ' ' ORDER BY entry_id) FROM case_entry WHERE case_id = " + caseId);
    }

    /** Level, unit, state and why it was called, of every call. */
    String calls(long caseId) {
        return database.text(
                "SELECT string_agg(concat_ws(' ', level, nullif(unit, ''), state, escalation, nullif(reason, '')), ', ' ORDER BY dispatch_id)"
                        + " FROM rescue_dispatch WHERE case_id = " + caseId);
    }

    String state(long caseId) {
        return database.text("SELECT state FROM rescue_case WHERE case_id = " + caseId);
    }

    String nextDue(long caseId) {
        return database.text(
                "SELECT concat_ws(' ', next_due, to_char(next_due_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI:SS')) FROM rescue_case WHERE case_id = "
                        + caseId);
    }

    String notices(long caseId) {
        return database.text(
                "SELECT string_agg(occasion, ' ' ORDER BY queued_at, occasion, dispatch_id) FROM notice WHERE case_id = "
                        + caseId);
    }

    void sound() {
        assertThat(meters.counter("tean.case.clock.failed").count()).isZero();
    }

    @Override
    public void close() {
        database.close();
    }
}
