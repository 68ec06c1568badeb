package io.tean.dashboards.route;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/**
 * Tells a change that a person sent from our own page from one that another site had the browser send. Two signs must agree: what the
 * browser says of where the request comes from, and a word that only our own page could know.
 */
final class Csrf {
    static final String FIELD = "csrf";
    static final String HEADER = "x-csrf-token";

    private final String publicOrigin;

    Csrf(URI publicUrl) {
        this.publicOrigin = origin(publicUrl);
    }

    /** The word for the browser that holds this cookie: derived, so that nothing has to be kept. */
    static String word(String cookie) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(("tean csrf " + cookie).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    /** What is wrong with a change; empty when it comes from our own page. */
    Optional<String> problem(Received received, String expected) {
        Optional<String> site = problemOfSite(received);
        if (site.isPresent()) {
            return site;
        }
        Optional<String> origin = received.header("origin");
        if (origin.isPresent() && !isOurs(origin.get(), received)) {
            return Optional.of("the request comes from another site (Origin)");
        }
        String sent = received.header(HEADER)
                .or(() -> Received.first(received.form(), FIELD))
                .orElse("");
        boolean equal =
                MessageDigest.isEqual(sent.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
        return equal ? Optional.empty() : Optional.of("the CSRF word is missing or of another session");
    }

    /**
     * What the browser says of where the request comes from, alone: for an address that is itself a word that only our own page could know.
     * Its page sends no referrer, so that its forms have no origin either.
     */
    static Optional<String> problemOfSite(Received received) {
        return received.header("sec-fetch-site")
                .filter(site -> !site.equals("same-origin"))
                .map(site -> "the request comes from another site (Sec-Fetch-Site)");
    }

    /** The public address, or the very host that the browser asked: it cannot be made to lie in either. */
    private boolean isOurs(String origin, Received received) {
        return origin.equals(publicOrigin)
                || received.header("host").stream()
                        .anyMatch(host -> origin.equals("http://" + host) || origin.equals("https://" + host));
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
