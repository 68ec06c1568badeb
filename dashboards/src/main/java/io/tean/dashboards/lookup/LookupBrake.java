package io.tean.dashboards.lookup;

import io.tean.dashboards.route.Source;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Keeps strangers from trying all codes: each network has a purse that fills by one a second, a look costs one, and one that finds nothing
 * costs five more. A telephone company has many people behind one address, and most of them ask for a machine that is there.
 */
final class LookupBrake {
    static final int FULL = 60;
    static final int DEAREST = 6;

    private static final double NANOS = 1e9;
    private static final int MOST_PURSES = 50_000;

    private final LongSupplier nanos;
    private final Map<String, Purse> purses = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Purse> eldest) {
            return size() > MOST_PURSES;
        }
    };

    /** What was in it, and when. */
    private record Purse(double looks, long atNanos) {}

    LookupBrake(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes one look out, and answers whether there was one. Many at the same moment are taken one by one. */
    synchronized boolean take(String source) {
        double looks = now(source);
        if (looks < 1) {
            return false;
        }
        put(source, looks - 1);
        return true;
    }

    /** The look that was taken found nothing. */
    synchronized void missed(String source) {
        put(source, Math.max(0, now(source) - (DEAREST - 1)));
    }

    private double now(String source) {
        Purse purse = purses.get(Source.network(source));
        return purse == null
                ? FULL
                : Math.min(FULL, purse.looks + Math.max(0, nanos.getAsLong() - purse.atNanos) / NANOS);
    }

    private void put(String source, double looks) {
        purses.put(Source.network(source), new Purse(looks, nanos.getAsLong()));
    }
}
