package io.tean.alerting.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tean.core.alert.AlertDecisions.SilenceDraft;
import io.tean.core.audit.Actor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilencesIT {
    private static final AlertBook BOOK = new AlertBook();
    private static final Actor LI = Actor.account("li", "10.0.0.1");

    private final AlertDesk desk =
            new AlertDesk(BOOK.pool, AlertBook.RULES, new AlertCounts(new SimpleMeterRegistry()));

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    /** Machines 1 and 2 are of use unit 1 in division 330106, machine 3 of use unit 2 in 330108. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            machine 1,      ,            1 t-warning; 1 t-critical
            machine 1,      t-warning,   1 t-warning
            machine 1,      t-emergency, 1 t-emergency
            machine 2,      t-emergency, null
            unit 1,         ,            1 t-warning; 1 t-critical; 2 t-warning
            unit 2,         ,            3 t-warning
            unit 1,         t-critical,  1 t-critical
            division 330106,,            1 t-warning; 1 t-critical; 2 t-warning
            division 330108,t-critical,  null
            """)
    void a_silence_covers_its_place_and_rule_and_an_emergency_only_when_both_are_named(
            String place, String rule, String covered) throws SQLException {
        BOOK.open(1, "t-warning");
        BOOK.open(1, "t-critical");
        BOOK.open(1, "t-emergency");
        BOOK.open(2, "t-warning");
        BOOK.open(3, "t-warning");
        desk.silence(draft(place, rule, "work", Duration.ZERO, Duration.ofHours(1)), LI);
        assertThat(silenced()).isEqualTo(covered);
    }

    @Test
    void it_is_in_force_from_its_beginning_until_its_end() throws SQLException {
        BOOK.open(1, "t-warning");
        desk.silence(draft("machine 1", null, "work", Duration.ofHours(1), Duration.ofHours(2)), LI);
        assertThat(silenced()).isEqualTo("null");
        BOOK.passes("1 hour");
        assertThat(silenced()).isEqualTo("1 t-warning");
        BOOK.passes("1 hour");
        assertThat(silenced()).isEqualTo("null");
    }

    @Test
    void it_can_be_ended_once_before_its_time() throws SQLException {
        BOOK.open(1, "t-warning");
        long silence = desk.silence(draft("machine 1", null, "work", Duration.ZERO, Duration.ofHours(2)), LI);
        BOOK.passes("1 hour");
        assertThat(desk.endSilence(silence, LI)).isTrue();
        assertThat(silenced()).isEqualTo("null");
        assertThat(desk.endSilence(silence, LI)).isFalse();
        assertThat(BOOK.trail()).isEqualTo("alert.open 1 alerting, silence.add 1 li, silence.end 1 li");
    }

    @Test
    void one_that_is_over_cannot_be_ended() {
        long silence = desk.silence(draft("machine 1", null, "work", Duration.ZERO, Duration.ofHours(2)), LI);
        BOOK.passes("2 hours");
        assertThat(desk.endSilence(silence, LI)).isFalse();
    }

    @Test
    void the_trail_says_what_is_silenced_why_and_until_when() {
        desk.silence(draft("machine 1", "t-warning", " work on the door ", Duration.ZERO, Duration.ofHours(2)), LI);
        assertThat(
                        BOOK.database.text(
                                "SELECT concat_ws(' ', subject_kind, subject, organisation_id, after, reason) FROM audit_entry"))
                .isEqualTo(
                        "silence 1 1 {\"equipment_id\":\"1\",\"from\":\"2026-11-22T02:00:00Z\",\"rule\":\"t-warning\","
                                + "\"until\":\"2026-11-22T04:00:00Z\"} work on the door");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            machine 1,      t-unknown,   work, 1,    rule t-unknown is not known
            machine 1,      ,            ' ',  1,    needs a reason
            machine 1,      ,            work, 0,    end it later
            machine 1,      ,            work, 2161, 90 days at most
            machine 1,      t-emergency, work, 25,   24 hours at most
            unit 1,         t-emergency, work, 1,    for a single machine only
            division 33,    ,            work, 1,    is not six digits
            machine 77,     ,            work, 1,    nobody registered
            nowhere 1,      ,            work, 1,    exactly one machine
            """)
    void a_draft_that_says_too_little_or_too_much_is_refused_with_a_line(
            String place, String rule, String reason, int hours, String line) {
        assertThatThrownBy(() -> desk.silence(draft(place, rule, reason, Duration.ZERO, Duration.ofHours(hours)), LI))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line);
        assertThat(BOOK.database.number("SELECT count(*) FROM silence")).isZero();
    }

    @Test
    void ninety_days_and_of_an_emergency_a_day_are_just_allowed() {
        desk.silence(draft("machine 1", null, "work", Duration.ZERO, Duration.ofDays(90)), LI);
        desk.silence(draft("machine 1", "t-emergency", "work", Duration.ZERO, Duration.ofHours(24)), LI);
        assertThat(BOOK.database.number("SELECT count(*) FROM silence")).isEqualTo(2);
    }

    private static SilenceDraft draft(
            String place, @Nullable String rule, String reason, Duration from, Duration until) {
        return new SilenceDraft(
                place(place, "machine ").map(Integer::valueOf),
                place(place, "unit ").map(Integer::valueOf),
                place(place, "division "),
                Optional.ofNullable(rule),
                reason,
                AlertBook.TEN.plus(from),
                AlertBook.TEN.plus(until));
    }

    private static Optional<String> place(String place, String kind) {
        return place.startsWith(kind) ? Optional.of(place.substring(kind.length())) : Optional.empty();
    }

    private static String silenced() {
        return BOOK.database.text(
                "SELECT string_agg(subject || ' ' || rule, '; ' ORDER BY alert_id) FROM alert a WHERE alert_silence(a) IS NOT NULL");
    }
}
