package io.tean.alerting.channel;

import java.time.Duration;
import java.util.Optional;

/** What became of one attempt. */
public sealed interface Delivered {
    /** The far side took it. */
    record HandedOver() implements Delivered {}

    /** The far side says that it reached the recipient. */
    record Confirmed() implements Delivered {}

    /**
     * It may work later.
     *
     * @param when how long the far side wants to be left alone, all of the channel; none when it did not say
     * @param why one line, without secrets
     */
    record TryLater(Optional<Duration> when, String why) implements Delivered {
        public TryLater(String why) {
            this(Optional.empty(), why);
        }
    }

    /**
     * It will never work by this address.
     *
     * @param why one line, without secrets
     */
    record Refused(String why) implements Delivered {}
}
