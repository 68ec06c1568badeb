package io.tean.core.health;

/** A part of the service that can say whether it is well. Answers from memory, at once, on any thread. */
public interface HealthCheck {
    Health health();

    /**
     * What a part says of itself.
     *
     * @param part its name in one or two words, such as database
     * @param well whether it can do its work now
     * @param detail one line for a person, without secrets
     * @param needed whether the service can serve nobody while this part is ill; one that is not needed is shown, and leaves it ready
     */
    record Health(String part, boolean well, String detail, boolean needed) {
        public Health(String part, boolean well, String detail) {
            this(part, well, detail, true);
        }
    }
}
