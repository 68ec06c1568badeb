package io.tean.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.alert.Severity;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExpiryIT {
    private static final AlertBook BOOK = new AlertBook();

    private final Expiry expiry = new Expiry(BOOK.pool, AlertBook.RULES);

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void a_telemetry_alert_is_closed_ten_minutes_after_it_cleared() throws SQLException {
        BOOK.open(1, "t-warning");
        BOOK.clear(1, "t-warning");
        BOOK.passes("9 minutes 59 seconds");
        assertThat(expiry.run()).isEmpty();
        BOOK.passes("1 second");
        assertThat(expiry.run()).isEqualTo(Map.of(Severity.WARNING, 1));
        assertThat(BOOK.database.text("SELECT (state, closed_by, cause)::text FROM alert"))
                .isEqualTo("(closed,alerting,RECOVERED)");
        assertThat(BOOK.trail()).isEqualTo("alert.open 1 alerting, alert.clear 1 alerting, alert.close 1 alerting");
        assertThat(BOOK.database.text("SELECT string_agg(occasion, ' ' ORDER BY queued_at) FROM notice"))
                .isEqualTo("OPENED CLEARED CLOSED");
    }

    @Test
    void an_alert_of_a_sweep_is_closed_at_once() throws SQLException {
        BOOK.open(1, "s-warning");
        assertThat(expiry.run()).isEmpty();
        BOOK.clear(1, "s-warning");
        assertThat(expiry.run()).isEqualTo(Map.of(Severity.WARNING, 1));
        assertThat(expiry.run()).isEmpty();
    }

    @Test
    void what_a_person_must_close_stays() throws SQLException {
        for (String rule : new String[] {"t-emergency", "t-critical", "t-by-person"}) {
            BOOK.open(1, rule);
            BOOK.clear(1, rule);
        }
        BOOK.passes("1 day");
        assertThat(expiry.run()).isEmpty();
    }

    @Test
    void what_is_not_cleared_stays_and_what_is_acknowledged_goes() throws SQLException {
        BOOK.open(1, "t-notice");
        BOOK.open(2, "t-notice");
        BOOK.database.execute("UPDATE alert SET state = 'acknowledged' WHERE subject = '2'");
        BOOK.clear(2, "t-notice");
        BOOK.passes("1 hour");
        assertThat(expiry.run()).isEqualTo(Map.of(Severity.NOTICE, 1));
        assertThat(BOOK.database.text("SELECT string_agg(subject || ' ' || state, ', ' ORDER BY subject) FROM alert"))
                .isEqualTo("1 open, 2 closed");
    }

    @Test
    void an_alert_of_a_rule_that_is_gone_is_closed_unless_it_is_an_emergency() throws SQLException {
        for (String rule : new String[] {"t-emergency", "t-critical"}) {
            BOOK.open(1, rule);
            BOOK.clear(1, rule);
        }
        BOOK.database.execute("UPDATE alert SET rule = 'gone-' || rule");
        BOOK.passes("10 minutes");
        assertThat(expiry.run()).isEqualTo(Map.of(Severity.CRITICAL, 1));
    }

    @Test
    void one_that_somebody_holds_waits_for_the_next_look() throws SQLException {
        BOOK.open(1, "s-warning");
        BOOK.clear(1, "s-warning");
        try (Connection person = BOOK.pool.getConnection();
                Statement statement = person.createStatement()) {
            person.setAutoCommit(false);
            statement.execute("SELECT FROM alert FOR UPDATE");
            assertThat(expiry.run()).isEmpty();
            person.rollback();
        }
        assertThat(expiry.run()).isEqualTo(Map.of(Severity.WARNING, 1));
    }

    @Test
    void thousands_are_closed_in_one_look() throws SQLException {
        BOOK.database.execute("""
                INSERT INTO alert (subject_kind, subject, rule, severity, dispatch_class, first_seen, last_seen, cleared_at)
                SELECT 'CODE', n::text, 's-warning', 'NOTICE', 'system', now(), now(), '2026-11-22 10:00+08' FROM generate_series(1, 2500) n
                """);
        assertThat(expiry.run()).isEqualTo(Map.of(Severity.NOTICE, 2_500));
        assertThat(BOOK.database.number("SELECT count(*) FROM audit_entry WHERE action = 'alert.close'"))
                .isEqualTo(2_500);
    }
}
