package io.tean.alerting.alert;

import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.AlertLifecycle;
import io.tean.core.alert.AlertStep;
import io.tean.core.alert.CauseClass;
import io.tean.core.alert.Severity;
import io.tean.core.audit.Actor;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Ends the alarm of the emergencies of a rescue case, in the transaction that closes the case. */
public final class EndOfAlarm {
    private EndOfAlarm() {}

    /**
     * @param cause what it was, of the case
     * @param note may be empty
     * @return the severity of each alert that it closed; those that somebody had closed before stay as they are
     */
    public static List<Severity> ofCase(
            Connection transaction, RuleCatalogue rules, long caseId, CauseClass cause, String note, Actor actor)
            throws SQLException {
        List<Severity> closed = new ArrayList<>();
        List<Long> alerts = open(transaction, caseId);
        // All windows before the first alert, as judging takes them.
        for (long alertId : alerts) {
            AlertDesk.lockWindows(transaction, alertId);
        }
        for (long alertId : alerts) {
            Optional<LockedAlert> alert = AlertDesk.lock(transaction, alertId);
            if (alert.isPresent()
                    && alert.get().judge(AlertStep.END_OF_ALARM, rules) instanceof AlertLifecycle.Allowed) {
                LockedAlert.close(transaction, List.of(alert.get()), actor, "alert.end-alarm", cause, note);
                AlertDesk.forgetWindows(transaction, alertId);
                closed.add(alert.get().severity());
            }
        }
        return closed;
    }

    private static List<Long> open(Connection transaction, long caseId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                SELECT a.alert_id FROM case_alert c JOIN alert a ON a.alert_id = c.alert_id
                WHERE c.case_id = ? AND a.state <> 'closed' AND a.severity = 'EMERGENCY' ORDER BY a.alert_id
                """)) {
            select.setLong(1, caseId);
            try (ResultSet row = select.executeQuery()) {
                List<Long> alerts = new ArrayList<>();
                while (row.next()) {
                    alerts.add(row.getLong(1));
                }
                return alerts;
            }
        }
    }
}
