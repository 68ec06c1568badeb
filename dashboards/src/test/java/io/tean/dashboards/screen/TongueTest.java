package io.tean.dashboards.screen;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TongueTest {
    private static final Instant NOON = Instant.parse("2026-03-01T04:00:00Z");

    private final Tongue zh = new Tongue(Language.ZH);
    private final Tongue en = new Tongue(Language.EN);

    @Test
    void unknownFigure_isADash_notNought() {
        assertThat(zh.count(OptionalLong.empty())).isEqualTo("–");
        assertThat(zh.count(OptionalDouble.empty())).isEqualTo("–");
        assertThat(zh.rate(OptionalDouble.empty())).isEqualTo("–");
        assertThat(zh.seconds(OptionalDouble.empty())).isEqualTo("–");
        assertThat(zh.bytes(OptionalDouble.empty())).isEqualTo("–");
        assertThat(zh.count(OptionalLong.of(0))).isEqualTo("0");
    }

    @Test
    void times_areTimesOfChina() {
        assertThat(en.time(NOON)).isEqualTo("2026-03-01 12:00:00");
    }

    @Test
    void timeOfToday_hasNoDate_whereTodayIsADayOfChina() {
        assertThat(en.timeNear(NOON.minusSeconds(60), NOON)).isEqualTo("11:59:00");
        assertThat(en.timeNear(Instant.parse("2026-02-28T15:59:59Z"), NOON)).isEqualTo("2026-02-28 23:59:59");
    }

    @Test
    void age_readsLikeSpeech() {
        assertThat(zh.age(NOON.minusSeconds(3), NOON)).isEqualTo("3 秒前");
        assertThat(en.age(NOON.minusSeconds(62), NOON)).isEqualTo("1 min 2 s ago");
        assertThat(en.age(NOON.plusSeconds(5), NOON)).isEqualTo("5 s ahead");
    }

    @Test
    void span_hasItsTwoLargestUnits() {
        Duration span = Duration.ofDays(3).plusHours(4).plusMinutes(5);
        assertThat(zh.span(span)).isEqualTo("3 天 4 小时");
        assertThat(en.span(span.minusDays(3))).isEqualTo("4 h 5 min");
    }

    @Test
    void shortSpans_areSaidInTheUnitThatTells() {
        assertThat(en.seconds(OptionalDouble.of(0.0042))).isEqualTo("4.2 ms");
        assertThat(en.seconds(OptionalDouble.of(0.42))).isEqualTo("420 ms");
        assertThat(en.seconds(OptionalDouble.of(4.2))).isEqualTo("4.2 s");
        assertThat(en.seconds(OptionalDouble.of(150))).isEqualTo("2 min 30 s");
    }

    @Test
    void largeFigures_areGrouped() {
        assertThat(zh.count(1_234_567)).isEqualTo("1,234,567");
        assertThat(zh.bytes(OptionalDouble.of(1_572_864))).isEqualTo("1.5 MiB");
    }

    @Test
    void codeWithoutAWord_isSaidAsItIs() {
        assertThat(zh.term("REASON", "too-old")).isEqualTo("时间过旧");
        assertThat(zh.term("REASON", "new-reason")).isEqualTo("new-reason");
    }
}
