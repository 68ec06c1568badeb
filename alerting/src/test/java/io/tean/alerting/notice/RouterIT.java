package io.tean.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.alerting.channel.Channels;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterIT {
    private static final NoticeBook BOOK = new NoticeBook();
    private static final String HOOK = "  - {name: hook, kind: webhook, url: 'https://a.example/', secret: s}\n";
    private static final String VOICE =
            "  - {name: voice, kind: voice, url: 'https://a.example/', body: '{to}{text}', default_for: telephone}\n";

    private final Channels channels = BOOK.channels(HOOK);

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterEach
    void closeChannels() throws Exception {
        BOOK.closeOutboxes();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    private void everybody() {
        BOOK.recipient(NoticeBook.UNIT, "OFFICE", "hook");
        BOOK.recipient(NoticeBook.UNIT, "SAFETY_OFFICER", "hook");
        BOOK.recipient(NoticeBook.FIRM, "OFFICE", "hook");
        BOOK.recipient(NoticeBook.BODY, "OFFICE", "hook");
        BOOK.recipient(0, "OFFICER", "hook");
        BOOK.recipient(0, "DISPATCHER", "hook");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rescue      | EMERGENCY | DISPATCHER0, SAFETY_OFFICER1
            maintenance | CRITICAL  | OFFICE2, SAFETY_OFFICER1
            maintenance | WARNING   | OFFICE1, OFFICE2
            inspection  | WARNING   | OFFICE1, OFFICE3
            use-unit    | CRITICAL  | SAFETY_OFFICER1
            use-unit    | NOTICE    | OFFICE1
            firm        | NOTICE    | OFFICE1, OFFICE2
            system      | CRITICAL  | DISPATCHER0
            """)
    void an_opening_is_told_by_its_class_and_severity(String dispatch, String severity, String told)
            throws SQLException {
        everybody();
        BOOK.notice(BOOK.alert(dispatch, severity), "OPENED");
        BOOK.route(channels);
        assertThat(BOOK.told()).isEqualTo(told);
        assertThat(BOOK.number("SELECT count(*) FROM notice WHERE state = 'queued'"))
                .isZero();
    }

    @Test
    void a_filling_alarm_goes_to_the_station_that_the_subject_belongs_to() throws SQLException {
        everybody();
        BOOK.recipient(NoticeBook.STATION, "OFFICE", "hook");
        BOOK.database.execute("""
                INSERT INTO alert (subject_kind, subject, organisation_id, rule, severity, dispatch_class, first_seen, last_seen)
                VALUES ('CYLINDER', 'C-1', 4, 't', 'WARNING', 'filling', tean_now(), tean_now())
                """);
        BOOK.notice(1, "OPENED");
        BOOK.route(channels);
        assertThat(BOOK.told()).isEqualTo("OFFICE4");
    }

    @Test
    void officers_of_other_divisions_are_not_told() throws SQLException {
        BOOK.database.execute("""
                INSERT INTO recipient (duty, division_code, name, addresses) VALUES ('DISPATCHER', '330106', 'here', '[{"channel": "hook", "to": ""}]'),
                    ('DISPATCHER', '330108', 'there', '[{"channel": "hook", "to": ""}]')
                """);
        BOOK.notice(BOOK.alert("system", "CRITICAL"), "OPENED");
        BOOK.route(channels);
        assertThat(BOOK.told()).isEqualTo("here");
    }

    @Test
    void nobody_to_tell_is_a_dead_delivery_that_says_why() throws SQLException {
        BOOK.notice(BOOK.alert("use-unit", "CRITICAL"), "OPENED");
        BOOK.route(channels);
        assertThat(BOOK.text("SELECT state || ': ' || reason FROM delivery"))
                .isEqualTo("dead: no recipient: use-unit 1 东方商城 has neither a recipient nor a telephone");
    }

    @Test
    void a_channel_that_is_gone_is_a_dead_delivery_that_says_so() throws SQLException {
        BOOK.recipient(0, "DISPATCHER", "pigeon");
        BOOK.notice(BOOK.alert("system", "CRITICAL"), "OPENED");
        BOOK.route(channels);
        assertThat(BOOK.text("SELECT state || ': ' || reason FROM delivery"))
                .isEqualTo("dead: none of the channels of DISPATCHER0 exists on this site: pigeon");
    }

    @Test
    void an_organisation_of_which_only_the_telephone_is_known_is_called() throws SQLException {
        BOOK.call(NoticeBook.RESCUE);
        BOOK.route(BOOK.channels(HOOK + VOICE));
        assertThat(BOOK.text("SELECT recipient_name || ' ' || addresses FROM delivery WHERE state = 'queued'"))
                .isEqualTo("救援站 (5) [{\"to\": \"0571-9633300\", \"channel\": \"voice\"}]");
    }

    @Test
    void what_is_silenced_or_muted_tells_nobody() throws SQLException {
        everybody();
        BOOK.notice(BOOK.alert("maintenance", "WARNING"), "OPENED");
        long muted = BOOK.alert("maintenance", "CRITICAL", "u");
        BOOK.notice(muted, "OPENED");
        BOOK.database.execute("UPDATE alert SET muted_by = 1 WHERE alert_id = " + muted
                + "; INSERT INTO silence (equipment_id, rule, reason, from_at, until_at, added_by)"
                + " VALUES (1, 't', 'x', tean_now(), tean_now() + interval '1 hour', 'li')");
        BOOK.route(channels);
        assertThat(BOOK.number("SELECT count(*) FROM delivery")).isZero();
    }

    @Test
    void the_end_is_told_to_who_was_told_of_the_beginning_only() throws SQLException {
        everybody();
        long alert = BOOK.alert("inspection", "WARNING");
        BOOK.notice(alert, "OPENED");
        BOOK.route(channels);
        BOOK.recipient(NoticeBook.UNIT, "OFFICE", "hook");
        BOOK.notice(alert, "CLOSED");
        BOOK.route(channels);
        assertThat(BOOK.told()).isEqualTo("OFFICE1, OFFICE1, OFFICE3, OFFICE3");
    }

    @Test
    void a_gap_that_stays_goes_on_to_the_use_unit_again_and_then_to_the_officer() throws SQLException {
        everybody();
        BOOK.alert("maintenance", "WARNING");
        DelayedNotices delayed = new DelayedNotices(BOOK.pool, Routes.builtIn());
        BOOK.passes("71 hours");
        assertThat(delayed.run()).isZero();
        BOOK.passes("1 hour");
        assertThat(delayed.run()).isEqualTo(1);
        BOOK.route(channels);
        assertThat(BOOK.told()).isEqualTo("OFFICE1, OFFICE2");
        BOOK.passes("4 days");
        assertThat(delayed.run()).isEqualTo(1);
        assertThat(delayed.run()).isZero();
        BOOK.route(channels);
        assertThat(BOOK.told()).isEqualTo("OFFICE1, OFFICE2, OFFICER0");
    }

    @Test
    void a_gap_whose_time_came_just_now_goes_on_at_once_and_one_that_was_missed_goes_on_later() throws SQLException {
        everybody();
        DelayedNotices delayed = new DelayedNotices(BOOK.pool, Routes.builtIn());
        BOOK.alert("maintenance", "WARNING", "missed");
        BOOK.passes("1 hour");
        BOOK.alert("maintenance", "WARNING", "seen");
        BOOK.passes("72 hours");
        assertThat(delayed.runRecent()).isEqualTo(1);
        assertThat(delayed.runRecent()).isZero();
        assertThat(delayed.run()).isEqualTo(1);
        assertThat(delayed.run()).isZero();
    }

    @Test
    void a_gap_that_was_closed_or_recovered_does_not_go_on() throws SQLException {
        BOOK.alert("maintenance", "WARNING", "a");
        BOOK.alert("maintenance", "WARNING", "b");
        BOOK.database.execute("""
                UPDATE alert SET cleared_at = tean_now() WHERE rule = 'a';
                UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'li', cause = 'GENUINE' WHERE rule = 'b'
                """);
        BOOK.passes("30 days");
        assertThat(new DelayedNotices(BOOK.pool, Routes.builtIn()).run()).isZero();
    }

    @Test
    void a_critical_alarm_that_nobody_acknowledges_reaches_the_desk() throws SQLException {
        everybody();
        BOOK.alert("use-unit", "CRITICAL", "a");
        BOOK.alert("use-unit", "CRITICAL", "b");
        BOOK.database.execute("UPDATE alert SET state = 'acknowledged' WHERE rule = 'b'");
        BOOK.passes("10 minutes");
        assertThat(new DelayedNotices(BOOK.pool, Routes.builtIn()).run()).isEqualTo(1);
        BOOK.route(channels);
        assertThat(BOOK.told()).isEqualTo("DISPATCHER0");
    }

    @ParameterizedTest
    @CsvSource({"DAY, 2026-11-23 08:00", "WEEK, 2026-11-23 08:00", "AT_ONCE, 2026-11-22 10:00"})
    void small_ones_wait_for_the_morning_of_the_day_or_the_week(String digest, String at) throws SQLException {
        BOOK.recipient(NoticeBook.UNIT, "OFFICE", "zh", digest, "hook");
        BOOK.notice(BOOK.alert("use-unit", "NOTICE"), "OPENED");
        BOOK.route(channels);
        assertThat(BOOK.text(
                        "SELECT to_char(next_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') FROM delivery"))
                .isEqualTo(at);
    }

    @Test
    void in_the_morning_those_of_a_recipient_become_one() throws SQLException {
        BOOK.recipient(NoticeBook.UNIT, "OFFICE", "en", "DAY", "hook");
        BOOK.alerts(3, "use-unit", "NOTICE");
        BOOK.route(channels);
        BOOK.keep(channels);
        assertThat(BOOK.number("SELECT count(*) FROM delivery WHERE notice_id IS NULL"))
                .isZero();
        BOOK.passes("22 hours");
        BOOK.keep(channels);
        assertThat(
                        BOOK.text(
                                "SELECT d.language || ' ' || count(*) FROM delivery d JOIN delivery m ON m.digest_id = d.delivery_id GROUP BY d.delivery_id"))
                .isEqualTo("en 3");
    }

    @Test
    void a_storm_becomes_one_but_for_what_is_urgent() throws SQLException {
        BOOK.recipient(0, "DISPATCHER", "hook");
        BOOK.alerts(6, "system", "WARNING");
        BOOK.alerts(2, "system", "CRITICAL");
        BOOK.route(channels);
        assertThat(BOOK.number("SELECT count(*) FROM delivery WHERE gathered")).isEqualTo(6);
        BOOK.passes("1 minute");
        BOOK.keep(channels);
        assertThat(BOOK.number("SELECT count(*) FROM delivery WHERE digest_id IS NOT NULL"))
                .isEqualTo(6);
    }
}
