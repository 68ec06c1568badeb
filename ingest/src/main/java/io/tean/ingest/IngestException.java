package io.tean.ingest;

import org.jspecify.annotations.Nullable;

/** Ingest cannot start or a command cannot be carried out; the message says what and what to do, in one line. */
public final class IngestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public IngestException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    public IngestException(String message) {
        this(message, null);
    }
}
