package io.tean.alerting.entrapment;

import io.tean.core.reading.InTransactionStep;
import io.tean.core.reading.Reading;
import io.tean.core.stream.StreamDeclaration;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.List;

/**
 * Every entrapment event (code 11, 困人, domain 1.6) leads to exactly one alert: it opens one, or it is counted by the one that is
 * open for the machine already. A closed alert is never opened again: the next event opens a new one.
 */
public final class EntrapmentStep implements InTransactionStep {
    private static final String RULE = "entrapment";
    private static final long ENTRAPMENT = 11;

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
        for (Reading event : inserted) {
            if (event.integer("code") == ENTRAPMENT && isBeginning(event)) {
                find(transaction, event, openOrRepeat(transaction, event));
            }
        }
        return () -> {};
    }

    /** A source that reports the end of an entrapment as well marks it as cleared; that calls nobody. */
    private static boolean isBeginning(Reading event) {
        return !event.knows("cleared") || !event.bool("cleared");
    }

    private static long openOrRepeat(Connection transaction, Reading event) throws SQLException {
        try (PreparedStatement upsert = transaction.prepareStatement("""
                INSERT INTO alert AS a (equipment_id, rule, severity, first_seen, last_seen) VALUES (?, ?, 'EMERGENCY', ?, ?)
                ON CONFLICT (equipment_id, rule) WHERE state <> 'closed' DO UPDATE
                    SET findings = a.findings + 1,
                        first_seen = least(a.first_seen, excluded.first_seen),
                        last_seen = greatest(a.last_seen, excluded.last_seen)
                RETURNING alert_id
                """)) {
            upsert.setInt(1, event.equipmentId());
            upsert.setString(2, RULE);
            upsert.setObject(3, event.time().atOffset(ZoneOffset.UTC));
            upsert.setObject(4, event.time().atOffset(ZoneOffset.UTC));
            try (ResultSet row = upsert.executeQuery()) {
                row.next();
                return row.getLong(1);
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
