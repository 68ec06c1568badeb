package io.tean.simulators.signal;

/** A value that wanders between two limits and is drawn back to its mean, such as an ambient temperature or a gas pressure. */
public final class Walk {
    private final Dice dice;
    private final double low;
    private final double high;
    private final double halfLifeSeconds;
    private final double spread;
    private double value;

    /**
     * @param halfLifeSeconds how long a deviation from the mean takes to fall to its half
     * @param spread the usual deviation from the mean, which lies midway between the limits
     */
    public Walk(Dice dice, double low, double high, double halfLifeSeconds, double spread) {
        this.dice = dice;
        this.low = low;
        this.high = high;
        this.halfLifeSeconds = halfLifeSeconds;
        this.spread = spread;
        this.value = clamped(dice.normal(mean(), spread));
    }

    /** The value after the given time has passed. */
    public double after(double seconds) {
        double keep = Math.pow(0.5, seconds / halfLifeSeconds);
        double kick = spread * Math.sqrt(1 - keep * keep);
        value = clamped(mean() + (value - mean()) * keep + dice.normal(0, kick));
        return value;
    }

    private double mean() {
        return (low + high) / 2;
    }

    private double clamped(double v) {
        return Math.clamp(v, low, high);
    }
}
