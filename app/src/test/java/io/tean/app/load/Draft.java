package io.tean.app.load;

/** What a feed says about a terminal's next message; one object, used again and again by a fleet. */
public final class Draft {
    long nowMicros;
    int shape;
    long number;
    long micros;

    Draft() {}

    /** Now, in microseconds since 1970. */
    public long nowMicros() {
        return nowMicros;
    }

    /**
     * The terminal's next message.
     *
     * @param shape which of the terminal's shapes
     * @param number which message of this terminal
     * @param epochMicros the reading's time
     */
    public void message(int shape, long number, long epochMicros) {
        this.shape = shape;
        this.number = number;
        this.micros = epochMicros;
    }
}
