package io.tean.app.load;

/** Counts of latencies in buckets about 1.6 % wide, from a microsecond to hours. Not thread-safe. */
public final class LatencyLog {
    private static final int STEPS_BITS = 6;
    private static final int STEPS = 1 << STEPS_BITS;

    private final long[] counts = new long[STEPS * 40];
    private long total;

    public void add(long nanos) {
        counts[bucket(Math.max(0, nanos) / 1_000)]++;
        total++;
    }

    public long count() {
        return total;
    }

    /** The latency in milliseconds that the given share of all stays at or below; NaN when there are none. */
    public double millis(double share) {
        if (total == 0) {
            return Double.NaN;
        }
        long wanted = Math.max(1, (long) Math.ceil(share * total));
        long seen = 0;
        for (int i = 0; i < counts.length; i++) {
            seen += counts[i];
            if (seen >= wanted) {
                return highest(i) / 1_000.0;
            }
        }
        return Double.NaN;
    }

    /** Exact below 64 µs, then 64 steps from each power of two to the next. */
    private static int bucket(long micros) {
        if (micros < STEPS) {
            return (int) micros;
        }
        int shift = 63 - Long.numberOfLeadingZeros(micros) - STEPS_BITS;
        return Math.min((shift + 1) * STEPS + (int) (micros >>> shift) - STEPS, STEPS * 40 - 1);
    }

    private static long highest(int bucket) {
        if (bucket < STEPS) {
            return bucket;
        }
        int shift = bucket / STEPS - 1;
        return ((long) (bucket % STEPS + STEPS + 1) << shift) - 1;
    }
}
