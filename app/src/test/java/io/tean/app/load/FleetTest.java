package io.tean.app.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FleetTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int WINDOW = 7;

    private Acknowledger service;

    @BeforeEach
    void start() throws IOException {
        service = new Acknowledger(true);
    }

    @AfterEach
    void stop() throws IOException {
        service.close();
    }

    @Test
    void everyMessage_isAcknowledgedOnce_andNoneIsLeftAfterDraining() throws IOException {
        try (Fleet fleet = fleet(3)) {
            fleet.pace(new Pace.Full());
            assertThat(fleet.awaitAcknowledged(500, LONG)).isTrue();

            assertThat(fleet.drain(LONG)).isZero();

            assertThat(fleet.acknowledged()).isEqualTo(service.firsts().size());
            assertThat(service.firsts()).doesNotHaveDuplicates();
        }
    }

    @Test
    void aWindow_isNeverExceeded() throws IOException {
        service.silent(false);
        try (Fleet fleet = fleet(1)) {
            fleet.awaitOnline(1, LONG);
            service.silent(true);
            fleet.pace(new Pace.Full());
            while (service.received().size() < WINDOW) {
                Pauses.millis(5);
            }
            Pauses.millis(100);

            assertThat(service.received()).hasSize(WINDOW);
        }
    }

    @Test
    void whatIsNotAcknowledged_comesAgainWithDup_inOrder_afterALostConnection() throws IOException {
        try (Fleet fleet = fleet(1)) {
            fleet.awaitOnline(1, LONG);
            service.silent(true);
            fleet.pace(new Pace.Full());
            while (service.received().size() < WINDOW) {
                Pauses.millis(5);
            }
            service.cut();
            service.silent(false);
            fleet.drain(LONG);

            List<String> firsts = service.firsts().subList(0, WINDOW);
            assertThat(service.received().subList(WINDOW, 2 * WINDOW))
                    .containsExactlyElementsOf(
                            firsts.stream().map(p -> "again " + p).toList());
            assertThat(fleet.reconnects()).isEqualTo(1);
        }
    }

    @Test
    void aSteadyPace_sendsWhatIsDue() throws IOException {
        try (Fleet fleet = fleet(5)) {
            fleet.awaitOnline(5, LONG);
            fleet.cutLatencies();
            fleet.pace(new Pace.Steady(200));
            assertThat(fleet.awaitAcknowledged(60, LONG)).isTrue();
            fleet.drain(LONG);

            assertThat(fleet.cutLatencies().count()).isEqualTo(fleet.acknowledged());
        }
    }

    private Fleet fleet(int terminals) throws IOException {
        return new Fleet(
                service.address(),
                IntStream.range(0, terminals)
                        .mapToObj(i -> new Terminal(
                                i,
                                new Login("device-" + i, "token", "EQ-" + i),
                                WINDOW,
                                null,
                                List.of(LoadStreams.READING)))
                        .toList(),
                Feed.live(),
                Recorder.NONE);
    }
}
