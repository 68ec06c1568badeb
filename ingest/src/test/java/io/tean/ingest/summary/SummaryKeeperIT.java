package io.tean.ingest.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class SummaryKeeperIT {
    private static final ProbeHouse HOUSE = new ProbeHouse();

    @AfterAll
    static void drop() {
        HOUSE.close();
    }

    @Test
    void hours_are_summarised_again_and_again_and_a_failure_is_told() throws Exception {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        HOUSE.empty();
        HOUSE.store(1, ProbeHouse.NOON, 1);
        HOUSE.at(ProbeHouse.NOON.plus(2, ChronoUnit.HOURS));
        try (SummaryKeeper keeper =
                SummaryKeeper.start(HOUSE.pool, HOUSE.database.settings(), ProbeHouse.CATALOGUE, meters)) {
            until(() -> HOUSE.hours() == 1);
            until(() -> meters.get("tean.summary.lag").gauge().value() == 0);
            until(() ->
                    keeper.health().well() && keeper.health().detail().equals("every hour that is over is summarised"));
            assertThat(HOUSE.database.number("SELECT count(*) FROM ingest_task"))
                    .isEqualTo(2);
            HOUSE.database.execute("ALTER TABLE test_probe_hour RENAME TO test_probe_gone");
            HOUSE.at(ProbeHouse.NOON.plus(5, ChronoUnit.HOURS));
            until(() -> !keeper.health().well());
            assertThat(keeper.health().detail()).contains("cannot summarise stream test-probe");
            assertThat(meters.counter("tean.summary.failed").count()).isPositive();
        }
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(60)).until(condition);
    }
}
