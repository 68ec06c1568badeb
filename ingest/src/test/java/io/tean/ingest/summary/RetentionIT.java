package io.tean.ingest.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Chunks are dropped by the server's own clock: readings of tests are of some days before this day. */
class RetentionIT {
    private static final ProbeHouse HOUSE = new ProbeHouse();
    private static final Retention RETENTION = new Retention(
            HOUSE.pool, ProbeHouse.CATALOGUE, HOUSE.database.settings().retention(), Duration.ofDays(8));

    @BeforeEach
    void empty() {
        HOUSE.empty();
        HOUSE.database.execute("TRUNCATE elevator_status, elevator_status_hour, elevator_status_day, simulated_clock");
    }

    @AfterAll
    static void drop() {
        HOUSE.close();
    }

    @Test
    void status_goes_after_its_days_and_leaves_its_summaries() throws SQLException {
        status(100, 95, 80);
        HOUSE.summaries.run();
        HOUSE.summaries.run();
        assertThat(RETENTION.run().chunks()).isEqualTo(2);
        assertThat(HOUSE.database.number("SELECT count(*) FROM elevator_status"))
                .isEqualTo(1);
        assertThat(HOUSE.database.number("SELECT count(*) FROM elevator_status_hour"))
                .isEqualTo(3);
        assertThat(RETENTION.run().chunks()).isZero();
    }

    @Test
    void what_is_not_summarised_stays() throws SQLException {
        status(100);
        assertThat(RETENTION.run().chunks()).isZero();
        HOUSE.summaries.run();
        late(100);
        assertThat(RETENTION.run().chunks()).isZero();
        HOUSE.summaries.run();
        assertThat(RETENTION.run().chunks()).isEqualTo(1);
    }

    @Test
    void a_reading_that_comes_after_the_others_are_gone_does_not_spoil_their_summary() throws SQLException {
        status(100, 100);
        HOUSE.summaries.run();
        RETENTION.run();
        status(100);
        late(100);
        HOUSE.summaries.run();
        assertThat(HOUSE.database.number("SELECT sum(readings) FROM elevator_status_day"))
                .isEqualTo(2);
    }

    @Test
    void records_stay_for_four_years() throws SQLException {
        HOUSE.database.execute("""
                INSERT INTO test_probe (time, equipment_id, kind, number)
                SELECT clock_timestamp() - make_interval(days => days), 1, 'a', 1 FROM unnest(ARRAY[1400, 1500]) days
                """);
        HOUSE.summaries.run();
        assertThat(RETENTION.run().chunks()).isPositive();
        assertThat(HOUSE.database.number("SELECT count(*) FROM test_probe")).isEqualTo(1);
    }

    @Test
    void dead_letters_go_after_a_year() throws SQLException {
        HOUSE.database.execute("""
                INSERT INTO dead_letter (received_at, device_id, equipment_code, stream, reason, detail, payload, last_received)
                SELECT clock_timestamp() - make_interval(days => days), 'd', 'e', 's', 'not-json', 'x', days::text::bytea,
                    clock_timestamp() - make_interval(days => days) FROM unnest(ARRAY[1, 360, 370, 400]) days
                """);
        assertThat(RETENTION.run().deadLetters()).isEqualTo(2);
        assertThat(HOUSE.database.number("SELECT count(*) FROM dead_letter")).isEqualTo(2);
    }

    @Test
    void the_service_may_drop_nothing_else() {
        refused("equipment", 5_000, "holds no stream");
        refused("audit_entry; DROP TABLE equipment", 5_000, "holds no stream");
        refused("elevator_status", 3, "may not be dropped");
        refused("elevator_status_day", 2_000, "may not be dropped");
        refused("elevator_status", 2_000, "not summarised yet");
    }

    private static void refused(String table, int days, String why) {
        assertThatThrownBy(() -> {
                    try (Connection connection = HOUSE.pool.getConnection();
                            Statement statement = connection.createStatement()) {
                        statement.execute("SELECT drop_old_chunks('" + table
                                + "', clock_timestamp() - make_interval(days => " + days + "))");
                    }
                })
                .hasMessageContaining(why);
    }

    private static void late(int daysAgo) {
        HOUSE.database.execute("INSERT INTO summary_late (stream, hour, equipment_id) VALUES ('elevator-status', '"
                + hour(daysAgo) + "', 1)");
    }

    private static Instant hour(int daysAgo) {
        return Instant.parse(
                        HOUSE.database.text(
                                "SELECT to_char(date_trunc('hour', clock_timestamp(), 'UTC') AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"))
                .minus(daysAgo, ChronoUnit.DAYS);
    }

    /** A reading each, so many days ago. */
    private static void status(int... daysAgo) {
        int second = (int) HOUSE.database.number("SELECT count(*) FROM elevator_status_hour") * 10;
        for (int days : daysAgo) {
            HOUSE.database.execute(
                    "INSERT INTO elevator_status (time, equipment_id, service_mode, car_running) VALUES ('"
                            + hour(days).plusSeconds(++second) + "', 1, 'normal', true)");
        }
    }
}
