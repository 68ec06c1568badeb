package io.tean.core.audit;

import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import tools.jackson.databind.json.JsonMapper;

/** Writes entries in the caller's transaction, so that the change and its entry are committed together or not at all; and lists them. */
public final class AuditTrail {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");
    private static final String NO_CHARACTER = "\uFFFD";

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
                insert.setString(2, storable(entry.actor().name()));
                insert.setString(
                        3, entry.actor().source().map(AuditTrail::storable).orElse(null));
                insert.setString(4, storable(entry.action()));
                insert.setString(5, storable(entry.subjectKind()));
                insert.setString(6, storable(entry.subject()));
                if (entry.organisationId().isPresent()) {
                    insert.setInt(7, entry.organisationId().getAsInt());
                } else {
                    insert.setNull(7, Types.INTEGER);
                }
                insert.setString(8, entry.before().isEmpty() ? null : json(entry.before()));
                insert.setString(9, entry.after().isEmpty() ? null : json(entry.after()));
                insert.setString(10, entry.reason().map(AuditTrail::storable).orElse(null));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /**
     * Writes the entries that a query gives, for changes that are too many to go through memory.
     *
     * @param reason the same for all
     * @param select action, subject kind, subject, organisation id, before, after; the last two JSON as text or null
     * @return how many
     */
    public static int writeSelected(Connection connection, Actor actor, Optional<String> reason, String select)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO audit_entry (actor_kind, actor, source, reason, action, subject_kind, subject, organisation_id, before, after)
                SELECT ?, ?, ?, ?, s.action, s.subject_kind, s.subject, s.organisation_id, s.before::json, s.after::json
                FROM (%s) AS s (action, subject_kind, subject, organisation_id, before, after)
                """.formatted(select))) {
            insert.setString(1, actor.kind().word());
            insert.setString(2, storable(actor.name()));
            insert.setString(3, actor.source().map(AuditTrail::storable).orElse(null));
            insert.setString(4, reason.map(AuditTrail::storable).orElse(null));
            return insert.executeUpdate();
        }
    }

    /** In JSON text U+0000 stands as an escape; half a surrogate pair is no character, and the database would refuse the change for it. */
    private static String json(Map<String, ?> values) {
        return LONE_SURROGATE.matcher(JSON.writeValueAsString(values)).replaceAll(NO_CHARACTER);
    }

    private static String storable(String text) {
        return LONE_SURROGATE.matcher(text).replaceAll(NO_CHARACTER).replace("\0", NO_CHARACTER);
    }

    /**
     * An entry as written.
     *
     * @param before JSON
     * @param after JSON
     * @param sealNo empty while it waits for its seal
     */
    public record Listed(
            long id,
            Instant at,
            String actorKind,
            String actor,
            Optional<String> source,
            String action,
            String subjectKind,
            String subject,
            OptionalInt organisationId,
            Optional<String> before,
            Optional<String> after,
            Optional<String> reason,
            OptionalLong sealNo) {}

    /** The newest ones first. */
    public static List<Listed> newest(DataSource database, int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT e.audit_id, e.at, e.actor_kind, e.actor, e.source, e.action, e.subject_kind, e.subject,
                            e.organisation_id, e.before::text, e.after::text, e.reason, s.seal_no
                        FROM audit_entry e LEFT JOIN audit_seal s ON s.audit_id = e.audit_id
                        ORDER BY e.audit_id DESC LIMIT ?
                        """)) {
            select.setInt(1, most);
            try (ResultSet row = select.executeQuery()) {
                List<Listed> entries = new ArrayList<>();
                while (row.next()) {
                    entries.add(listed(row));
                }
                return entries;
            }
        } catch (SQLException e) {
            throw new StoreException("cannot list the audit entries: " + e.getMessage(), e);
        }
    }

    private static Listed listed(ResultSet row) throws SQLException {
        Integer organisation = row.getObject(9, Integer.class);
        Long seal = row.getObject(13, Long.class);
        return new Listed(
                row.getLong(1),
                row.getObject(2, OffsetDateTime.class).toInstant(),
                row.getString(3),
                row.getString(4),
                Optional.ofNullable(row.getString(5)),
                row.getString(6),
                row.getString(7),
                row.getString(8),
                organisation == null ? OptionalInt.empty() : OptionalInt.of(organisation),
                Optional.ofNullable(row.getString(10)),
                Optional.ofNullable(row.getString(11)),
                Optional.ofNullable(row.getString(12)),
                seal == null ? OptionalLong.empty() : OptionalLong.of(seal));
    }
}
