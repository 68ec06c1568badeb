package io.tean.alerting.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.store.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServiceBeatIT {
    private static final TestDatabase DATABASE = TestDatabase.fresh();
    private static final DataSource POOL = DATABASE.pool();

    private final AtomicLong nanos = new AtomicLong();
    private final ServiceBeat service = new ServiceBeat(POOL, nanos::get);

    @BeforeEach
    void empty() {
        DATABASE.execute(
                "TRUNCATE service_beat, simulated_clock; INSERT INTO simulated_clock VALUES (true, '2026-11-22 10:00Z')");
    }

    @AfterAll
    static void drop() {
        DATABASE.close();
    }

    @Test
    void the_first_beat_begins_the_time_in_which_somebody_listens() throws SQLException {
        service.beat();
        assertThat(beat()).isEqualTo("10:00:00 10:00:00");
    }

    @Test
    void further_beats_prolong_it() throws SQLException {
        service.beat();
        passes(5);
        service.beat();
        assertThat(beat()).isEqualTo("10:00:00 10:00:05");
    }

    @Test
    void a_service_that_comes_within_half_a_minute_goes_on() throws SQLException {
        service.beat();
        passes(30);
        new ServiceBeat(POOL, nanos::get).beat();
        assertThat(beat()).isEqualTo("10:00:00 10:00:30");
    }

    @Test
    void after_a_longer_break_of_all_services_it_begins_anew() throws SQLException {
        service.beat();
        passes(31);
        new ServiceBeat(POOL, nanos::get).beat();
        assertThat(beat()).isEqualTo("10:00:31 10:00:31");
    }

    @Test
    void one_service_fills_the_break_of_the_other() throws SQLException {
        ServiceBeat other = new ServiceBeat(POOL, nanos::get);
        service.beat();
        passes(20);
        other.beat();
        passes(20);
        service.beat();
        assertThat(beat()).isEqualTo("10:00:00 10:00:40");
    }

    @Test
    void a_clock_that_somebody_moves_makes_no_break_for_a_service_that_was_there() throws SQLException {
        service.beat();
        DATABASE.execute("UPDATE simulated_clock SET at = at + interval '1 hour'");
        nanos.addAndGet(Duration.ofSeconds(5).toNanos());
        service.beat();
        assertThat(beat()).isEqualTo("10:00:00 11:00:00");
    }

    @Test
    void nobody_listened_since_the_future() throws SQLException {
        service.beat();
        DATABASE.execute("UPDATE simulated_clock SET at = at - interval '1 hour'");
        service.beat();
        assertThat(beat()).isEqualTo("09:00:00 09:00:00");
    }

    private void passes(int seconds) {
        nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
        DATABASE.execute("UPDATE simulated_clock SET at = at + make_interval(secs => " + seconds + ")");
    }

    private static String beat() {
        return DATABASE.text(
                "SELECT to_char(up_since AT TIME ZONE 'UTC', 'HH24:MI:SS') || to_char(last_at AT TIME ZONE 'UTC', ' HH24:MI:SS') FROM service_beat");
    }
}
