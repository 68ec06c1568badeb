package io.tean.dashboards.live;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What many ask for at the same moment, because the same change woke them, is looked at once: whoever asks gets a look that began after he asked,
 * and shares it with all who asked before it began. Nothing is kept for those who ask later. Thread-safe.
 *
 * @param <K> what the answers differ by; few, for each stays in memory
 */
public final class SharedLook<K, V> {
    private final Map<K, Turn<V>> turns = new ConcurrentHashMap<>();

    public V at(K key, Supplier<V> look) {
        Turn<V> turn = turns.computeIfAbsent(key, k -> new Turn<>());
        return turn.take(look);
    }

    private static final class Turn<V> {
        private final ReentrantLock one = new ReentrantLock();
        private volatile long begun;
        // What the last look that ended saw, or threw: who waited through an outage must not wait for one of his own.
        private Supplier<V> seen = () -> {
            throw new IllegalStateException("nobody has looked yet");
        };

        V take(Supplier<V> look) {
            long before = begun;
            one.lock();
            try {
                // Looks end in the order in which they began.
                if (begun == before) {
                    begun = before + 1;
                    seen = outcome(look);
                }
                return seen.get();
            } finally {
                one.unlock();
            }
        }

        private static <V> Supplier<V> outcome(Supplier<V> look) {
            try {
                V value = look.get();
                return () -> value;
            } catch (RuntimeException e) {
                return () -> {
                    throw e;
                };
            }
        }
    }
}
