package io.tean.alerting.rescue;

import io.tean.core.store.StoreException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The links by which a unit answers without an account. A link names the call, the end of its time and the key, and is signed together with the
 * call's nonce (HMAC-SHA256, its first 16 bytes); 43 letters, so that it fits into a short message.
 */
public final class Links {
    static final Duration VALID = Duration.ofHours(24);

    private static final int KEY_BYTES = 32;
    private static final int MAC_BYTES = 16;
    private static final int NAMED_BYTES = Integer.BYTES + Long.BYTES + Integer.BYTES;
    private static final int LETTERS = 43;

    private final DataSource database;
    /** The newest is the last; replaced as a whole. */
    private volatile NavigableMap<Integer, byte[]> keys;

    private Links(DataSource database, NavigableMap<Integer, byte[]> keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * Makes the first key when there is none.
     *
     * @throws StoreException when the database does not answer
     */
    public static Links open(DataSource database) {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO link_key (key) SELECT ? WHERE NOT EXISTS (SELECT FROM link_key)")) {
            byte[] key = new byte[KEY_BYTES];
            new SecureRandom().nextBytes(key);
            insert.setBytes(1, key);
            insert.executeUpdate();
            return new Links(database, load(connection));
        } catch (SQLException e) {
            throw new StoreException("cannot read the keys of rescuers' links: " + e.getMessage(), e);
        }
    }

    /**
     * The link of a call, by its number.
     *
     * @throws StoreException when there is no such call, or the database does not answer
     */
    public String of(long dispatchId) {
        try (Connection connection = database.getConnection();
                PreparedStatement select = connection.prepareStatement(
                        "SELECT nonce, called_at FROM rescue_dispatch WHERE dispatch_id = ?")) {
            select.setLong(1, dispatchId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new StoreException("there is no call " + dispatchId + " to make a link of");
                }
                return of(
                        dispatchId,
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant());
            }
        } catch (SQLException e) {
            throw new StoreException("cannot make the link of call " + dispatchId + ": " + e.getMessage(), e);
        }
    }

    /** The link of a call, always the same one. */
    public String of(long dispatchId, UUID nonce, Instant calledAt) {
        Map.Entry<Integer, byte[]> newest = keys.lastEntry();
        int until = (int) calledAt.plus(VALID).getEpochSecond();
        byte[] named = ByteBuffer.allocate(NAMED_BYTES)
                .order(ByteOrder.BIG_ENDIAN)
                .putInt(newest.getKey())
                .putLong(dispatchId)
                .putInt(until)
                .array();
        byte[] link = Arrays.copyOf(named, NAMED_BYTES + MAC_BYTES);
        System.arraycopy(sign(newest.getValue(), named, nonce), 0, link, NAMED_BYTES, MAC_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(link);
    }

    /**
     * What a link says of itself; whether it is one of ours, {@link #isOurs} tells.
     *
     * @param until the end of its time
     */
    record Named(long dispatchId, Instant until, int keyId, byte[] bytes) {}

    /** None for what cannot be a link. */
    static Optional<Named> name(String link) {
        if (link.length() != LETTERS) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(link);
            // The last letter has two bits too many; a link that differs there only is another text, but must not be
            // another link.
            if (bytes.length != NAMED_BYTES + MAC_BYTES
                    || !Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(bytes)
                            .equals(link)) {
                return Optional.empty();
            }
            ByteBuffer named = ByteBuffer.wrap(bytes).order(ByteOrder.BIG_ENDIAN);
            int keyId = named.getInt();
            long dispatchId = named.getLong();
            return Optional.of(
                    new Named(dispatchId, Instant.ofEpochSecond(Integer.toUnsignedLong(named.getInt())), keyId, bytes));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Compares in the same time wherever they differ. */
    boolean isOurs(Named link, UUID nonce) throws SQLException {
        byte @Nullable [] key = keys.get(link.keyId);
        if (key == null) {
            // Another service may have made it since.
            try (Connection connection = database.getConnection()) {
                keys = load(connection);
            }
            key = keys.get(link.keyId);
        }
        if (key == null) {
            return false;
        }
        byte[] signed = sign(key, Arrays.copyOf(link.bytes, NAMED_BYTES), nonce);
        return MessageDigest.isEqual(
                Arrays.copyOf(signed, MAC_BYTES), Arrays.copyOfRange(link.bytes, NAMED_BYTES, NAMED_BYTES + MAC_BYTES));
    }

    private static byte[] sign(byte[] key, byte[] named, UUID nonce) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(named);
            mac.update(ByteBuffer.allocate(2 * Long.BYTES)
                    .putLong(nonce.getMostSignificantBits())
                    .putLong(nonce.getLeastSignificantBits())
                    .array());
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot sign links", e);
        }
    }

    private static NavigableMap<Integer, byte[]> load(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT key_id, key FROM link_key");
                ResultSet row = select.executeQuery()) {
            NavigableMap<Integer, byte[]> keys = new TreeMap<>();
            while (row.next()) {
                keys.put(row.getInt(1), row.getBytes(2));
            }
            return keys;
        }
    }
}
