package io.tean.app.load;

/** How fast a fleet publishes. */
public sealed interface Pace {
    /** Nothing new; what is under way is waited for. */
    record Still() implements Pace {}

    /** As fast as acknowledgements free the windows (closed loop). */
    record Full() implements Pace {}

    /**
     * At a given rate whatever the answers do (open loop): a message counts as sent when it was due, so that a stall shows in the
     * latencies of all that were due meanwhile. Due messages leave in small bundles.
     */
    record Steady(double perSecond) implements Pace {
        public Steady {
            if (!(perSecond > 0)) {
                throw new IllegalArgumentException("a pace of " + perSecond + " a second is none; give more than 0");
            }
        }
    }
}
