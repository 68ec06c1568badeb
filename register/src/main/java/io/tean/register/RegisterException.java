package io.tean.register;

import org.jspecify.annotations.Nullable;

/** A command on the register cannot be carried out; the message says what and what to do. */
public final class RegisterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RegisterException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public RegisterException(String message) {
        this(message, null);
    }
}
