package io.tean.alerting.channel;

import java.util.Optional;

/** A way by which people are told. */
public interface Channel extends AutoCloseable {
    /** Whether each recipient has an address of its own; a robot speaks to its group. */
    default boolean needsAddress() {
        return false;
    }

    /** Why the channel does not take an address, in one line. */
    default Optional<String> refusal(String to) {
        return Optional.empty();
    }

    /**
     * One attempt. Runs on a virtual thread that is interrupted when it takes too long: it must end then.
     *
     * @param to an address that is not refused
     */
    Delivered deliver(Message message, String to);

    @Override
    default void close() {}
}
