package io.tean.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.alerting.rule.RuleCatalogue;
import io.tean.alerting.rule.TestRules;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RulePublisherIT {
    private static final AlertBook BOOK = new AlertBook();
    private static final RuleCatalogue WITHOUT = TestRules.catalogue();
    private static final RuleCatalogue WITH = TestRules.catalogue(TestRules.telemetry("t-one", "NOTICE"));

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void every_rule_is_there_as_it_was_read() {
        assertThat(RulePublisher.publish(BOOK.pool, WITH)).isEqualTo(WITH.all().size());
        assertThat(rule("version, effective, subject_kind, severity, dispatch_class, title_zh, advice_en, mark"))
                .isEqualTo("(1,2026-11-22,MACHINE,NOTICE,maintenance,试验,None,derived)");
        assertThat(rule("conditions")).contains("elevator-event").contains("code == 55");
    }

    @Test
    void of_a_sweep_the_query_is_shown() {
        RulePublisher.publish(BOOK.pool, TestRules.catalogue(TestRules.sweep("t-one", "NOTICE", "10m", "SELECT 42")));
        assertThat(BOOK.database.text("SELECT conditions::text FROM alert_rule WHERE rule = 't-one'"))
                .isEqualTo("[{\"sql\": \"SELECT 42\", \"every_s\": 600.0}]");
    }

    @Test
    void the_same_catalogue_again_touches_no_row() {
        RulePublisher.publish(BOOK.pool, WITH);
        String before = BOOK.database.text("SELECT string_agg(xmin::text, ',' ORDER BY rule) FROM alert_rule");
        assertThat(RulePublisher.publish(BOOK.pool, WITH)).isZero();
        assertThat(BOOK.database.text("SELECT string_agg(xmin::text, ',' ORDER BY rule) FROM alert_rule"))
                .isEqualTo(before);
    }

    @Test
    void only_the_rule_that_differs_is_written() {
        RulePublisher.publish(BOOK.pool, WITH);
        assertThat(RulePublisher.publish(BOOK.pool, TestRules.catalogue(TestRules.telemetry("t-one", "WARNING"))))
                .isEqualTo(1);
        assertThat(rule("severity")).isEqualTo("(WARNING)");
    }

    @Test
    void a_rule_that_is_gone_keeps_its_row_and_loses_the_moment_when_it_is_back() {
        RulePublisher.publish(BOOK.pool, WITH);
        assertThat(RulePublisher.publish(BOOK.pool, WITHOUT)).isEqualTo(1);
        assertThat(rule("retired_at")).isEqualTo("(\"2026-11-22 02:00:00+00\")");
        assertThat(RulePublisher.publish(BOOK.pool, WITHOUT)).isZero();
        assertThat(RulePublisher.publish(BOOK.pool, WITH)).isEqualTo(1);
        assertThat(rule("retired_at")).isEqualTo("()");
    }

    private static String rule(String columns) {
        return BOOK.database.text("SELECT ROW(" + columns + ")::text FROM alert_rule WHERE rule = 't-one'");
    }
}
