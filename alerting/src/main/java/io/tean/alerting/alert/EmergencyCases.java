package io.tean.alerting.alert;

import io.tean.core.alert.Severity;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * Opens a rescue case with the alert of an emergency, in its transaction; or joins the machine's live one. Whom it calls, the case clock decides
 * after the commit. Never waits for a case that somebody holds: whoever holds one holds it FOR NO KEY UPDATE.
 */
final class EmergencyCases {
    /** After a release the car is moved and its sensors may speak of the old trouble for so long. */
    private static final String AFTERMATH = "interval '1 minute'";
    /** Code of the alarm button in the car: GB/T 24476. */
    private static final long BUTTON = 90;

    private EmergencyCases() {}

    private record Emergency(Finding finding, AlertStore.Found alert) {}

    private record Joined(long caseId, long alertId, boolean opened) {}

    /** For the emergencies among the findings that are not over; asks the database nothing when there is none. */
    static void open(
            Connection transaction, Map<Finding.Key, Finding> findings, Map<Finding.Key, AlertStore.Found> alerts)
            throws SQLException {
        List<Emergency> emergencies = new ArrayList<>();
        findings.forEach((key, finding) -> {
            AlertStore.Found alert = alerts.get(key);
            if (alert != null
                    && finding.rule().severity() == Severity.EMERGENCY
                    && finding.equipmentId().isPresent()
                    && finding.recoveredAt().isEmpty()) {
                emergencies.add(new Emergency(finding, alert));
            }
        });
        if (emergencies.isEmpty()) {
            return;
        }
        Map<Long, Integer> opened = insert(transaction, emergencies);
        List<Joined> joined = join(transaction, emergencies, opened);
        if (!joined.isEmpty()) {
            tell(transaction, emergencies, joined);
        }
    }

    /** The cases that were not there, with their machines. */
    private static Map<Long, Integer> insert(Connection transaction, List<Emergency> emergencies) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO rescue_case (equipment_id, division_code, origin, occurred_at)
                SELECT DISTINCT ON (a.equipment_id) a.equipment_id, a.division_code, f.origin, f.first
                FROM unnest(?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::text[]) AS f (alert_id, first, last, origin)
                JOIN alert a ON a.alert_id = f.alert_id
                WHERE a.cleared_at IS NULL AND a.equipment_id IS NOT NULL AND alert_silence(a) IS NULL
                    AND NOT EXISTS (SELECT FROM rescue_case c WHERE c.equipment_id = a.equipment_id
                                    AND (c.released_at IS NULL OR c.released_at > f.last - %s))
                ORDER BY a.equipment_id, f.first
                ON CONFLICT (equipment_id) WHERE state NOT IN ('RELEASED', 'RATED', 'CLOSED') DO NOTHING
                RETURNING case_id, equipment_id
                """.formatted(AFTERMATH))) {
            set(transaction, insert, emergencies);
            insert.setArray(
                    4,
                    transaction.createArrayOf(
                            "text",
                            emergencies.stream()
                                    .map(e -> byButton(e.finding) ? "CAR_BUTTON" : "TELEMETRY")
                                    .toArray()));
            try (ResultSet row = insert.executeQuery()) {
                Map<Long, Integer> opened = new HashMap<>();
                while (row.next()) {
                    opened.put(row.getLong(1), row.getInt(2));
                }
                return opened;
            }
        }
    }

    /** A statement of its own, so that it sees what another transaction opened a moment ago. */
    private static List<Joined> join(Connection transaction, List<Emergency> emergencies, Map<Long, Integer> opened)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO case_alert (case_id, alert_id)
                SELECT c.case_id, a.alert_id
                FROM unnest(?::bigint[], ?::timestamptz[], ?::timestamptz[]) AS f (alert_id, first, last)
                JOIN alert a ON a.alert_id = f.alert_id
                JOIN LATERAL (SELECT l.case_id FROM rescue_case l
                              WHERE l.equipment_id = a.equipment_id AND l.state <> 'CLOSED'
                                  AND (l.released_at IS NULL OR l.released_at > f.last - %s)
                              ORDER BY l.opened_at DESC, l.case_id DESC LIMIT 1) c ON true
                WHERE a.cleared_at IS NULL
                ORDER BY f.first, a.alert_id
                ON CONFLICT DO NOTHING
                RETURNING case_id, alert_id
                """.formatted(AFTERMATH))) {
            set(transaction, insert, emergencies);
            try (ResultSet row = insert.executeQuery()) {
                List<Joined> joined = new ArrayList<>();
                while (row.next()) {
                    long caseId = row.getLong(1);
                    joined.add(new Joined(caseId, row.getLong(2), opened.remove(caseId) != null));
                }
                return joined;
            }
        }
    }

    private static void tell(Connection transaction, List<Emergency> emergencies, List<Joined> joined)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO case_entry (case_id, step, state, actor_kind, actor, detail)
                SELECT c.case_id, n.step, c.state, 'system', 'alerting', jsonb_build_object('alert', a.alert_id, 'rule', a.rule)
                FROM unnest(?::bigint[], ?::bigint[], ?::text[]) WITH ORDINALITY AS n (case_id, alert_id, step, no)
                JOIN rescue_case c ON c.case_id = n.case_id JOIN alert a ON a.alert_id = n.alert_id
                ORDER BY n.no
                """)) {
            insert.setArray(
                    1, numbers(transaction, joined.stream().map(Joined::caseId).toList()));
            insert.setArray(
                    2, numbers(transaction, joined.stream().map(Joined::alertId).toList()));
            insert.setArray(
                    3,
                    transaction.createArrayOf(
                            "text",
                            joined.stream().map(j -> j.opened ? "OPEN" : "JOIN").toArray()));
            insert.executeUpdate();
        }
        Map<Long, Emergency> byAlert = new HashMap<>();
        emergencies.forEach(e -> byAlert.put(e.alert.alertId(), e));
        List<AuditEntry> entries = new ArrayList<>();
        for (Joined one : joined) {
            Emergency emergency = byAlert.get(one.alertId);
            if (emergency != null) {
                entries.add(entry(one, emergency));
            }
        }
        AuditTrail.writeAll(transaction, entries);
        wake(transaction);
    }

    private static AuditEntry entry(Joined one, Emergency emergency) {
        Map<String, Object> after = new TreeMap<>(
                Map.of("alert", one.alertId, "rule", emergency.finding.rule().name()));
        emergency.alert.equipmentCode().ifPresent(code -> after.put("equipment", code));
        AuditEntry entry = AuditEntry.of(
                AlertStore.ALERTING,
                one.opened ? "case.open" : "case.join",
                "case",
                Long.toString(one.caseId),
                Map.of(),
                after);
        return emergency
                .alert
                .organisation()
                .map(id -> entry.withOrganisation(OptionalInt.of(id)))
                .orElse(entry);
    }

    /** Notes in the live cases of emergencies that their condition no longer holds. That nobody is inside any more, only a person can say. */
    static void cleared(Connection transaction, Collection<Long> alerts) throws SQLException {
        if (alerts.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO case_entry (case_id, step, state, actor_kind, actor, detail)
                SELECT c.case_id, 'NOTE', c.state, 'system', 'alerting', jsonb_build_object('cleared', a.alert_id, 'rule', a.rule)
                FROM case_alert ca JOIN rescue_case c ON c.case_id = ca.case_id JOIN alert a ON a.alert_id = ca.alert_id
                WHERE ca.alert_id = ANY (?) AND c.state NOT IN ('RELEASED', 'RATED', 'CLOSED')
                """)) {
            insert.setArray(1, numbers(transaction, alerts));
            if (insert.executeUpdate() > 0) {
                wake(transaction);
            }
        }
    }

    private static void wake(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("SELECT pg_notify('tean_change', 'case')");
        }
    }

    /** Whether somebody in the car asked for help: the button itself, or the newest event before a status. */
    private static boolean byButton(Finding finding) {
        return isButton(finding.with().get("code")) || isButton(finding.with().get("last.elevator_event.code"));
    }

    private static boolean isButton(@org.jspecify.annotations.Nullable Object code) {
        return code instanceof Number number && number.longValue() == BUTTON;
    }

    private static void set(Connection transaction, PreparedStatement statement, List<Emergency> emergencies)
            throws SQLException {
        statement.setArray(
                1,
                numbers(
                        transaction,
                        emergencies.stream().map(e -> e.alert.alertId()).toList()));
        statement.setArray(
                2,
                times(
                        transaction,
                        emergencies.stream()
                                .map(e -> e.finding.first().toString())
                                .toList()));
        statement.setArray(
                3,
                times(
                        transaction,
                        emergencies.stream()
                                .map(e -> e.finding.last().toString())
                                .toList()));
    }

    private static Array numbers(Connection connection, Collection<Long> numbers) throws SQLException {
        return connection.createArrayOf("bigint", numbers.toArray());
    }

    private static Array times(Connection connection, Collection<String> times) throws SQLException {
        return connection.createArrayOf("text", times.toArray());
    }
}
