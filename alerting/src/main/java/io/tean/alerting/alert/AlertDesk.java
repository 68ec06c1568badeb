package io.tean.alerting.alert;

import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.AlertDecisions;
import io.tean.core.alert.AlertLifecycle;
import io.tean.core.alert.AlertState;
import io.tean.core.alert.AlertStep;
import io.tean.core.alert.CauseClass;
import io.tean.core.audit.Actor;
import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** Where people decide on alerts. Whoever holds the alert's row decides; the next one sees what was decided. */
public final class AlertDesk implements AlertDecisions {
    /** Somebody else may hold what this one wants and want what this one holds: the database ends one of the two. */
    private static final String DEADLOCK = "40P01";

    private static final int TRIES = 3;

    private final DataSource database;
    private final RuleCatalogue rules;
    private final AlertCounts counts;
    private final Silences silences;

    public AlertDesk(DataSource database, RuleCatalogue rules, AlertCounts counts) {
        this.database = database;
        this.rules = rules;
        this.counts = counts;
        this.silences = new Silences(database, rules);
    }

    @FunctionalInterface
    private interface Change {
        void write(Connection transaction, LockedAlert alert) throws SQLException;
    }

    @Override
    public Outcome acknowledge(long alertId, String note, Actor actor) {
        return decide(alertId, AlertStep.ACKNOWLEDGE, (transaction, alert) -> {
            try (PreparedStatement update = transaction.prepareStatement(
                    "UPDATE alert SET state = 'acknowledged', acknowledged_at = now(), acknowledged_by = ? WHERE alert_id = ?")) {
                update.setString(1, actor.name());
                update.setLong(2, alertId);
                update.executeUpdate();
            }
            AlertStore.tell(
                    transaction,
                    List.of(alert.entry(actor, "alert.acknowledge", AlertState.ACKNOWLEDGED, Map.of(), note)),
                    List.of());
        });
    }

    @Override
    public Outcome close(long alertId, CauseClass cause, String note, Actor actor) {
        return end(alertId, AlertStep.CLOSE, "alert.close", cause, note, actor);
    }

    @Override
    public Outcome endAlarm(long alertId, CauseClass cause, String note, Actor actor) {
        return end(alertId, AlertStep.END_OF_ALARM, "alert.end-alarm", cause, note, actor);
    }

    private Outcome end(long alertId, AlertStep step, String action, CauseClass cause, String note, Actor actor) {
        return decide(alertId, step, (transaction, alert) -> {
            LockedAlert.close(transaction, List.of(alert), actor, action, cause, note);
            forgetWindows(transaction, alertId);
        });
    }

    /** What goes on to be so after the closing is a new fault: it must be able to open a new alert. */
    static void forgetWindows(Connection transaction, long alertId) throws SQLException {
        try (PreparedStatement delete = transaction.prepareStatement("""
                DELETE FROM rule_window w USING alert a
                WHERE a.alert_id = ? AND a.subject_kind = 'MACHINE' AND w.equipment_id = a.equipment_id AND w.rule = a.rule AND w.fired
                """)) {
            delete.setLong(1, alertId);
            delete.executeUpdate();
        }
    }

    /** Judging writes windows first and alerts then; who takes them in the same order does not stand in its way. */
    static void lockWindows(Connection transaction, long alertId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                SELECT FROM rule_window w JOIN alert a ON a.subject_kind = 'MACHINE' AND w.equipment_id = a.equipment_id AND w.rule = a.rule
                WHERE a.alert_id = ? ORDER BY w.condition_no FOR UPDATE OF w
                """)) {
            select.setLong(1, alertId);
            select.executeQuery().close();
        }
    }

    private Outcome decide(long alertId, AlertStep step, Change change) {
        for (int no = 1; ; no++) {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                lockWindows(connection, alertId);
                Optional<LockedAlert> alert = lock(connection, alertId);
                if (alert.isEmpty()) {
                    return new Gone();
                }
                return switch (alert.get().judge(step, rules)) {
                    case AlertLifecycle.Refused refused ->
                        new NotAllowed(refused.reason(), alert.get().state());
                    case AlertLifecycle.Allowed allowed -> {
                        change.write(connection, alert.get());
                        connection.commit();
                        if (allowed.state() == AlertState.CLOSED) {
                            counts.closed(alert.get().severity(), 1);
                        }
                        yield new Done(allowed.state());
                    }
                };
            } catch (SQLException e) {
                if (!DEADLOCK.equals(e.getSQLState()) || no == TRIES) {
                    throw new StoreException("cannot decide on alert " + alertId + ": " + e.getMessage(), e);
                }
            }
        }
    }

    static Optional<LockedAlert> lock(Connection transaction, long alertId) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement(
                "SELECT " + LockedAlert.COLUMNS + " FROM alert a WHERE a.alert_id = ? FOR UPDATE OF a")) {
            select.setLong(1, alertId);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(LockedAlert.read(row)) : Optional.empty();
            }
        }
    }

    @Override
    public long silence(SilenceDraft draft, Actor actor) {
        return silences.add(draft, actor);
    }

    @Override
    public boolean endSilence(long silenceId, Actor actor) {
        return silences.end(silenceId, actor);
    }
}
