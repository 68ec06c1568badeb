package io.tean.dashboards.silence;

import io.tean.core.alert.Severity;
import io.tean.core.stream.Label;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** A rule to choose from. */
public record RuleName(String rule, Label title, Severity severity) {
    /** Every rule that is in force, and those that are not but have left alerts: the worst first. */
    public static List<RuleName> all(Handle handle) {
        return handle.createQuery("""
                        SELECT rule, title_zh, title_en, severity FROM alert_rule
                        ORDER BY array_position(ARRAY['EMERGENCY', 'CRITICAL', 'WARNING', 'NOTICE'], severity), title_zh, rule
                        """)
                .map((row, context) -> new RuleName(
                        row.getString("rule"),
                        new Label(row.getString("title_zh"), row.getString("title_en")),
                        Severity.valueOf(row.getString("severity"))))
                .list();
    }
}
