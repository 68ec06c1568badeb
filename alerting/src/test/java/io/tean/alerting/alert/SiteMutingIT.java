package io.tean.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.alerting.alert.SiteMuting.Muted;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SiteMutingIT {
    private static final AlertBook BOOK = new AlertBook();
    private static final Muted NOTHING = new Muted(0, 0);

    private final SiteMuting muting = new SiteMuting(BOOK.pool, AlertBook.RULES);

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    @Test
    void the_alerts_of_the_sites_machines_are_muted_and_those_of_others_are_not() throws SQLException {
        for (int machine = 1; machine <= 3; machine++) {
            BOOK.open(machine, "t-warning");
        }
        long site = siteFails();
        assertThat(muting.run()).isEqualTo(new Muted(1, 0));
        assertThat(muted()).isEqualTo("1 t-warning");
        assertThat(BOOK.database.number("SELECT muted_by FROM alert WHERE subject = '1'"))
                .isEqualTo(site);
        assertThat(
                        BOOK.database.text(
                                "SELECT (action, after, organisation_id)::text FROM audit_entry WHERE subject = '1' ORDER BY audit_id DESC LIMIT 1"))
                .isEqualTo("(alert.mute,\"{\"\"muted_by\"\":\"\"4\"\"}\",1)");
        assertThat(muting.run()).isEqualTo(NOTHING);
    }

    @Test
    void an_emergency_is_never_muted_nor_a_rule_that_power_does_not_explain() throws SQLException {
        BOOK.open(1, "t-emergency");
        BOOK.open(1, "t-critical");
        siteFails();
        assertThat(muting.run()).isEqualTo(NOTHING);
    }

    @Test
    void when_the_site_recovers_its_machines_are_heard_again() throws SQLException {
        BOOK.open(1, "t-warning");
        siteFails();
        muting.run();
        BOOK.clear("1 文三路 1 号", SiteMuting.RULE);
        assertThat(muting.run()).isEqualTo(new Muted(0, 1));
        assertThat(muted()).isEqualTo("null");
        assertThat(BOOK.trail()).endsWith("alert.clear 2 alerting, alert.unmute 1 alerting");
    }

    @Test
    void when_somebody_closes_the_sites_alert_its_machines_are_heard_again() throws SQLException {
        BOOK.open(1, "t-warning");
        siteFails();
        muting.run();
        BOOK.database.execute(
                "UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'li', cause = 'EXTERNAL' WHERE subject_kind = 'SITE'");
        assertThat(muting.run()).isEqualTo(new Muted(0, 1));
    }

    @Test
    void what_cleared_meanwhile_keeps_its_explanation() throws SQLException {
        BOOK.open(1, "t-warning");
        siteFails();
        muting.run();
        BOOK.clear(1, "t-warning");
        BOOK.clear("1 文三路 1 号", SiteMuting.RULE);
        assertThat(muting.run()).isEqualTo(NOTHING);
        assertThat(muted()).isEqualTo("1 t-warning");
    }

    @Test
    void an_alert_that_opens_while_the_site_is_dark_is_muted_at_the_next_look() throws SQLException {
        siteFails();
        assertThat(muting.run()).isEqualTo(NOTHING);
        BOOK.open(1, "t-warning");
        assertThat(muting.run()).isEqualTo(new Muted(1, 0));
    }

    @Test
    void an_alert_that_a_lane_holds_waits_for_the_next_look() throws SQLException {
        BOOK.open(1, "t-warning");
        siteFails();
        try (Connection lane = BOOK.pool.getConnection();
                Statement statement = lane.createStatement()) {
            lane.setAutoCommit(false);
            statement.execute("SELECT FROM alert WHERE subject = '1' FOR UPDATE");
            assertThat(muting.run()).isEqualTo(NOTHING);
            lane.rollback();
        }
        assertThat(muting.run()).isEqualTo(new Muted(1, 0));
    }

    /** Of the first use unit at the address of machine 1; another use unit has machine 3 there. */
    private static long siteFails() throws SQLException {
        return BOOK.open(new Finding(
                AlertBook.rule(SiteMuting.RULE),
                "1 文三路 1 号",
                OptionalInt.empty(),
                OptionalInt.of(1),
                "330106",
                BOOK.now(),
                BOOK.now(),
                1,
                Map.of(),
                Optional.empty()));
    }

    private static String muted() {
        return BOOK.database.text(
                "SELECT string_agg(subject || ' ' || rule, ', ' ORDER BY alert_id) FROM alert WHERE muted_by IS NOT NULL");
    }
}
