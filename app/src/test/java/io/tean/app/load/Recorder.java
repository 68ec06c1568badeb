package io.tean.app.load;

/** Told by a fleet, on its thread, of everything that goes out and comes back. */
public interface Recorder {
    /**
     * A message is about to leave.
     *
     * @param again whether it is sent again, with DUP, after a lost connection
     * @param nanos of {@link System#nanoTime}
     */
    void published(Terminal terminal, int shape, long number, long epochMicros, boolean again, long nanos);

    /** Its PUBACK arrived. */
    void acknowledged(Terminal terminal, int shape, long number, long epochMicros, long nanos);

    /** Keeps nothing. */
    Recorder NONE = new Recorder() {
        @Override
        public void published(Terminal terminal, int shape, long number, long epochMicros, boolean again, long nanos) {}

        @Override
        public void acknowledged(Terminal terminal, int shape, long number, long epochMicros, long nanos) {}
    };
}
