package io.tean.app.load;

/** Waiting, for programs in which an interrupt means the end. */
public final class Pauses {
    private Pauses() {}

    public static void millis(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
