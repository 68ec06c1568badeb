package io.tean.core.store;

import org.jspecify.annotations.Nullable;

/** The database does not do, or its schema does not fit; the message says what and what to do, in one line. */
public final class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public StoreException(String message) {
        this(message, null);
    }
}
