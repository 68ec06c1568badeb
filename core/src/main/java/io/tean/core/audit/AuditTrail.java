package io.tean.core.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries in the caller's transaction: the change and its entry are committed together or not at all. */
public final class AuditTrail {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

    private AuditTrail() {}

    public static void write(Connection connection, AuditEntry entry) throws SQLException {
        writeAll(connection, List.of(entry));
    }

    public static void writeAll(Connection connection, Iterable<AuditEntry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO audit_entry
                    (actor_kind, actor, source, action, subject_kind, subject, organisation_id, before, after, reason)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?::json, ?::json, ?)
                """)) {
            for (AuditEntry entry : entries) {
                insert.setString(1, entry.actor().kind().word());
                insert.setString(2, entry.actor().name());
                insert.setString(3, entry.actor().source().orElse(null));
                insert.setString(4, entry.action());
                insert.setString(5, entry.subjectKind());
                insert.setString(6, entry.subject());
                if (entry.organisationId().isPresent()) {
                    insert.setInt(7, entry.organisationId().getAsInt());
                } else {
                    insert.setNull(7, Types.INTEGER);
                }
                insert.setString(8, entry.before().isEmpty() ? null : json(entry.before()));
                insert.setString(9, entry.after().isEmpty() ? null : json(entry.after()));
                insert.setString(10, entry.reason().orElse(null));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Half a surrogate pair is no character, and PostgreSQL would refuse the whole change for it. */
    private static String json(Map<String, ?> values) {
        return LONE_SURROGATE.matcher(JSON.writeValueAsString(values)).replaceAll("\uFFFD");
    }
}
