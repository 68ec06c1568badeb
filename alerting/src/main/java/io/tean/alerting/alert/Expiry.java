package io.tean.alerting.alert;

import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.AlertLifecycle;
import io.tean.core.alert.AlertStep;
import io.tean.core.alert.CauseClass;
import io.tean.core.alert.Severity;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Closes alerts that recovered and that no person has to close: of sweeps at once, of telemetry after ten minutes without a finding. */
public final class Expiry {
    private static final int AT_ONCE = 1_000;

    private final DataSource pool;
    private final RuleCatalogue rules;

    public Expiry(DataSource pool, RuleCatalogue rules) {
        this.pool = pool;
        this.rules = rules;
    }

    /** All that are due now, by severity. */
    public Map<Severity, Integer> run() throws SQLException {
        Map<Severity, Integer> closed = new EnumMap<>(Severity.class);
        long after = 0;
        boolean more = true;
        while (more) {
            try (Connection connection = pool.getConnection()) {
                connection.setAutoCommit(false);
                List<LockedAlert> due = due(connection, after);
                List<LockedAlert> allowed = due.stream()
                        .filter(alert -> alert.judge(AlertStep.EXPIRE, rules) instanceof AlertLifecycle.Allowed)
                        .toList();
                LockedAlert.close(connection, allowed, AlertStore.ALERTING, "alert.close", CauseClass.RECOVERED, "");
                connection.commit();
                allowed.forEach(alert -> closed.merge(alert.severity(), 1, Integer::sum));
                more = due.size() == AT_ONCE;
                after = due.isEmpty() ? after : due.getLast().id();
            }
        }
        return closed;
    }

    /** An alert that somebody holds is changing right now: its turn comes at the next look. */
    private List<LockedAlert> due(Connection connection, long after) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT " + LockedAlert.COLUMNS + """
                        FROM alert a
                        WHERE a.state <> 'closed' AND a.severity <> 'EMERGENCY' AND NOT a.rule = ANY (?) AND a.alert_id > ?
                            AND a.cleared_at <= tean_now() - CASE WHEN a.rule = ANY (?) THEN interval '0' ELSE interval '10 minutes' END
                        ORDER BY a.alert_id LIMIT ? FOR UPDATE OF a SKIP LOCKED
                        """)) {
            select.setArray(1, names(connection, Rule::byPerson));
            select.setLong(2, after);
            select.setArray(3, names(connection, rule -> rule.sweep().isPresent()));
            select.setInt(4, AT_ONCE);
            try (ResultSet row = select.executeQuery()) {
                List<LockedAlert> due = new ArrayList<>();
                while (row.next()) {
                    due.add(LockedAlert.read(row));
                }
                return due;
            }
        }
    }

    private Array names(Connection connection, Predicate<Rule> which) throws SQLException {
        return connection.createArrayOf("text", rules.names(which).toArray());
    }
}
