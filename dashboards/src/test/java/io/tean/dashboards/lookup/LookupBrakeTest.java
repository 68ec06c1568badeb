package io.tean.dashboards.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LookupBrakeTest {
    private static final String SOMEBODY = "203.0.113.1";

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final LookupBrake brake = new LookupBrake(nanos::get);

    @Test
    void looksThatFind_areOneASecond_afterTheFirstSixty() {
        assertThat(taken(100)).isEqualTo(LookupBrake.FULL);
        nanos.addAndGet(Duration.ofSeconds(3).toNanos());
        assertThat(taken(100)).isEqualTo(3);
    }

    @Test
    void looksThatFindNothing_areTen_andThenTenAMinute() {
        assertThat(missed(100)).isEqualTo(LookupBrake.FULL / LookupBrake.DEAREST);
        nanos.addAndGet(Duration.ofSeconds(60).toNanos());
        assertThat(missed(100)).isEqualTo(10);
    }

    @Test
    void purse_neverHoldsMoreThanAtFirst() {
        taken(1);
        nanos.addAndGet(Duration.ofDays(1).toNanos());
        assertThat(taken(100)).isEqualTo(LookupBrake.FULL);
    }

    @Test
    void addressesOfOneIpv6Network_areOneSource_andOthersAreNot() {
        for (int i = 0; i < LookupBrake.FULL; i++) {
            brake.take("2001:db8:0:1::" + Integer.toHexString(i));
        }
        assertThat(brake.take("2001:db8:0:1:ffff::1")).isFalse();
        assertThat(brake.take("2001:db8:0:2::1")).isTrue();
    }

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += brake.take(SOMEBODY) ? 1 : 0;
        }
        return taken;
    }

    private int missed(int tries) {
        int missed = 0;
        for (int i = 0; i < tries; i++) {
            if (brake.take(SOMEBODY)) {
                brake.missed(SOMEBODY);
                missed++;
            }
        }
        return missed;
    }
}
