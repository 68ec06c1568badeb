package io.tean.alerting.alert;

import io.tean.alerting.rule.SubjectKind;
import io.tean.core.alert.Severity;
import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes findings and recoveries in the caller's transaction, with everything that follows: the alert, its audit entry, its notice, and the word
 * to whoever listens. SQL decides whether a finding opens, repeats or re-activates, not memory.
 */
public final class AlertStore {
    static final Actor ALERTING = Actor.system("alerting");
    private static final JsonMapper JSON = new JsonMapper();

    private AlertStore() {}

    /** What became of the findings of one subject and rule. */
    public enum Effect {
        OPENED,
        REACTIVATED,
        REPEATED
    }

    /**
     * @param organisation whose people may read of it in the audit trail
     * @param equipmentCode of the machine that it is about, when it is registered
     */
    public record Found(long alertId, Effect effect, Optional<Integer> organisation, Optional<String> equipmentCode) {}

    /** The alerts of the findings, by their keys. */
    public static Map<Finding.Key, Found> find(Connection transaction, Collection<Finding> findings)
            throws SQLException {
        Map<Finding.Key, Finding> merged = new LinkedHashMap<>();
        // Always in the same order: two transactions that meet on the same alerts must not wait for each other.
        findings.stream()
                .sorted(Comparator.comparing((Finding f) -> f.key().toString()).thenComparing(Finding::first))
                .forEach(f -> merged.merge(f.key(), f, Finding::and));
        if (merged.isEmpty()) {
            return Map.of();
        }
        Map<Finding.Key, Found> found = upsert(transaction, merged);
        List<AuditEntry> entries = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        merged.forEach((key, finding) -> {
            Found alert = found.get(key);
            if (alert != null && alert.effect != Effect.REPEATED) {
                boolean opened = alert.effect == Effect.OPENED;
                entries.add(entry(opened ? "alert.open" : "alert.reactivate", alert, finding));
                notices.add(new Notice(
                        Notices.beginning(key, began(finding)),
                        alert.alertId,
                        opened ? "OPENED" : "REACTIVATED",
                        finding.rule().severity().name(),
                        finding.rule().dispatchClass()));
            }
        });
        tell(transaction, entries, notices);
        EmergencyCases.open(transaction, merged, found);
        return found;
    }

    /** A look finds what may have begun long before, again and again; of readings the earliest tells one beginning from another. */
    private static Instant began(Finding finding) {
        return finding.rule().sweep().isPresent() ? finding.last() : finding.first();
    }

    /** Marks alerts as cleared whose conditions no longer hold; those of which another condition still holds stay. Answers the severity of each. */
    public static List<Severity> recover(Connection transaction, Collection<Recovery> recoveries) throws SQLException {
        if (recoveries.isEmpty()) {
            return List.of();
        }
        List<Recovery> sorted = recoveries.stream()
                .sorted(Comparator.comparing(r -> r.subject() + " " + r.rule().name()))
                .toList();
        List<AuditEntry> entries = new ArrayList<>();
        List<Notice> notices = new ArrayList<>();
        try (PreparedStatement update = transaction.prepareStatement("""
                UPDATE alert a SET cleared_at = r.at
                FROM (SELECT kind, subject, rule, max(at) AS at
                      FROM unnest(?::text[], ?::text[], ?::text[], ?::timestamptz[]) AS r (kind, subject, rule, at) GROUP BY 1, 2, 3) AS r
                WHERE a.subject_kind = r.kind AND a.subject = r.subject AND a.rule = r.rule
                    AND a.state <> 'closed' AND a.cleared_at IS NULL AND a.last_seen <= r.at
                    AND NOT EXISTS (SELECT FROM rule_window w WHERE w.equipment_id = a.equipment_id AND w.rule = a.rule AND w.fired
                                    AND a.subject_kind = 'MACHINE')
                RETURNING a.alert_id, a.rule, a.severity, a.dispatch_class, a.activations, a.cleared_at::text,
                    coalesce(a.organisation_id, (SELECT u.use_unit_id FROM equipment u WHERE u.equipment_id = a.equipment_id))
                """)) {
            update.setArray(
                    1,
                    texts(
                            transaction,
                            sorted.stream().map(r -> r.rule().subject().name())));
            update.setArray(2, texts(transaction, sorted.stream().map(Recovery::subject)));
            update.setArray(
                    3, texts(transaction, sorted.stream().map(r -> r.rule().name())));
            update.setArray(4, texts(transaction, sorted.stream().map(r -> r.at().toString())));
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    long alert = row.getLong(1);
                    entries.add(entry(
                            "alert.clear",
                            alert,
                            new TreeMap<>(Map.of("rule", row.getString(2), "cleared_at", row.getString(6))),
                            Optional.ofNullable(row.getObject(7, Integer.class))));
                    notices.add(new Notice(
                            Notices.ending(alert, "CLEARED", row.getInt(5)),
                            alert,
                            "CLEARED",
                            row.getString(3),
                            row.getString(4)));
                }
            }
        }
        tell(transaction, entries, notices);
        EmergencyCases.cleared(
                transaction,
                notices.stream()
                        .filter(n -> n.severity.equals(Severity.EMERGENCY.name()))
                        .map(Notice::alertId)
                        .toList());
        return notices.stream().map(n -> Severity.valueOf(n.severity)).toList();
    }

    /** Says in the transaction that alerts change: whoever listens hears it when it is committed. */
    static void wake(Connection transaction) throws SQLException {
        try (Statement statement = transaction.createStatement()) {
            statement.execute("SELECT pg_notify('tean_change', 'alert')");
        }
    }

    record Notice(UUID id, long alertId, String occasion, String severity, String dispatchClass) {}

    static void tell(Connection transaction, List<AuditEntry> entries, List<Notice> notices) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        AuditTrail.writeAll(transaction, entries);
        try (PreparedStatement insert = transaction.prepareStatement("""
                INSERT INTO notice (notice_id, alert_id, occasion, severity, dispatch_class) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (notice_id) DO NOTHING
                """)) {
            for (Notice notice : notices) {
                bind(insert, notice.id, notice);
                insert.addBatch();
            }
            int[] inserted = insert.executeBatch();
            for (int i = 0; i < inserted.length; i++) {
                // What is found again after its alert was closed began when it began before: a new alert, and a notice
                // of its own.
                if (inserted[i] == 0) {
                    Notice notice = notices.get(i);
                    bind(insert, Notices.ending(notice.alertId, notice.occasion, 0), notice);
                    insert.executeUpdate();
                }
            }
        }
        wake(transaction);
    }

    private static void bind(PreparedStatement insert, UUID id, Notice notice) throws SQLException {
        insert.setObject(1, id);
        insert.setLong(2, notice.alertId);
        insert.setString(3, notice.occasion);
        insert.setString(4, notice.severity);
        insert.setString(5, notice.dispatchClass);
    }

    private static Map<Finding.Key, Found> upsert(Connection transaction, Map<Finding.Key, Finding> merged)
            throws SQLException {
        Collection<Finding> findings = merged.values();
        Map<Finding.Key, Found> found = new HashMap<>();
        try (PreparedStatement upsert = transaction.prepareStatement("""
                INSERT INTO alert AS a (subject_kind, subject, rule, severity, dispatch_class, equipment_id, organisation_id, division_code,
                    first_seen, last_seen, findings, late, cleared_at, opened_with, latest_with, opened_at, activated_at, firm_id)
                SELECT f.kind, f.subject, f.rule, f.severity, f.dispatch, f.equipment_id, f.organisation_id,
                    coalesce(nullif(f.division, ''), e.division_code, ''), f.first, f.last, f.count,
                    NOT f.looked AND tean_now() - f.first > interval '2 minutes', f.recovered, f.seen::jsonb, f.seen::jsonb, now(), now(),
                    CASE WHEN lower(e.category) = 'elevator' THEN
                        (SELECT c.firm_id FROM contract c, LATERAL (SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date AS day) AS today
                         WHERE c.equipment_id = f.equipment_id AND c.from_on <= day AND c.until_on > day
                         ORDER BY c.from_on DESC, c.contract_id DESC LIMIT 1) END
                FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::integer[], ?::integer[], ?::text[],
                    ?::timestamptz[], ?::timestamptz[], ?::integer[], ?::timestamptz[], ?::text[], ?::boolean[])
                    AS f (kind, subject, rule, severity, dispatch, equipment_id, organisation_id, division, first, last, count, recovered, seen,
                        looked)
                LEFT JOIN equipment e ON e.equipment_id = f.equipment_id
                ON CONFLICT (subject_kind, subject, rule) WHERE state <> 'closed' DO UPDATE SET
                    findings = a.findings + excluded.findings,
                    first_seen = least(a.first_seen, excluded.first_seen),
                    last_seen = greatest(a.last_seen, excluded.last_seen),
                    latest_with = CASE WHEN excluded.last_seen >= a.last_seen THEN excluded.latest_with ELSE a.latest_with END,
                    -- Only what happened after the recovery brings it back.
                    state = CASE WHEN excluded.cleared_at IS NULL AND excluded.last_seen > a.cleared_at THEN 'open' ELSE a.state END,
                    activations = a.activations
                        + (excluded.cleared_at IS NULL AND excluded.last_seen > coalesce(a.cleared_at, 'infinity'))::integer,
                    activated_at = CASE WHEN excluded.cleared_at IS NULL AND excluded.last_seen > a.cleared_at THEN now() ELSE a.activated_at END,
                    acknowledged_at = CASE WHEN excluded.cleared_at IS NULL AND excluded.last_seen > a.cleared_at THEN NULL
                        ELSE a.acknowledged_at END,
                    acknowledged_by = CASE WHEN excluded.cleared_at IS NULL AND excluded.last_seen > a.cleared_at THEN NULL
                        ELSE a.acknowledged_by END,
                    muted_by = CASE WHEN excluded.cleared_at IS NULL AND excluded.last_seen > a.cleared_at THEN NULL ELSE a.muted_by END,
                    cleared_at = CASE WHEN a.cleared_at IS NULL OR (excluded.cleared_at IS NULL AND excluded.last_seen > a.cleared_at) THEN NULL
                        ELSE greatest(a.cleared_at, excluded.cleared_at) END
                RETURNING a.alert_id, a.subject_kind, a.subject, a.rule, a.xmax = 0, a.activated_at = now(),
                    coalesce(a.organisation_id, (SELECT u.use_unit_id FROM equipment u WHERE u.equipment_id = a.equipment_id)),
                    (SELECT m.code FROM equipment m WHERE m.equipment_id = a.equipment_id)
                """)) {
            upsert.setArray(
                    1,
                    texts(
                            transaction,
                            findings.stream().map(f -> f.rule().subject().name())));
            upsert.setArray(2, texts(transaction, findings.stream().map(Finding::subject)));
            upsert.setArray(
                    3, texts(transaction, findings.stream().map(f -> f.rule().name())));
            upsert.setArray(
                    4,
                    texts(
                            transaction,
                            findings.stream().map(f -> f.rule().severity().name())));
            upsert.setArray(
                    5, texts(transaction, findings.stream().map(f -> f.rule().dispatchClass())));
            upsert.setArray(6, numbers(transaction, findings.stream().map(Finding::equipmentId)));
            upsert.setArray(7, numbers(transaction, findings.stream().map(Finding::organisationId)));
            upsert.setArray(8, texts(transaction, findings.stream().map(Finding::division)));
            upsert.setArray(
                    9, texts(transaction, findings.stream().map(f -> f.first().toString())));
            upsert.setArray(
                    10, texts(transaction, findings.stream().map(f -> f.last().toString())));
            upsert.setArray(
                    11,
                    transaction.createArrayOf(
                            "integer", findings.stream().map(Finding::count).toArray()));
            upsert.setArray(
                    12,
                    texts(
                            transaction,
                            findings.stream()
                                    .map(f -> f.recoveredAt()
                                            .map(Instant::toString)
                                            .orElse(null))));
            upsert.setArray(13, texts(transaction, findings.stream().map(f -> json(f.with()))));
            upsert.setArray(
                    14,
                    transaction.createArrayOf(
                            "boolean",
                            findings.stream()
                                    .map(f -> f.rule().sweep().isPresent())
                                    .toArray()));
            try (ResultSet row = upsert.executeQuery()) {
                while (row.next()) {
                    Effect effect = row.getBoolean(5)
                            ? Effect.OPENED
                            : row.getBoolean(6) ? Effect.REACTIVATED : Effect.REPEATED;
                    found.put(
                            new Finding.Key(row.getString(2), row.getString(3), row.getString(4)),
                            new Found(
                                    row.getLong(1),
                                    effect,
                                    Optional.ofNullable(row.getObject(7, Integer.class)),
                                    Optional.ofNullable(row.getString(8))));
                }
            }
        }
        return found;
    }

    private static AuditEntry entry(String action, Found alert, Finding finding) {
        Map<String, Object> after = new TreeMap<>(Map.of(
                "rule", finding.rule().name(),
                "severity", finding.rule().severity().name(),
                "first_seen", finding.first().toString()));
        alert.equipmentCode.ifPresent(code -> after.put("equipment", code));
        if (finding.rule().subject() != SubjectKind.MACHINE || alert.equipmentCode.isEmpty()) {
            after.put("subject", finding.subject());
        }
        if (!finding.with().isEmpty()) {
            after.put("with", finding.with());
        }
        return entry(action, alert.alertId, after, alert.organisation);
    }

    private static AuditEntry entry(
            String action, long alertId, Map<String, Object> after, Optional<Integer> organisation) {
        AuditEntry entry = AuditEntry.of(ALERTING, action, "alert", Long.toString(alertId), Map.of(), after);
        return organisation
                .map(id -> entry.withOrganisation(OptionalInt.of(id)))
                .orElse(entry);
    }

    private static java.sql.Array texts(Connection connection, Stream<@Nullable String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static java.sql.Array numbers(Connection connection, Stream<OptionalInt> numbers) throws SQLException {
        return connection.createArrayOf(
                "integer",
                numbers.map(n -> n.isPresent() ? (Integer) n.getAsInt() : null).toArray());
    }

    static String json(Object values) {
        return JSON.writeValueAsString(values);
    }
}
