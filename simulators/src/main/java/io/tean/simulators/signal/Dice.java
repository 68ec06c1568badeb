package io.tean.simulators.signal;

import java.util.List;
import java.util.SplittableRandom;

/** A seeded source of chance. The same seed and purpose give the same throws, whatever else is thrown elsewhere. */
public final class Dice {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;

    private final SplittableRandom random;

    private Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Dice for one purpose, independent of those for another purpose of the same seed. */
    public static Dice of(long seed, String purpose) {
        return new Dice(seed(seed, purpose));
    }

    /** A seed derived from a seed and a purpose. */
    public static long seed(long seed, String purpose) {
        long hash = FNV_OFFSET ^ seed;
        for (int i = 0; i < purpose.length(); i++) {
            hash = (hash ^ purpose.charAt(i)) * FNV_PRIME;
        }
        return hash;
    }

    /** From low (inclusive) to high (exclusive). */
    public double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /** From low to high, both inclusive. */
    public int whole(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    /** Any long, such as a seed for something else. */
    public long any() {
        return random.nextLong();
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public double normal(double mean, double deviation) {
        return mean + deviation * random.nextGaussian();
    }

    /** The time to the next of events that happen at random once per {@code mean}, in the unit of {@code mean}. */
    public double waiting(double mean) {
        return -mean * Math.log(1 - random.nextDouble());
    }

    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
