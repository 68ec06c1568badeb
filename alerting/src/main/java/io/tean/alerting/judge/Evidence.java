package io.tean.alerting.judge;

import io.tean.alerting.alert.AlertStore;
import io.tean.alerting.alert.Finding;
import io.tean.core.reading.Reading;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/** A reading that fulfilled a rule, and the alert that it belongs to. */
record Evidence(int equipmentId, String stream, long micros, List<String> keyValues, Finding.Key alert) {
    static Evidence of(Reading reading, Finding.Key alert) {
        return new Evidence(
                reading.equipmentId(), reading.stream().name(), reading.epochMicros(), reading.keyValues(), alert);
    }

    static void write(Connection transaction, List<Evidence> evidence, Map<Finding.Key, AlertStore.Found> alerts)
            throws SQLException {
        if (evidence.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO alert_finding (equipment_id, stream, time, key_values, rule, alert_id) VALUES (?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)) {
            for (Evidence one : evidence) {
                AlertStore.Found alert = alerts.get(one.alert);
                if (alert != null) {
                    insert.setInt(1, one.equipmentId);
                    insert.setString(2, one.stream);
                    insert.setObject(3, WindowRows.time(one.micros));
                    insert.setArray(4, transaction.createArrayOf("text", one.keyValues.toArray()));
                    insert.setString(5, one.alert.rule());
                    insert.setLong(6, alert.alertId());
                    insert.addBatch();
                }
            }
            insert.executeBatch();
        }
    }
}
