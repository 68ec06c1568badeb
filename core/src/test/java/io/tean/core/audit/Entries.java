package io.tean.core.audit;

import io.tean.core.store.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;

/** Entries that tests write. */
final class Entries {
    private Entries() {}

    static AuditEntry entry(String subject) {
        return AuditEntry.of(
                Actor.account("li.wei", "10.0.0.7"),
                "account.rename",
                "account",
                subject,
                Map.of("name", "李伟"),
                Map.of("name", "李蔚"));
    }

    /** Each in a transaction of its own. */
    static void write(DataSource pool, AuditEntry... entries) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            for (AuditEntry entry : entries) {
                AuditTrail.write(connection, entry);
            }
        }
    }

    /** So many at once, by the database itself. */
    static void writeMany(TestDatabase database, int count) {
        database.execute("INSERT INTO audit_entry (actor_kind, actor, action, subject_kind, subject, after)"
                + " SELECT 'system', 'alerting', 'alert.open', 'alert', n::text, json_build_object('n', n)"
                + " FROM generate_series(1, " + count + ") n");
    }

    static void empty(TestDatabase database) {
        database.execute("TRUNCATE audit_entry, audit_unsealed, audit_seal RESTART IDENTITY");
    }
}
