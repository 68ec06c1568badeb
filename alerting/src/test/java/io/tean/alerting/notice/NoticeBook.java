package io.tean.alerting.notice;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.alerting.channel.Channels;
import io.tean.core.store.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** A database with a machine, everybody around it, and the clock at 10:00 of a Sunday in China; and outboxes that hurry. */
final class NoticeBook implements AutoCloseable {
    static final int UNIT = 1;
    static final int FIRM = 2;
    static final int BODY = 3;
    static final int STATION = 4;
    static final int RESCUE = 5;
    static final Duration PATIENCE = Duration.ofSeconds(30);

    final TestDatabase database = TestDatabase.fresh();
    final DataSource pool = database.pool();
    private final List<AutoCloseable> open = new ArrayList<>();

    void empty() {
        database.execute("""
                TRUNCATE delivery_attempt, delivery, notice, recipient, channel_budget, case_alert, rescue_dispatch, rescue_case, alert, alert_rule,
                    silence, contract, equipment, organisation, simulated_clock, audit_entry, audit_unsealed RESTART IDENTITY CASCADE;
                INSERT INTO organisation (credit_code, kind, name, telephone) VALUES
                    ('91330100000000001A', 'USE_UNIT', '东方商城', NULL), ('91330100000000002B', 'MAINTENANCE_FIRM', '迅达维保', NULL),
                    ('91330100000000003C', 'INSPECTION_BODY', '特检院', NULL), ('91330100000000004D', 'FILLING_STATION', '充装站', NULL),
                    ('91330100000000005E', 'RESCUE_STATION', '救援站', '0571-9633300');
                INSERT INTO equipment (code, category, name, use_unit_id, inspection_body_id, site_address, division_code, rescue_code)
                VALUES ('E-1', 'elevator', '1号梯', 1, 3, '文三路 1 号', '330106', '310001');
                INSERT INTO contract (contract_no, equipment_id, firm_id, from_on) VALUES ('K-1', 1, 2, '2026-01-01');
                INSERT INTO alert_rule (rule, version, effective, subject_kind, severity, dispatch_class, title_zh, title_en, advice_zh, advice_en,
                    source, clause, mark, conditions)
                VALUES ('t', 1, '2026-01-01', 'MACHINE', 'WARNING', 'maintenance', '维保超期', 'Overdue', '', '', 's', 'c', 'seen', '[]');
                INSERT INTO simulated_clock (at) VALUES ('2026-11-22 10:00+08')
                """);
    }

    long alert(String dispatch, String severity) {
        return alert(dispatch, severity, "t");
    }

    long alert(String dispatch, String severity, String rule) {
        return number("""
                INSERT INTO alert (subject_kind, subject, equipment_id, rule, severity, dispatch_class, division_code, first_seen, last_seen, activated_at)
                VALUES ('MACHINE', '1', 1, '%s', '%s', '%s', '330106', tean_now(), tean_now(), tean_now()) RETURNING alert_id
                """.formatted(rule, severity, dispatch));
    }

    /** A notice of it. */
    void notice(long alert, String occasion) {
        database.execute("""
                INSERT INTO notice (notice_id, alert_id, occasion, severity, dispatch_class)
                SELECT gen_random_uuid(), alert_id, '%s', severity, dispatch_class FROM alert WHERE alert_id = %d
                """.formatted(occasion, alert));
    }

    /** So many alerts of different rules, each with its notice. */
    void alerts(int count, String dispatch, String severity) {
        for (int i = 0; i < count; i++) {
            notice(alert(dispatch, severity, "t" + severity + i), "OPENED");
        }
    }

    /** A case with one unit called, and the notice that calls it. */
    long call(int organisation) {
        database.execute(
                "INSERT INTO rescue_case (equipment_id, origin, occurred_at, trapped_count) VALUES (1, 'CALL', tean_now(), 2)");
        long dispatch = number("""
                INSERT INTO rescue_dispatch (case_id, level, automatic, organisation_id, unit, telephone, escalation)
                SELECT 1, 2, true, organisation_id, name, coalesce(telephone, ''), 'FIRST' FROM organisation WHERE organisation_id = %d
                RETURNING dispatch_id
                """.formatted(organisation));
        database.execute("""
                INSERT INTO notice (notice_id, case_id, dispatch_id, occasion, severity, dispatch_class)
                VALUES (gen_random_uuid(), 1, %d, 'CALLED', 'EMERGENCY', 'rescue')
                """.formatted(dispatch));
        return dispatch;
    }

    /** @param organisation 0 is the bureau */
    long recipient(int organisation, String duty, String more) {
        return recipient(organisation, duty, "zh", "AT_ONCE", more);
    }

    /** @param channels names, in the order in which they are tried */
    long recipient(int organisation, String duty, String language, String digest, String... channels) {
        StringBuilder addresses = new StringBuilder();
        for (String channel : channels) {
            addresses.append(addresses.isEmpty() ? "" : ",").append("{\"channel\": \"" + channel + "\", \"to\": \"\"}");
        }
        return number("""
                INSERT INTO recipient (organisation_id, duty, name, language, digest, addresses)
                VALUES (nullif(%d, 0), '%s', '%s', '%s', '%s', '[%s]') RETURNING recipient_id
                """.formatted(organisation, duty, duty + organisation, language, digest, addresses));
    }

    long number(String sql) {
        return database.number(sql);
    }

    String text(String sql) {
        return database.text(sql);
    }

    void passes(String interval) {
        database.execute("UPDATE simulated_clock SET at = at + interval '" + interval + "'");
    }

    void route(Channels channels) throws SQLException {
        Router router = new Router(pool, Routes.builtIn(), channels);
        while (router.route() > 0) {
            // More may wait.
        }
    }

    /** What time does, now. */
    void keep(Channels channels) throws SQLException {
        new Deliveries(pool, Duration.ofSeconds(10))
                .keep(channels.all().stream().map(c -> c.name()).toList());
    }

    /** Who is told, in order. */
    String told() {
        return text(
                "SELECT coalesce(string_agg(recipient_name, ', ' ORDER BY recipient_name), '') FROM delivery WHERE state <> 'dead' AND notice_id IS NOT NULL");
    }

    Channels channels(String yaml) {
        Channels channels =
                Channels.read("site.yaml", "channels:\n" + yaml, Map.of(), InstantSource.system(), PATIENCE);
        open.add(channels);
        return channels;
    }

    Outbox outbox(Channels channels) {
        Outbox outbox = Outbox.start(
                database.pool(),
                Routes.builtIn(),
                channels,
                "https://tean.example/",
                dispatch -> "link" + dispatch,
                new SimpleMeterRegistry(),
                new Outbox.Pace(
                        Duration.ofMillis(20), Duration.ofMillis(50), Duration.ofMillis(20), Duration.ofMinutes(2)));
        open.add(outbox);
        return outbox;
    }

    void closeOutboxes() throws Exception {
        for (AutoCloseable each : open.reversed()) {
            each.close();
        }
        open.clear();
    }

    @Override
    public void close() {
        database.close();
    }
}
