package io.tean.core.audit;

import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import javax.sql.DataSource;

/**
 * Verifies the chain of seals against the entries, as they were at one moment: what was changed, taken away, forged or left without a seal
 * is found. A tail that was cut off together with its entries is found by a head that was noted before.
 */
public final class AuditChain {
    /** One question is about so many rows, so that it is answered in time however long the chain is. */
    private static final int AT_ONCE = 5_000;
    /** Entries may be large: no more than these are in memory. */
    private static final int FETCHED = 100;

    private final Connection connection;
    private final Optional<Head> expected;
    private final EntryDigest digest = new EntryDigest();

    /** Up to here the chain is intact. */
    private Head head = Head.START;

    private Optional<Suspect> suspect = Optional.empty();

    private AuditChain(Connection connection, Optional<Head> expected) {
        this.connection = connection;
        this.expected = expected;
    }

    /** What was found. */
    public sealed interface Finding {
        /**
         * Every entry is as it was sealed, or waits for its seal.
         *
         * @param entries that have a seal
         * @param waiting that have none yet
         */
        record Intact(long entries, long waiting, Head head) implements Finding {}

        /**
         * The first thing that does not fit.
         *
         * @param sealNo empty when no seal is concerned
         * @param auditId empty when the entry is not known
         * @param what one line for a person
         */
        record Broken(OptionalLong sealNo, OptionalLong auditId, String what) implements Finding {}
    }

    /** A seal that does not fit the one before it and its entry; the seal after it tells which of the two was changed. */
    private record Suspect(long sealNo, long auditId, String stored, String computed) {
        Finding.Broken broken(String what) {
            return new Finding.Broken(OptionalLong.of(sealNo), OptionalLong.of(auditId), what);
        }

        Finding.Broken entryChanged() {
            return broken("entry " + auditId + " was changed after it was sealed (seal " + sealNo + ")");
        }
    }

    /** @throws StoreException when the database cannot be read */
    public static Finding verify(DataSource database, Optional<Head> expected) {
        try (Connection connection = database.getConnection()) {
            return verify(connection, expected);
        } catch (SQLException e) {
            throw new StoreException("cannot verify the audit entries: " + e.getMessage(), e);
        }
    }

    /**
     * Reads in a transaction of its own; sealing goes on beside it.
     *
     * @param connection without an open transaction
     * @param expected a head noted before, which must still be part of the chain
     */
    public static Finding verify(Connection connection, Optional<Head> expected) throws SQLException {
        boolean autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
        try {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            }
            return new AuditChain(connection, expected).verify();
        } finally {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }

    private Finding verify() throws SQLException {
        Optional<Finding.Broken> broken = walk();
        if (broken.isEmpty()) {
            broken = cutTail();
        }
        if (broken.isEmpty()) {
            broken = waitingInVain();
        }
        if (broken.isEmpty()) {
            broken = forgotten();
        }
        return broken.isPresent() ? broken.get() : new Finding.Intact(head.sealNo(), waiting(), head);
    }

    private Optional<Finding.Broken> walk() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT s.seal_no, s.audit_id, coalesce(encode(s.hash, 'hex'), ''), e.audit_id IS NULL, "
                        + EntryDigest.COLUMNS + """
                        FROM (SELECT seal_no, audit_id, hash FROM audit_seal WHERE seal_no > ? ORDER BY seal_no LIMIT ?) s
                        LEFT JOIN audit_entry e ON e.audit_id = s.audit_id
                        ORDER BY s.seal_no
                        """)) {
            select.setFetchSize(FETCHED);
            select.setInt(2, AT_ONCE);
            // From below the first: no seal may hide there.
            long after = Long.MIN_VALUE;
            int rows = AT_ONCE;
            while (rows == AT_ONCE) {
                select.setLong(1, after);
                rows = 0;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        Optional<Finding.Broken> broken = step(row);
                        if (broken.isPresent()) {
                            return broken;
                        }
                        after = row.getLong(1);
                        rows++;
                    }
                }
            }
        }
        return suspect.map(this::judgedWithoutNext);
    }

    private Optional<Finding.Broken> step(ResultSet row) throws SQLException {
        if (suspect.isPresent()) {
            return Optional.of(judgedByNext(suspect.get(), row));
        }
        long sealNo = row.getLong(1);
        long auditId = row.getLong(2);
        String hash = row.getString(3);
        long due = head.sealNo() + 1;
        if (sealNo > due) {
            return broken(due, OptionalLong.empty(), "seal " + due + " is missing");
        }
        if (sealNo < due) {
            return broken(sealNo, OptionalLong.of(auditId), "seal " + sealNo + " does not belong to the chain");
        }
        if (row.getBoolean(4)) {
            return broken(
                    sealNo, OptionalLong.of(auditId), "entry " + auditId + " is gone (seal " + sealNo + " covers it)");
        }
        String computed = digest(head.hash(), row);
        if (!computed.equals(hash)) {
            suspect = Optional.of(new Suspect(sealNo, auditId, hash, computed));
            return Optional.empty();
        }
        head = new Head(sealNo, hash);
        if (expected.isPresent()
                && expected.get().sealNo() == sealNo
                && !expected.get().equals(head)) {
            return broken(
                    sealNo,
                    OptionalLong.of(auditId),
                    "seal " + sealNo + " is not the head noted before: the chain was written anew, its hash is "
                            + hash);
        }
        return Optional.empty();
    }

    private Finding.Broken judgedByNext(Suspect seal, ResultSet next) throws SQLException {
        boolean follows = next.getLong(1) == seal.sealNo + 1 && !next.getBoolean(4);
        if (follows && next.getString(3).equals(digest(seal.stored, next))) {
            return seal.entryChanged();
        }
        if (follows && next.getString(3).equals(digest(seal.computed, next))) {
            return seal.broken("seal " + seal.sealNo + " was changed; entry " + seal.auditId + " is as it was sealed");
        }
        return judgedWithoutNext(seal);
    }

    private Finding.Broken judgedWithoutNext(Suspect seal) {
        boolean noted = expected.isPresent() && expected.get().equals(new Head(seal.sealNo, seal.stored));
        return noted
                ? seal.entryChanged()
                : seal.broken("entry " + seal.auditId + " was changed after it was sealed, or seal " + seal.sealNo
                        + " is forged");
    }

    private String digest(String previous, ResultSet row) throws SQLException {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(digest.of(hex.parseHex(previous), row, 5));
    }

    private Optional<Finding.Broken> cutTail() {
        return expected.filter(noted -> noted.sealNo() > head.sealNo())
                .flatMap(noted -> broken(
                        noted.sealNo(),
                        OptionalLong.empty(),
                        "seal " + noted.sealNo() + ", the head noted before, is gone: the chain ends with seal "
                                + head.sealNo()));
    }

    private Optional<Finding.Broken> waitingInVain() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT u.audit_id, s.seal_no
                        FROM audit_unsealed u
                        LEFT JOIN audit_entry e ON e.audit_id = u.audit_id
                        LEFT JOIN audit_seal s ON s.audit_id = u.audit_id
                        WHERE e.audit_id IS NULL OR s.audit_id IS NOT NULL
                        ORDER BY u.audit_id LIMIT 1
                        """)) {
            if (!row.next()) {
                return Optional.empty();
            }
            long auditId = row.getLong(1);
            long sealNo = row.getLong(2);
            return Optional.of(
                    row.wasNull()
                            ? new Finding.Broken(
                                    OptionalLong.empty(),
                                    OptionalLong.of(auditId),
                                    "entry " + auditId + " is gone (it waited for its seal)")
                            : new Finding.Broken(
                                    OptionalLong.of(sealNo),
                                    OptionalLong.of(auditId),
                                    "entry " + auditId + " waits for a seal and has one already: seal " + sealNo
                                            + " is forged"));
        }
    }

    /** An entry that has no seal and does not wait for one. */
    private Optional<Finding.Broken> forgotten() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT count(*), max(e.audit_id), min(e.audit_id) FILTER (WHERE s.audit_id IS NULL AND u.audit_id IS NULL)
                FROM (SELECT audit_id FROM audit_entry WHERE audit_id > ? ORDER BY audit_id LIMIT ?) e
                LEFT JOIN audit_seal s ON s.audit_id = e.audit_id
                LEFT JOIN audit_unsealed u ON u.audit_id = e.audit_id
                """)) {
            select.setInt(2, AT_ONCE);
            long after = Long.MIN_VALUE;
            while (true) {
                select.setLong(1, after);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    long auditId = row.getLong(3);
                    if (!row.wasNull()) {
                        return Optional.of(new Finding.Broken(
                                OptionalLong.empty(),
                                OptionalLong.of(auditId),
                                "entry " + auditId + " has no seal and does not wait for one"));
                    }
                    if (row.getLong(1) < AT_ONCE) {
                        return Optional.empty();
                    }
                    after = row.getLong(2);
                }
            }
        }
    }

    private long waiting() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM audit_unsealed")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static Optional<Finding.Broken> broken(long sealNo, OptionalLong auditId, String what) {
        return Optional.of(new Finding.Broken(OptionalLong.of(sealNo), auditId, what));
    }
}
