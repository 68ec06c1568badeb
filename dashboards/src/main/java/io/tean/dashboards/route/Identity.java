package io.tean.dashboards.route;

import io.tean.dashboards.access.Viewer;
import java.util.Optional;

/** Recognises who asks. Implemented by the accounts. */
public interface Identity {
    /** The account whose session a browser's cookie opens; empty when it has ended or never was. */
    Optional<Viewer> session(String cookie);

    /** The account that a program's token acts for; empty when the token is unknown, expired or revoked. */
    Optional<Viewer> token(String bearer);
}
