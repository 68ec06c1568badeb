package io.tean.alerting.alert;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.audit.AuditEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * While a whole site is without power, the alerts of its single machines that this explains call nobody, but stay listed. Never those of
 * emergencies. Somebody else's row is left for the next look, so that the lanes never wait.
 */
public final class SiteMuting {
    /** The rule whose subject is use unit and address. */
    public static final String RULE = "site-power-failure";

    private final DataSource pool;
    private final RuleCatalogue rules;

    public SiteMuting(DataSource pool, RuleCatalogue rules) {
        this.pool = pool;
        this.rules = rules;
    }

    /** How many alerts one look muted, and how many it gave their voice back. */
    public record Muted(int muted, int unmuted) {}

    public Muted run() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            Object[] mutable = rules.names(Rule::siteMutes).toArray();
            int unmuted = change(connection, "alert.unmute", mutable, """
                    WITH free AS (
                        SELECT m.alert_id, m.muted_by FROM alert m
                        WHERE m.muted_by IS NOT NULL AND m.state <> 'closed' AND m.cleared_at IS NULL
                            AND (NOT m.rule = ANY (?) OR NOT EXISTS (SELECT FROM alert s
                                WHERE s.alert_id = m.muted_by AND s.state <> 'closed' AND s.cleared_at IS NULL))
                        ORDER BY m.alert_id FOR UPDATE OF m SKIP LOCKED)
                    UPDATE alert a SET muted_by = NULL FROM free
                    WHERE a.alert_id = free.alert_id
                    RETURNING a.alert_id, free.muted_by, NULL::bigint,
                        (SELECT u.use_unit_id FROM equipment u WHERE u.equipment_id = a.equipment_id)
                    """);
            int muted = change(connection, "alert.mute", mutable, """
                    WITH site AS (
                        SELECT min(s.alert_id) AS alert_id, e.equipment_id
                        FROM alert s
                        -- A subject is use_unit_id, a blank and the address; by the number the index finds its machines.
                        JOIN equipment e ON e.use_unit_id = CASE WHEN s.subject ~ '^[0-9]{1,9} ' THEN split_part(s.subject, ' ', 1)::integer END
                            AND s.subject = e.use_unit_id || ' ' || e.site_address
                        WHERE s.rule = '%s' AND s.subject_kind = 'SITE' AND s.state <> 'closed' AND s.cleared_at IS NULL
                        GROUP BY e.equipment_id),
                    mute AS (
                        SELECT m.alert_id, site.alert_id AS site FROM alert m JOIN site ON site.equipment_id = m.equipment_id
                        WHERE m.subject_kind = 'MACHINE' AND m.state <> 'closed' AND m.cleared_at IS NULL AND m.muted_by IS NULL
                            AND m.severity <> 'EMERGENCY' AND m.rule = ANY (?)
                        ORDER BY m.alert_id FOR UPDATE OF m SKIP LOCKED)
                    UPDATE alert a SET muted_by = mute.site FROM mute
                    WHERE a.alert_id = mute.alert_id
                    RETURNING a.alert_id, NULL::bigint, a.muted_by,
                        (SELECT u.use_unit_id FROM equipment u WHERE u.equipment_id = a.equipment_id)
                    """.formatted(RULE));
            connection.commit();
            return new Muted(muted, unmuted);
        }
    }

    private static int change(Connection transaction, String action, Object[] mutable, String sql) throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        try (PreparedStatement update = transaction.prepareStatement(sql)) {
            update.setArray(1, transaction.createArrayOf("text", mutable));
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    Integer organisation = row.getObject(4, Integer.class);
                    entries.add(AuditEntry.of(
                                    AlertStore.ALERTING,
                                    action,
                                    "alert",
                                    row.getString(1),
                                    mutedBy(row.getString(2)),
                                    mutedBy(row.getString(3)))
                            .withOrganisation(
                                    organisation == null ? OptionalInt.empty() : OptionalInt.of(organisation)));
                }
            }
        }
        AlertStore.tell(transaction, entries, List.of());
        return entries.size();
    }

    private static Map<String, String> mutedBy(@Nullable String alert) {
        return Optional.ofNullable(alert).map(id -> Map.of("muted_by", id)).orElse(Map.of());
    }
}
