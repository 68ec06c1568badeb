package io.tean.app.faults;

import io.tean.app.load.House;
import io.tean.app.load.Pauses;
import io.tean.app.load.Processes;
import io.tean.app.load.TeanProcess.Readiness;
import java.time.Duration;
import java.time.Instant;

/** Looks at the service from outside, several times a second: its memory, and what it says about itself. */
final class Watch implements AutoCloseable {
    private final House house;
    private final Thread thread;
    private volatile boolean closing;
    private volatile long highestRssKib;
    private volatile Readiness readiness = Readiness.SILENT;

    Watch(House house) {
        this.house = house;
        this.thread = Thread.ofPlatform().name("watch").daemon().start(this::look);
    }

    private void look() {
        while (!closing) {
            highestRssKib =
                    Math.max(highestRssKib, Processes.rssKib(house.service().pid()));
            readiness = house.service().readiness();
            Pauses.millis(200);
        }
    }

    long highestRssMib() {
        return highestRssKib >> 10;
    }

    /** Whether the service says so within the given time. */
    boolean sees(boolean ready, Duration within) {
        Instant end = Instant.now().plus(within);
        while ((readiness == Readiness.READY) != ready) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Pauses.millis(50);
        }
        return true;
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
