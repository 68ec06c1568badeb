package io.tean.simulators.link;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Tells troubles to a person: a few at a time, then only that there are more. Used on the links' thread. */
final class Troubles {
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final int MOST = 5;

    private final Consumer<String> listener;
    private final InstantSource clock;
    private Instant pauseEnds = Instant.MIN;
    private int told;

    Troubles(Consumer<String> listener, InstantSource clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void tell(String trouble) {
        Instant now = clock.instant();
        if (!now.isBefore(pauseEnds)) {
            pauseEnds = now.plus(PAUSE);
            told = 0;
        }
        told++;
        if (told <= MOST) {
            listener.accept(trouble);
        } else if (told == MOST + 1) {
            listener.accept("more devices have such troubles");
        }
    }
}
