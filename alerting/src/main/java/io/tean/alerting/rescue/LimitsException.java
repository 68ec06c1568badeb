package io.tean.alerting.rescue;

/** The limits of rescue cannot be used; the message has one line for each problem, with file, line and column. */
public final class LimitsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LimitsException(String message) {
        super(message);
    }
}
