package io.tean.alerting.judge;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.alerting.rule.RuleCatalogue;
import io.tean.core.alert.EarlyAlarm;
import io.tean.core.reading.Reading;
import io.tean.core.reading.UnstoredReading;
import io.tean.core.store.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

class JudgeStepIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();
    private static final RuleCatalogue RULES = RuleCatalogue.load(
            MadeReading.STREAMS, List.of(Path.of("src/test/resources/io/tean/alerting/judge/rules")));

    private static final List<EarlyAlarm> EARLY = new ArrayList<>();

    private Judging judging = started();
    private int sequence;

    @BeforeEach
    void empty() {
        DATABASE.execute(
                "TRUNCATE alert, alert_finding, rule_window, notice, audit_entry, audit_unsealed, equipment, elevator_event,"
                        + " elevator_status, boiler_status, cylinder_fill, simulated_clock, cylinder, operator CASCADE");
        DATABASE.execute(
                "INSERT INTO equipment (equipment_id, code, category, name, parameters) OVERRIDING SYSTEM VALUE"
                        + " VALUES (1, '31103713022014080001', 'elevator', '一号梯', '{}'),"
                        + " (2, '11103713022014080002', 'boiler', '二号炉', '{\"rated_pressure_mpa\": 1.0}'), (3, 'F-3', 'filling-machine', '充装机', '{}')");
        itIs(0);
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    private static Judging started() {
        return new Judging(RULES, MadeReading.STREAMS, JudgeCounts.NONE, 1000, EARLY::add);
    }

    @Test
    void an_entrapment_opens_an_emergency_with_finding_audit_entry_and_notice() throws SQLException {
        arrive(event(0, 11));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
        assertThat(DATABASE.text("SELECT (equipment_id, stream, time, key_values, rule)::text FROM alert_finding"))
                .isEqualTo("(1,elevator-event,\"2026-11-22 00:00:00+00\",\"{11,1}\",entrapment)");
        assertThat(
                        DATABASE.text(
                                "SELECT concat_ws(' ', actor, action, after ->> 'equipment', after ->> 'severity') FROM audit_entry"))
                .isEqualTo("alerting alert.open 31103713022014080001 EMERGENCY");
        assertThat(DATABASE.text("SELECT concat_ws(' ', occasion, severity, dispatch_class, state) FROM notice"))
                .isEqualTo("OPENED EMERGENCY rescue queued");
    }

    @Test
    void a_further_entrapment_is_counted_by_the_alert_that_is_open_or_acknowledged() throws SQLException {
        arrive(event(0, 11), event(10, 11));
        DATABASE.execute("UPDATE alert SET state = 'acknowledged'");
        arrive(event(20, 11));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY acknowledged x3");
        assertThat(DATABASE.number("SELECT count(*) FROM notice")).isEqualTo(1);
        assertThat(DATABASE.number("SELECT count(DISTINCT alert_id) FROM alert_finding"))
                .isEqualTo(1);
    }

    @Test
    void after_a_closed_alert_the_next_finding_opens_a_new_one() throws SQLException {
        arrive(event(0, 11));
        DATABASE.execute("UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'x', cause = 'GENUINE'");
        arrive(event(10, 11));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY closed x1, 1 entrapment EMERGENCY open x1");
    }

    @Test
    void what_is_found_again_after_the_closing_is_told_anew_though_it_is_remembered_as_told() throws SQLException {
        arrive(event(0, 11));
        close();
        arrive(event(10, 11));
        assertThat(DATABASE.number("SELECT count(DISTINCT alert_id) FROM notice WHERE occasion = 'OPENED'"))
                .isEqualTo(2);
    }

    @Test
    void a_closing_makes_forget_what_was_remembered_so_that_the_next_one_begins_by_itself() throws SQLException {
        EARLY.clear();
        arrive(event(0, 11));
        close();
        judging.step().ended(judging.clock(POOL).lookForEnded());
        judging.step().delayed(List.of(new UnstoredReading(event(10, 11), "31103713022014080001")));
        assertThat(EARLY).hasSize(1);
        arrive(event(10, 11));
        assertThat(DATABASE.text("SELECT first_seen::text FROM alert WHERE state = 'open'"))
                .isEqualTo("2026-11-22 00:00:10+00");
    }

    /** As the desk does it. */
    private static void close() {
        DATABASE.execute("UPDATE alert SET state = 'closed', closed_at = now(), closed_by = 'x', cause = 'GENUINE'");
        DATABASE.execute("DELETE FROM rule_window");
    }

    @Test
    void an_alert_that_was_closed_while_its_condition_held_opens_anew_and_recovers_also_after_a_restart()
            throws SQLException {
        arrive(stuck(0), stuck(31));
        close();
        arrive(stuck(60));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY closed x1, 1 entrapment EMERGENCY open x1");
        judging = started();
        arrive(moving(90));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY closed x1, 1 entrapment EMERGENCY open x1 cleared");
    }

    @Test
    void nothing_is_left_when_the_transaction_is_rolled_back() throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            judging.step().judge(connection, List.of(event(0, 11)));
            connection.rollback();
        }
        assertThat(alerts()).isEmpty();
        arrive(event(0, 11));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
    }

    @Test
    void standing_outside_the_zone_with_a_passenger_is_found_after_thirty_seconds() throws SQLException {
        arrive(stuck(0));
        arrive(stuck(20));
        assertThat(alerts()).isEmpty();
        arrive(stuck(31));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
        assertThat(DATABASE.text("SELECT (last_seen - first_seen)::text FROM alert"))
                .isEqualTo("00:00:31");
    }

    @Test
    void a_restarted_service_goes_on_with_the_window_that_was_open() throws SQLException {
        arrive(stuck(0));
        judging = started();
        arrive(stuck(31));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
    }

    @Test
    void a_machine_that_falls_silent_in_the_window_did_not_recover() throws SQLException {
        arrive(stuck(0));
        assertThat(clock(29)).isZero();
        assertThat(clock(31)).isEqualTo(1);
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
        assertThat(DATABASE.text("SELECT time::text FROM alert_finding")).isEqualTo("2026-11-22 00:00:00+00");
        assertThat(clock(90)).isZero();
    }

    @Test
    void a_window_that_ended_is_not_fired_by_the_clock() throws SQLException {
        arrive(stuck(0));
        arrive(moving(20));
        assertThat(clock(60)).isZero();
        assertThat(alerts()).isEmpty();
    }

    @Test
    void what_the_clock_fired_is_cleared_by_the_next_reading_and_comes_back_once() throws SQLException {
        arrive(stuck(0));
        clock(40);
        arrive(moving(60));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1 cleared");
        arrive(stuck(70), stuck(110));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x2 again");
        assertThat(DATABASE.text("SELECT string_agg(occasion, ' ' ORDER BY queued_at) FROM notice"))
                .isEqualTo("OPENED CLEARED REACTIVATED");
    }

    @Test
    void an_acknowledged_alert_that_comes_back_is_open_again() throws SQLException {
        arrive(event(0, 11), cleared(5));
        DATABASE.execute("UPDATE alert SET state = 'acknowledged', acknowledged_by = 'x', acknowledged_at = now()");
        arrive(event(10, 11));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x2 again");
        assertThat(DATABASE.number("SELECT count(*) FROM alert WHERE acknowledged_by IS NULL"))
                .isEqualTo(1);
    }

    @Test
    void the_alarm_button_counts_with_the_status_that_came_before_a_restart() throws SQLException {
        arrive(stuck(0));
        judging = started();
        arrive(event(10, 90));
        assertThat(alerts()).contains("1 entrapment EMERGENCY open x1");
    }

    @Test
    void an_event_and_a_status_in_one_batch_are_seen_together() throws SQLException {
        arrive(event(10, 90), stuck(5));
        assertThat(alerts()).contains("1 entrapment EMERGENCY open x1");
    }

    @Test
    void inspection_operation_mutes_and_its_end_does_not_forget() throws SQLException {
        arrive(status(0, Map.of("service_mode", "inspection_operation")));
        arrive(status(40, Map.of("service_mode", "inspection_operation")));
        assertThat(clock(120)).isZero();
        arrive(stuck(60), stuck(95));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
    }

    @Test
    void a_late_emergency_without_a_later_recovery_opens_marked_late() throws SQLException {
        arrive(event(600, 42));
        itIs(600);
        arrive(event(30, 11));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1 late");
    }

    @Test
    void a_late_emergency_that_is_over_is_recorded_as_cleared() throws SQLException {
        arrive(event(30, 42), cleared(300), event(600, 42));
        itIs(600);
        arrive(event(60, 11));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1 late cleared");
        assertThat(DATABASE.text("SELECT cleared_at::text FROM alert")).isEqualTo("2026-11-22 00:05:00+00");
    }

    @Test
    void a_late_end_clears_the_alert_whose_beginning_came_in_time() throws SQLException {
        arrive(event(0, 11));
        arrive(event(100, 42));
        arrive(cleared(50));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1 cleared");
    }

    @Test
    void a_late_reading_completes_the_window_that_it_belongs_to() throws SQLException {
        arrive(stuck(0), moving(60));
        itIs(300);
        arrive(stuck(35));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1 late cleared");
    }

    @Test
    void a_late_reading_that_breaks_a_waiting_window_restarts_it() throws SQLException {
        arrive(stuck(0), stuck(28));
        arrive(moving(20));
        assertThat(clock(35)).isZero();
        arrive(stuck(40));
        assertThat(alerts()).isEmpty();
        arrive(stuck(59));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
    }

    @Test
    void older_readings_change_nothing_of_what_is_now() throws SQLException {
        arrive(stuck(100), stuck(140));
        arrive(moving(50));
        assertThat(alerts()).isEqualTo("1 entrapment EMERGENCY open x1");
        assertThat(DATABASE.number("SELECT count(*) FROM rule_window WHERE fired"))
                .isEqualTo(1);
    }

    @Test
    void the_registered_pressure_is_the_limit_and_an_unregistered_one_is_told_after_an_hour() throws SQLException {
        arrive(boiler(0, 0.99));
        arrive(boiler(30, 1.01));
        assertThat(alerts()).isEqualTo("2 test-pressure CRITICAL open x1");
        arrive(boiler(60, 0.97));
        assertThat(alerts()).as("between the limits").isEqualTo("2 test-pressure CRITICAL open x1");
        arrive(boiler(90, 0.94));
        assertThat(alerts()).isEqualTo("2 test-pressure CRITICAL open x1 cleared");
        DATABASE.execute("UPDATE equipment SET parameters = '{}'");
        arrive(boiler(120, 1.5));
        arrive(boiler(3720, 1.5));
        assertThat(alerts()).isEqualTo("2 test-pressure CRITICAL open x1 cleared, 2 rule-blind NOTICE open x1");
    }

    @Test
    void a_fill_is_compared_with_what_the_register_knows_of_the_cylinder_and_the_filler() throws SQLException {
        DATABASE.execute(
                "INSERT INTO cylinder (code, type, medium, volume_litre, inspection_due_on) VALUES ('C-1', 'LPG', 'lpg', 35.5, '2026-11-21')");
        arrive(fill(0, "C-1", 14.9), fill(10, "C-2", 20));
        assertThat(alerts()).isEqualTo("C-1 test-expired WARNING open x1");
        arrive(fill(20, "C-1", 15));
        assertThat(alerts()).isEqualTo("C-1 test-expired WARNING open x2, C-1 test-overfill CRITICAL open x1");
        assertThat(DATABASE.text(
                        "SELECT (opened_with ->> 'cylinder.max_fill_kg') FROM alert WHERE rule = 'test-overfill'"))
                .isEqualTo("14.91");
    }

    @Test
    void quiet_readings_of_a_known_machine_need_no_transaction_and_others_do() throws SQLException {
        assertThat(judging.step().foresee(List.of(moving(0))))
                .as("unknown machine")
                .isEmpty();
        arrive(moving(0));
        Optional<Runnable> quiet = judging.step().foresee(List.of(moving(10), moving(20)));
        assertThat(quiet).isPresent();
        quiet.get().run();
        assertThat(judging.step().foresee(List.of(moving(15)))).as("late").isEmpty();
        assertThat(judging.step().foresee(List.of(stuck(30))))
                .as("a window opens")
                .isEmpty();
        assertThat(judging.step().foresee(List.of(event(30, 11))))
                .as("first event")
                .isEmpty();
    }

    @Test
    void however_the_readings_are_cut_into_batches_and_the_service_restarted_the_alerts_are_the_same()
            throws SQLException {
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            empty();
            sequence = 0;
            judging = started();
            List<Reading> readings = new ArrayList<>();
            for (int at = 0; at < 600; at += 5 + random.nextInt(25)) {
                readings.add(
                        switch (random.nextInt(5)) {
                            case 0, 1 -> stuck(at);
                            case 2 -> moving(at);
                            case 3 -> status(at, Map.of("service_mode", "inspection_operation"));
                            default -> event(at, random.nextBoolean() ? 11 : 90);
                        });
            }
            List<Trial.Event> expected = new Trial(RULES, MadeReading.STREAMS)
                    .play(readings, r -> Map.of(), readings.getLast().time());
            for (int from = 0; from < readings.size(); ) {
                int to = Math.min(readings.size(), from + 1 + random.nextInt(4));
                arrive(readings.subList(from, to).toArray(Reading[]::new));
                from = to;
                if (random.nextInt(4) == 0) {
                    judging = started();
                }
            }
            assertThat(DATABASE.text(
                            "SELECT coalesce(string_agg(DISTINCT rule || ' ' || (time AT TIME ZONE 'UTC')::time, ', '), '')"
                                    + " FROM alert_finding"))
                    .as("findings of round " + round)
                    .isEqualTo(expected.stream()
                            .filter(e -> !e.over() && !e.byClock())
                            .map(e -> e.rule() + " "
                                    + DateTimeFormatter.ISO_LOCAL_TIME.format(e.at().atOffset(ZoneOffset.UTC)))
                            .map(text -> text.length() == text.indexOf(' ') + 6 ? text + ":00" : text)
                            .distinct()
                            .sorted()
                            .collect(Collectors.joining(", ")));
        }
    }

    @Test
    void an_emergency_that_cannot_be_stored_is_told_once_under_the_id_that_its_notice_keeps() throws SQLException {
        EARLY.clear();
        arrive(moving(0));
        Reading trapped = event(10, 11);
        Reading again = event(20, 11);
        judging.step().delayed(List.of(new UnstoredReading(trapped, "31103713022014080001")));
        judging.step().delayed(List.of(new UnstoredReading(again, "31103713022014080001")));
        assertThat(EARLY).hasSize(1);
        assertThat(EARLY.getFirst().equipmentCode()).isEqualTo("31103713022014080001");
        assertThat(alerts()).isEmpty();
        arrive(trapped, again);
        assertThat(DATABASE.text("SELECT string_agg(notice_id::text, ' ') FROM notice"))
                .isEqualTo(EARLY.getFirst().noticeId().toString());
        judging.step().delayed(List.of(new UnstoredReading(event(30, 11), "31103713022014080001")));
        assertThat(EARLY).as("it is open and was told").hasSize(1);
    }

    private void itIs(int second) {
        DATABASE.execute("INSERT INTO simulated_clock (at) VALUES (timestamptz '"
                + MadeReading.START.plusSeconds(second) + "') ON CONFLICT (one) DO UPDATE SET at = excluded.at");
    }

    private int clock(int second) throws SQLException {
        itIs(second);
        return judging.clock(POOL).fire();
    }

    private void arrive(Reading... readings) throws SQLException {
        try (Connection connection = POOL.getConnection()) {
            connection.setAutoCommit(false);
            for (Reading reading : readings) {
                store(connection, reading);
            }
            Runnable adoption = judging.step().judge(connection, Arrays.asList(readings));
            connection.commit();
            adoption.run();
        }
    }

    private static void store(Connection connection, Reading reading) throws SQLException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1));
            out.writeLong(0);
            out.write(reading.tuple());
            out.writeShort(-1);
            String columns = String.join(
                    ", ", reading.stream().columns().stream().map(c -> c.name()).toList());
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn(
                            "COPY " + reading.stream().table() + " (" + columns + ") FROM STDIN (FORMAT binary)",
                            new java.io.ByteArrayInputStream(bytes.toByteArray()));
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    private Reading event(int second, int code) {
        return MadeReading.of(
                1, Map.of("at", second + "s", "stream", "elevator-event", "code", code, "sequence", ++sequence));
    }

    private Reading cleared(int second) {
        return MadeReading.of(
                1,
                Map.of(
                        "at",
                        second + "s",
                        "stream",
                        "elevator-event",
                        "code",
                        11,
                        "sequence",
                        ++sequence,
                        "cleared",
                        true));
    }

    private static Reading stuck(int second) {
        return status(second, Map.of());
    }

    private static Reading moving(int second) {
        return status(second, Map.of("car_running", true));
    }

    private static Reading status(int second, Map<String, Object> other) {
        Map<String, Object> fields = new TreeMap<>(Map.of(
                "at", second + "s",
                "stream", "elevator-status",
                "service_mode", "normal",
                "car_running", false,
                "in_door_zone", false,
                "passenger_present", true,
                "main_power_on", true,
                "upper_limit_switch", false,
                "lower_limit_switch", false));
        fields.putAll(other);
        return MadeReading.of(1, fields);
    }

    private static Reading boiler(int second, double pressure) {
        return MadeReading.of(
                2,
                Map.of("at", second + "s", "stream", "boiler-status", "kind", "steam", "steam_pressure_mpa", pressure));
    }

    private static Reading fill(int second, String cylinder, double kg) {
        return MadeReading.of(
                3,
                Map.of(
                        "at",
                        second + "s",
                        "stream",
                        "cylinder-fill",
                        "filling_gun_id",
                        "G-1",
                        "cylinder_code",
                        cylinder,
                        "medium",
                        "lpg",
                        "net_fill_kg",
                        kg));
    }

    /** Each alert of the rules under test; an alert's marks behind it. */
    private static String alerts() {
        return DATABASE.text("""
                SELECT coalesce(string_agg(concat_ws(' ', subject, rule, severity, state, 'x' || findings, CASE WHEN late THEN 'late' END,
                    CASE WHEN cleared_at IS NOT NULL THEN 'cleared' END, CASE WHEN activations > 1 THEN 'again' END), ', ' ORDER BY alert_id), '')
                FROM alert WHERE rule IN ('entrapment', 'test-pressure', 'test-overfill', 'test-expired', 'rule-blind')
                """);
    }
}
