package io.tean.dashboards.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.dashboards.account.LoginBrake.Attempt;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoginBrakeTest {
    private static final int FREE = 5;
    private static final int FREE_FOR_SOURCE = 20;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final LoginBrake brake = new LoginBrake(nanos::get);

    @Test
    void firstAttempts_areFree_andThenEachWaitsTwiceAsLong() {
        Attempt attempt = stranger("duty", "203.0.113.1");
        fail(attempt, FREE);
        for (int seconds : List.of(1, 2, 4, 8, 16, 32, 64, 128, 256)) {
            assertThat(brake.ask(attempt)).isEqualTo(Duration.ofSeconds(seconds));
            pass(Duration.ofSeconds(seconds));
            fail(attempt, 1);
        }
        assertThat(brake.ask(attempt)).as("at most").isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void attemptThatHasToWait_doesNotCount() {
        Attempt attempt = stranger("duty", "203.0.113.1");
        fail(attempt, FREE);
        for (int i = 0; i < 100; i++) {
            assertThat(brake.ask(attempt)).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void failures_areForgottenAfterAQuarterOfAnHour() {
        Attempt attempt = stranger("duty", "203.0.113.1");
        fail(attempt, FREE);
        pass(Duration.ofMinutes(15).plusNanos(1));
        fail(attempt, FREE);
        assertThat(brake.ask(attempt)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void failures_areNotForgottenBefore() {
        Attempt attempt = stranger("duty", "203.0.113.1");
        fail(attempt, FREE);
        pass(Duration.ofMinutes(15));
        fail(attempt, 1);
        assertThat(brake.ask(attempt)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void strangers_cannotKeepTheDutyOperatorFromTheKnownSeat() {
        for (int i = 0; i < 50; i++) {
            brake.ask(stranger("duty", "203.0.113." + i));
        }
        assertThat(brake.ask(stranger("duty", "198.51.100.1"))).isPositive();
        assertThat(brake.ask(seated("duty", "198.51.100.1"))).isZero();
    }

    @Test
    void knownSeat_isSlowedDownByItsOwnFailures() {
        fail(seated("duty", "198.51.100.1"), FREE);
        assertThat(brake.ask(seated("duty", "198.51.100.2"))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void success_forgetsTheFailuresOfTheAccount() {
        Attempt attempt = stranger("duty", "203.0.113.1");
        fail(attempt, FREE - 1);
        assertThat(brake.ask(attempt)).isZero();
        brake.succeeded(attempt);
        fail(attempt, FREE);
    }

    @Test
    void ownSuccess_buysNoAttemptsAtOtherAccounts() {
        Attempt own = stranger("thief", "203.0.113.1");
        for (int i = 0; i < FREE_FOR_SOURCE - 1; i++) {
            fail(stranger("victim-" + i, "203.0.113.1"), 1);
            if (i < FREE_FOR_SOURCE - 2) {
                assertThat(brake.ask(own)).isZero();
                brake.succeeded(own);
            }
        }
        fail(stranger("victim", "203.0.113.1"), 1);
        assertThat(brake.ask(own)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void failuresOfOneSource_slowDownEveryAccountFromThere_butNotFromElsewhere() {
        for (int i = 0; i < FREE_FOR_SOURCE; i++) {
            fail(stranger("account-" + i, "203.0.113.1"), 1);
        }
        assertThat(brake.ask(stranger("another", "203.0.113.1"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(brake.ask(stranger("another", "203.0.113.2"))).isZero();
    }

    @Test
    void addressesOfOneIpv6Network_areOneSource_howeverTheyAreWritten() {
        for (int i = 0; i < FREE_FOR_SOURCE; i++) {
            String host = Integer.toHexString(i + 1);
            String source = i % 2 == 0 ? "2001:db8:1:2::" + host : "2001:0DB8:1:2:0:0:0:" + host;
            fail(stranger("account-" + i, source), 1);
        }
        assertThat(brake.ask(stranger("another", "2001:db8:1:2:ffff::1"))).isEqualTo(Duration.ofSeconds(1));
        assertThat(brake.ask(stranger("another", "2001:db8:1:3::1"))).isZero();
    }

    @Test
    void sourceThatIsNoAddress_isCountedAsItIs() {
        Attempt attempt = stranger("duty", "fe80::1%no-such-interface:");
        fail(attempt, FREE);
        assertThat(brake.ask(attempt)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void accountName_isOne_howeverItIsWritten() {
        fail(stranger("duty", "203.0.113.1"), FREE);
        assertThat(brake.ask(stranger("DUTY", "203.0.113.2"))).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void parallelAttempts_countOneByOne() throws Exception {
        Attempt attempt = stranger("duty", "203.0.113.1");
        Callable<Duration> ask = () -> brake.ask(attempt);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Duration>> asked = threads.invokeAll(Collections.nCopies(200, ask));
            int free = 0;
            for (Future<Duration> answer : asked) {
                free += answer.get().isZero() ? 1 : 0;
            }
            assertThat(free).isEqualTo(FREE);
        }
    }

    private void fail(Attempt attempt, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(brake.ask(attempt)).isZero();
        }
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static Attempt stranger(String account, String source) {
        return new Attempt(account, source, Optional.empty());
    }

    private static Attempt seated(String account, String source) {
        return new Attempt(account, source, Optional.of("seat"));
    }
}
