package io.tean.dashboards.route;

import java.time.Duration;
import java.util.Optional;

/**
 * A cookie to be set; the door adds HttpOnly, SameSite and, where people come by https, Secure.
 *
 * @param age nothing: until the browser is closed; nought: forget it
 */
public record CookieValue(String name, String value, Optional<Duration> age) {
    public static CookieValue forget(String name) {
        return new CookieValue(name, "", Optional.of(Duration.ZERO));
    }
}
