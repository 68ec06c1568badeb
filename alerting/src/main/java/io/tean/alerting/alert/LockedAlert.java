package io.tean.alerting.alert;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.AlertLifecycle;
import io.tean.core.alert.AlertState;
import io.tean.core.alert.AlertStep;
import io.tean.core.alert.CauseClass;
import io.tean.core.alert.Severity;
import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * An alert whose row the transaction holds, so that what is judged of it is still so when it is written.
 *
 * @param organisation whose people may read of it in the audit trail
 */
record LockedAlert(
        long id,
        AlertState state,
        boolean cleared,
        Severity severity,
        String rule,
        String dispatchClass,
        int activations,
        OptionalInt organisation) {
    /** Of alert as a, in the order of {@link #read}. */
    static final String COLUMNS = """
            a.alert_id, a.state, a.cleared_at IS NOT NULL, a.severity, a.rule, a.dispatch_class, a.activations,
            coalesce(a.organisation_id, (SELECT u.use_unit_id FROM equipment u WHERE u.equipment_id = a.equipment_id))
            """;

    static LockedAlert read(ResultSet row) throws SQLException {
        Integer organisation = row.getObject(8, Integer.class);
        return new LockedAlert(
                row.getLong(1),
                AlertState.of(row.getString(2)),
                row.getBoolean(3),
                Severity.valueOf(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getInt(7),
                organisation == null ? OptionalInt.empty() : OptionalInt.of(organisation));
    }

    /** A rule that is gone asks for nobody. */
    AlertLifecycle.Verdict judge(AlertStep step, RuleCatalogue rules) {
        boolean byPerson = rules.rule(rule).map(Rule::byPerson).orElse(false);
        return AlertLifecycle.judge(new AlertLifecycle.Standing(state, cleared, severity, byPerson), step);
    }

    /** What an audit entry says of a step from this state. */
    AuditEntry entry(Actor actor, String action, AlertState next, Map<String, String> more, String note) {
        Map<String, String> after = new TreeMap<>(more);
        after.put("state", next.word());
        after.put("rule", rule);
        AuditEntry entry = AuditEntry.of(
                        actor, action, "alert", Long.toString(id), Map.of("state", state.word()), after)
                .withOrganisation(organisation);
        return note.isBlank() ? entry : entry.withReason(note);
    }

    /**
     * Closes alerts whose step was allowed.
     *
     * @param note may be empty
     */
    static void close(
            Connection transaction,
            Collection<LockedAlert> alerts,
            Actor actor,
            String action,
            CauseClass cause,
            String note)
            throws SQLException {
        if (alerts.isEmpty()) {
            return;
        }
        try (PreparedStatement update = transaction.prepareStatement("""
                UPDATE alert SET state = 'closed', closed_at = now(), closed_by = ?, cause = ?, note = nullif(?, '')
                WHERE alert_id = ANY (?)
                """)) {
            update.setString(1, actor.name());
            update.setString(2, cause.name());
            update.setString(3, note);
            update.setArray(
                    4,
                    transaction.createArrayOf(
                            "bigint", alerts.stream().map(LockedAlert::id).toArray()));
            update.executeUpdate();
        }
        List<AuditEntry> entries = alerts.stream()
                .map(alert -> alert.entry(actor, action, AlertState.CLOSED, Map.of("cause", cause.name()), note))
                .toList();
        List<AlertStore.Notice> notices = alerts.stream()
                .map(alert -> new AlertStore.Notice(
                        Notices.ending(alert.id, "CLOSED", alert.activations),
                        alert.id,
                        "CLOSED",
                        alert.severity.name(),
                        alert.dispatchClass))
                .toList();
        AlertStore.tell(transaction, entries, notices);
    }
}
