package io.tean.alerting.alert;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.TestRules;
import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A database with three machines at 10:00 of a day, and alerts opened by hand. */
final class AlertBook implements AutoCloseable {
    static final Instant TEN = Instant.parse("2026-11-22T02:00:00Z");
    static final RuleCatalogue RULES = TestRules.catalogue(
            TestRules.telemetry("t-emergency", "EMERGENCY", "site_mutes: true"),
            TestRules.telemetry("t-critical", "CRITICAL"),
            TestRules.telemetry("t-warning", "WARNING", "site_mutes: true"),
            TestRules.telemetry("t-notice", "NOTICE"),
            TestRules.telemetry("t-by-person", "WARNING", "closes: by_person"),
            TestRules.sweep("s-warning", "WARNING", "10m", "SELECT 1"),
            TestRules.file(SiteMuting.RULE, "site", "WARNING", "every: 10s\nsql: SELECT 1"));

    final TestDatabase database = TestDatabase.fresh();
    final DataSource pool = database.pool();

    void empty() {
        database.execute("""
                TRUNCATE alert, alert_finding, alert_rule, rule_window, notice, silence, audit_entry, audit_unsealed, equipment, organisation,
                    simulated_clock RESTART IDENTITY CASCADE;
                INSERT INTO organisation (credit_code, kind, name) VALUES ('91330100000000001A', 'USE_UNIT', '东方商城'),
                    ('91330100000000002B', 'USE_UNIT', '西湖医院');
                INSERT INTO equipment (code, category, name, use_unit_id, site_address, division_code)
                VALUES ('E-1', 'elevator', '1号梯', 1, '文三路 1 号', '330106'), ('E-2', 'elevator', '2号梯', 1, '文三路 2 号', '330106'),
                    ('E-3', 'elevator', '3号梯', 2, '文三路 1 号', '330108');
                INSERT INTO simulated_clock (at) VALUES ('2026-11-22 10:00+08')
                """);
    }

    static Rule rule(String name) {
        return RULES.rule(name).orElseThrow();
    }

    /** Opens or repeats, at the moment that it is. */
    long open(int equipment, String rule) throws SQLException {
        return open(Finding.ofMachine(rule(rule), equipment, now(), Map.of()));
    }

    long open(Finding finding) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            return AlertStore.find(connection, List.of(finding))
                    .values()
                    .iterator()
                    .next()
                    .alertId();
        }
    }

    void clear(int equipment, String rule) throws SQLException {
        clear(Integer.toString(equipment), rule);
    }

    void clear(String subject, String rule) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            AlertStore.recover(connection, List.of(new Recovery(rule(rule), subject, now())));
        }
    }

    Instant now() {
        return Instant.ofEpochMilli(database.number("SELECT (extract(epoch FROM tean_now()) * 1000)::bigint"));
    }

    void passes(String interval) {
        database.execute("UPDATE simulated_clock SET at = at + interval '" + interval + "'");
    }

    /** Actions of the audit trail with the alert or silence and who did it, in order. */
    String trail() {
        return database.text(
                "SELECT string_agg(action || ' ' || subject || ' ' || actor, ', ' ORDER BY audit_id) FROM audit_entry");
    }

    @Override
    public void close() {
        database.close();
    }
}
