package io.tean.ingest.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * A device's secret. It carries 192 random bits, so that one SHA-256 is enough to keep it: there is nothing to guess, and a login
 * can be checked on the event loop.
 */
final class Token {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Token() {}

    static String random() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    static byte[] hash(String token) {
        return hash(token.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] hash(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
