package io.tean.core.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * What a seal holds: SHA-256 over the hash before it and every column of the entry. A column is the byte 1, the length of its UTF-8 in
 * four bytes and the UTF-8 itself, or the byte 0 when it is NULL, so that no two entries have the same bytes.
 */
final class EntryDigest {
    /** The columns of {@code audit_entry e} in the order in which they are covered; a new column of the table belongs here. */
    static final String COLUMNS = """
             e.audit_id::text,
             CASE WHEN isfinite(e.at) THEN (extract(epoch FROM e.at) * 1000000)::bigint::text ELSE e.at::text END,
             e.actor_kind, e.actor, e.source, e.action, e.subject_kind, e.subject, e.organisation_id::text,
             e.before::text, e.after::text, e.reason\s""";

    private static final int COUNT = 12;

    private final MessageDigest digest;

    EntryDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @param first the number of the first of {@link #COLUMNS} in the row */
    byte[] of(byte[] previous, ResultSet row, int first) throws SQLException {
        digest.reset();
        digest.update(previous);
        for (int i = 0; i < COUNT; i++) {
            String value = row.getString(first + i);
            if (value == null) {
                digest.update((byte) 0);
            } else {
                byte[] bytes = value.getBytes(UTF_8);
                digest.update((byte) 1);
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
                digest.update(bytes);
            }
        }
        return digest.digest();
    }
}
