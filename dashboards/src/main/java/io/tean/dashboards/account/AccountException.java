package io.tean.dashboards.account;

import org.jspecify.annotations.Nullable;

/** A change of accounts that cannot be made; the message says what and the way out, in one line. */
public final class AccountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AccountException(String message) {
        this(message, null);
    }

    AccountException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
