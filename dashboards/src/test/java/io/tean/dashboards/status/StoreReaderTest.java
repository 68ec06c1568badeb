package io.tean.dashboards.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.tean.core.stream.StreamCatalogue;
import io.tean.dashboards.HandMadeDatabase;
import io.tean.dashboards.MovableClock;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class StoreReaderTest {
    private static final Instant START = Instant.parse("2026-03-01T04:00:00Z");

    private final MovableClock clock = new MovableClock(START);

    @Test
    void beforeTheFirstRound_nothingIsKnown_andNothingIsSaidToBeAway() {
        assertThat(reader(HandMadeDatabase.away()).memory().awaySince()).isEmpty();
    }

    @Test
    void databaseAway_isAwaySinceTheFirstRoundThatFailed() {
        StoreReader reader = reader(HandMadeDatabase.away());
        reader.read();
        clock.advance(Duration.ofSeconds(30));
        reader.read();
        assertThat(reader.memory().awaySince()).contains(START);
    }

    @Test
    void databaseThatHangs_isAwayBeforeTheRoundEnds() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        StoreReader reader = reader(new HandMadeDatabase(() -> {
            asked.countDown();
            try {
                answer.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SQLException("cut", "08006");
        }));
        Thread round = Thread.ofVirtual().start(reader::read);
        asked.await();
        assertThat(reader.memory().awaySince()).isEmpty();
        clock.advance(StoreReader.PATIENCE.plusSeconds(1));
        assertThat(reader.memory().awaySince()).contains(START);
        answer.countDown();
        round.join();
    }

    private StoreReader reader(HandMadeDatabase database) {
        return new StoreReader(database, StreamCatalogue.builtIn(), clock);
    }
}
