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
     */
    record Health(String part, boolean well, String detail) {}
}
