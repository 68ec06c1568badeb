package io.tean.alerting.entrapment;

import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every entrapment event (code 11, 困人, domain 1.6) leads to exactly one alert: it opens one, or it is counted by the one that is
 * open for the machine already. A closed alert is never opened again: the next event opens a new one.
 */
public final class EntrapmentStep implements InTransactionStep {
    private static final String RULE = "entrapment";
    private static final String SEVERITY = "EMERGENCY";
    private static final long ENTRAPMENT = 11;
    private static final Actor ALERTING = Actor.system("alerting");

    @Override
    public String name() {
        return RULE;
    }

    @Override
    public boolean wants(StreamDeclaration stream) {
        return stream.name().equals("elevator-event");
    }

    @Override
    public Runnable judge(Connection transaction, List<Reading> inserted) throws SQLException {
        List<AuditEntry> opened = new ArrayList<>();
        for (Reading event : inserted) {
            if (event.integer("code") == ENTRAPMENT && isBeginning(event)) {
                Alert alert = openOrRepeat(transaction, event);
                find(transaction, event, alert.id);
                if (alert.isNew) {
                    opened.add(opening(alert));
                }
            }
        }
        if (!opened.isEmpty()) {
            AuditTrail.writeAll(transaction, opened);
        }
        return () -> {};
    }

    /** A source that reports the end of an entrapment as well marks it as cleared; that calls nobody. */
    private static boolean isBeginning(Reading event) {
        return !event.knows("cleared") || !event.bool("cleared");
    }

    /** @param equipment its code, or its inner number when it is not in the register any more */
    private record Alert(long id, boolean isNew, String equipment) {}

    private static AuditEntry opening(Alert alert) {
        return AuditEntry.of(
                ALERTING,
                "alert.open",
                "alert",
                Long.toString(alert.id),
                Map.of(),
                new TreeMap<>(Map.of("rule", RULE, "severity", SEVERITY, "equipment", alert.equipment)));
    }

    private static Alert openOrRepeat(Connection transaction, Reading event) throws SQLException {
        try (PreparedStatement upsert = transaction.prepareStatement("""
                INSERT INTO alert AS a (subject_kind, subject, dispatch_class, equipment_id, rule, severity, first_seen, last_seen)
                VALUES ('MACHINE', ?, 'rescue', ?, ?, ?, ?, ?)
                ON CONFLICT (subject_kind, subject, rule) WHERE state <> 'closed' DO UPDATE
                    SET findings = a.findings + 1,
                        first_seen = least(a.first_seen, excluded.first_seen),
                        last_seen = greatest(a.last_seen, excluded.last_seen)
                RETURNING alert_id, findings = 1,
                    coalesce((SELECT code FROM equipment e WHERE e.equipment_id = a.equipment_id), a.equipment_id::text)
                """)) {
            upsert.setString(1, Integer.toString(event.equipmentId()));
            upsert.setInt(2, event.equipmentId());
            upsert.setString(3, RULE);
            upsert.setString(4, SEVERITY);
            upsert.setObject(5, event.time().atOffset(ZoneOffset.UTC));
            upsert.setObject(6, event.time().atOffset(ZoneOffset.UTC));
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return new Alert(row.getLong(1), row.getBoolean(2), row.getString(3));
            }
        }
    }

    private static void find(Connection transaction, Reading event, long alertId) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO alert_finding (equipment_id, stream, time, key_values, rule, alert_id) VALUES (?, ?, ?, ?, ?, ?)
                """)) {
            insert.setInt(1, event.equipmentId());
            insert.setString(2, event.stream().name());
            insert.setObject(3, event.time().atOffset(ZoneOffset.UTC));
            insert.setArray(
                    4, transaction.createArrayOf("text", event.keyValues().toArray()));
            insert.setString(5, RULE);
            insert.setLong(6, alertId);
            insert.executeUpdate();
        }
    }
}
