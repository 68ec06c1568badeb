package io.tean.ingest.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-22T08:00:00Z, 2026-11-22T08:00:00Z",
        "2026-11-22t08:00:00z, 2026-11-22T08:00:00Z",
        "2026-11-22 08:00:00Z, 2026-11-22T08:00:00Z",
        "2026-11-22T08:00:00+08:00, 2026-11-22T00:00:00Z",
        "2026-11-22T08:00:00-23:59, 2026-11-23T07:59:00Z",
        "2026-11-22T08:00:00-00:00, 2026-11-22T08:00:00Z",
        "2024-02-29T23:59:59.9Z, 2024-02-29T23:59:59.9Z",
        "2000-02-29T00:00:00Z, 2000-02-29T00:00:00Z",
        "2026-01-01T00:00:00.000001+08:00, 2025-12-31T16:00:00.000001Z",
        "2026-01-01T00:00:00.123456789Z, 2026-01-01T00:00:00.123456Z",
        "1969-12-31T23:59:59.999999Z, 1969-12-31T23:59:59.999999Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999Z, 9999-12-31T23:59:59.999999Z",
    })
    void an_rfc_3339_time_is_read_to_the_microsecond(String text, Instant time) {
        assertThat(Timestamps.epochMicros(text)).isEqualTo(ChronoUnit.MICROS.between(Instant.EPOCH, time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-11-22",
                "2026-11-22T08:00:00",
                "2026-11-22T08:00Z",
                "2026-11-22T08:00:00+0800",
                "2026-11-22T08:00:00+08",
                "2026-11-22T08:00:00+24:00",
                "2026-11-22T08:00:00+08:60",
                "2026-11-22T08:00:00*08:00",
                "2026-11-22T08:00:00.Z",
                "2026-11-22T08:00:00.1234567890Z",
                "2026-11-22T08:00:00,5Z",
                "2026-11-22T08:00:00Z ",
                " 2026-11-22T08:00:00Z",
                "2026-11-22T08:00:00ZZ",
                "2026-11-22T08:00:60Z",
                "2016-12-31T23:59:60Z",
                "2026-11-22T24:00:00Z",
                "2026-11-22T08:60:00Z",
                "2026-02-29T00:00:00Z",
                "2100-02-29T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-04-31T00:00:00Z",
                "2026-11-22T08:00:00.",
                "２026-11-22T08:00:00Z",
                "2026/11/22T08:00:00Z",
                "+026-11-22T08:00:00Z",
                "20261-1-22T08:00:00Z",
                "2026-11-22T08:00:00.5+8:00",
            })
    void everything_else_is_not_a_time(String text) {
        assertThat(Timestamps.epochMicros(text)).isEqualTo(Timestamps.NOT_A_TIME);
    }

    @Test
    void ten_thousand_times_with_any_offset_are_read_as_java_writes_them() {
        Random random = new Random(11);
        for (int i = 0; i < 10_000; i++) {
            long micros = random.nextLong(-10_000_000_000_000_000L, 100_000_000_000_000_000L);
            var offset = ZoneOffset.ofHoursMinutes(random.nextInt(-17, 1), -random.nextInt(60));
            OffsetDateTime time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(offset);
            String text = time.toString();
            // Java leaves out seconds that are zero, RFC 3339 does not.
            if (time.getSecond() != 0 || time.getNano() != 0) {
                assertThat(Timestamps.epochMicros(text)).as(text).isEqualTo(micros);
            }
        }
    }
}
