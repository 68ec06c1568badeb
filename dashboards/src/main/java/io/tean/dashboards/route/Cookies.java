package io.tean.dashboards.route;

import java.net.URI;

/**
 * The names of our cookies. Where people come by https they begin with {@code __Host-}: then a browser takes them from this very host
 * and over https only.
 */
public final class Cookies {
    private final boolean secure;

    public Cookies(URI publicUrl) {
        this.secure = "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    boolean secure() {
        return secure;
    }

    /** Opens a session. */
    public String session() {
        return name("session");
    }

    /** Tells a browser that the account has logged in from before. */
    public String seat() {
        return name("seat");
    }

    /** Binds the login form to the browser that fetched it. */
    String visit() {
        return name("visit");
    }

    private String name(String word) {
        return (secure ? "__Host-tean-" : "tean-") + word;
    }
}
