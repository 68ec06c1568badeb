package io.tean.alerting.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DispatchingTest {
    @ParameterizedTest
    @CsvSource(textBlock = """
            '',          2026-11-22T19:00:00Z, true
            08:00-20:00, 2026-11-22T00:00:00Z, true
            08:00-20:00, 2026-11-21T23:59:59Z, false
            08:00-20:00, 2026-11-22T12:00:00Z, false
            20:00-08:00, 2026-11-22T12:00:00Z, true
            20:00-08:00, 2026-11-22T00:00:00Z, false
            00:00-24:00, 2026-11-22T15:59:59Z, true
            """)
    void a_station_is_on_duty_in_its_hours_by_the_time_of_china(String hours, Instant now, boolean onDuty) {
        assertThat(Dispatching.isOnDuty(hours, now)).isEqualTo(onDuty);
    }

    @Test
    void a_degree_of_latitude_is_111_km_and_one_of_longitude_less() {
        assertThat(Dispatching.metres(30, 120, 31, 120)).isBetween(111_000, 111_400);
        assertThat(Dispatching.metres(30, 120, 30, 121)).isBetween(96_000, 96_500);
        assertThat(Dispatching.metres(30, 120, 30, 120)).isZero();
        assertThat(Dispatching.metres(0, 179.9, 0, -179.9)).isBetween(22_000, 22_500);
    }
}
