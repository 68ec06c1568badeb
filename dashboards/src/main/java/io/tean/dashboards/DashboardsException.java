package io.tean.dashboards;

import org.jspecify.annotations.Nullable;

/** The web side cannot open; the message says what and what to do, in one line. */
public final class DashboardsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DashboardsException(String message) {
        super(message);
    }

    DashboardsException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
