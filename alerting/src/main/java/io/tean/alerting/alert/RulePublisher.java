package io.tean.alerting.alert;

import io.tean.alerting.rule.Condition;
import io.tean.alerting.rule.Expression;
import io.tean.alerting.rule.Rule;
import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Writes the catalogue, as the service read it at its start, into alert_rule, for the pages that explain an alert. */
public final class RulePublisher {
    private RulePublisher() {}

    /**
     * Writes only what differs; a rule that is gone keeps its row with the moment, and loses it when it is back.
     *
     * @return how many rules changed, came or went
     */
    public static int publish(DataSource pool, RuleCatalogue rules) {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            int changed = write(connection, rules) + retire(connection, rules);
            connection.commit();
            return changed;
        } catch (SQLException e) {
            throw new StoreException("cannot publish the alert rules: " + e.getMessage(), e);
        }
    }

    private static int write(Connection transaction, RuleCatalogue rules) throws SQLException {
        int changed = 0;
        try (PreparedStatement upsert = transaction.prepareStatement("""
                INSERT INTO alert_rule AS r (rule, version, effective, subject_kind, severity, dispatch_class, title_zh, title_en,
                    advice_zh, advice_en, source, clause_zh, clause, mark, conditions)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
                ON CONFLICT (rule) DO UPDATE SET version = excluded.version, effective = excluded.effective,
                    subject_kind = excluded.subject_kind, severity = excluded.severity, dispatch_class = excluded.dispatch_class,
                    title_zh = excluded.title_zh, title_en = excluded.title_en, advice_zh = excluded.advice_zh,
                    advice_en = excluded.advice_en, source = excluded.source, clause_zh = excluded.clause_zh,
                    clause = excluded.clause, mark = excluded.mark, conditions = excluded.conditions, retired_at = NULL
                -- Of the new row retired_at is NULL.
                WHERE r IS DISTINCT FROM excluded
                """)) {
            for (Rule rule : rules.all()) {
                upsert.setString(1, rule.name());
                upsert.setInt(2, rule.version());
                upsert.setObject(3, rule.effective());
                upsert.setString(4, rule.subject().name());
                upsert.setString(5, rule.severity().name());
                upsert.setString(6, rule.dispatchClass());
                upsert.setString(7, rule.title().zh());
                upsert.setString(8, rule.title().en());
                upsert.setString(9, rule.advice().zh());
                upsert.setString(10, rule.advice().en());
                upsert.setString(11, rule.source());
                upsert.setString(12, rule.clause().zh());
                upsert.setString(13, rule.clause().en());
                upsert.setString(14, rule.mark().word());
                upsert.setString(15, AlertStore.json(conditions(rule)));
                changed += upsert.executeUpdate();
            }
        }
        return changed;
    }

    private static int retire(Connection transaction, RuleCatalogue rules) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(
                "UPDATE alert_rule SET retired_at = tean_now() WHERE retired_at IS NULL AND NOT rule = ANY (?)")) {
            update.setArray(
                    1,
                    transaction.createArrayOf("text", rules.names(rule -> true).toArray()));
            return update.executeUpdate();
        }
    }

    private static List<Map<String, Object>> conditions(Rule rule) {
        return Stream.concat(
                        rule.conditions().stream().map(RulePublisher::condition),
                        rule
                                .sweep()
                                .map(sweep ->
                                        Map.<String, Object>of("every_s", seconds(sweep.every()), "sql", sweep.sql()))
                                .stream())
                .toList();
    }

    private static Map<String, Object> condition(Condition condition) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("stream", condition.stream());
        named.put("when", condition.when().text());
        condition.clear().map(Expression::text).ifPresent(text -> named.put("clear", text));
        named.put("for_s", seconds(Duration.ofNanos(condition.forMicros() * 1_000)));
        condition.unless().map(Expression::text).ifPresent(text -> named.put("unless", text));
        return named;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
