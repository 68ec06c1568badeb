package io.tean.dashboards.account;

import io.tean.dashboards.route.Source;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Slows guessing down: after a few failures each further attempt has to wait, twice as long every time. It counts by account name,
 * whether or not there is such an account, and by source. A browser that the account has logged in from before has a count of its own,
 * so that strangers' attempts cannot keep a duty operator from the seat.
 */
final class LoginBrake {
    private static final int FREE_FOR_ACCOUNT = 5;
    /** An office shares one address. */
    private static final int FREE_FOR_SOURCE = 20;

    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration FORGOTTEN = Duration.ofMinutes(15);
    private static final int MOST_COUNTS = 50_000;

    private final LongSupplier nanos;
    private final Map<String, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
            return size() > MOST_COUNTS;
        }
    };

    private record Count(int failures, long lastNanos, long untilNanos) {}

    /**
     * Who tries to log in.
     *
     * @param seat names the browser, when the account has logged in from it before
     */
    record Attempt(String account, String source, Optional<String> seat) {
        private List<String> keys() {
            if (seat.isPresent()) {
                return List.of("seat " + seat.get());
            }
            return List.of("account " + account.toLowerCase(Locale.ROOT), "source " + Source.network(source));
        }
    }

    LoginBrake(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * Asks for an attempt. It counts as failed until {@link #succeeded} says otherwise: many at the same moment count one by one.
     *
     * @return how long to wait first; nought when it may be made now
     */
    synchronized Duration ask(Attempt attempt) {
        long now = nanos.getAsLong();
        long wait = 0;
        for (String key : attempt.keys()) {
            Count count = counts.get(key);
            if (count != null && now - count.lastNanos > FORGOTTEN.toNanos()) {
                counts.remove(key);
            } else if (count != null) {
                wait = Math.max(wait, count.untilNanos - now);
            }
        }
        if (wait > 0) {
            return Duration.ofNanos(wait);
        }
        for (String key : attempt.keys()) {
            Count count = counts.get(key);
            int failures = (count == null ? 0 : count.failures) + 1;
            counts.put(
                    key,
                    new Count(failures, now, now + pause(failures, free(key)).toNanos()));
        }
        return Duration.ZERO;
    }

    /** The account's failures are forgotten; the source's are not, or one's own account would buy attempts at another's. */
    synchronized void succeeded(Attempt attempt) {
        for (String key : attempt.keys()) {
            if (key.startsWith("source ")) {
                counts.computeIfPresent(
                        key,
                        (k, count) -> count.failures <= 1
                                ? null
                                : new Count(count.failures - 1, count.lastNanos, nanos.getAsLong()));
            } else {
                counts.remove(key);
            }
        }
    }

    private static int free(String key) {
        return key.startsWith("source ") ? FREE_FOR_SOURCE : FREE_FOR_ACCOUNT;
    }

    private static Duration pause(int failures, int free) {
        if (failures < free) {
            return Duration.ZERO;
        }
        long seconds = 1L << Math.min(failures - free, 20);
        return seconds > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds(seconds);
    }
}
