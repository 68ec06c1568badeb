package io.tean.ingest.device;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * When each device was last heard, and since when it is connected, as of the last writing. Several processes write it: each only what it
 * heard itself.
 */
public final class ContactLedger {
    private final DataSource database;

    public ContactLedger(DataSource database) {
        this.database = database;
    }

    /** A device that was heard, and since when it is connected to this process, if it still is. */
    private record Heard(Contact contact, Optional<Instant> connectedSince) {}

    /**
     * Writes all or none.
     *
     * @param connectedSince of a device id; empty when it is not connected to this process
     */
    public void write(Collection<Contact> contacts, Function<String, Optional<Instant>> connectedSince)
            throws SQLException {
        // In one order everywhere: two processes that lock the same rows must not wait for each other.
        List<Heard> heard = contacts.stream()
                .sorted(Comparator.comparing(Contact::deviceId))
                .map(contact -> new Heard(contact, connectedSince.apply(contact.deviceId())))
                .toList();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            writeHeard(connection, heard);
            writeGone(
                    connection,
                    heard.stream().filter(h -> h.connectedSince.isEmpty()).toList());
            connection.commit();
        }
    }

    private static void writeHeard(Connection connection, List<Heard> heard) throws SQLException {
        // A device that has been heard by another process meanwhile, after a change of its connection, is that one's.
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO device_contact AS c (device_id, last_contact, connected_since)
                SELECT n.device_id, n.last_contact, n.connected_since
                FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS n (device_id, last_contact, connected_since)
                WHERE EXISTS (SELECT FROM device d WHERE d.device_id = n.device_id)
                ORDER BY n.device_id
                ON CONFLICT (device_id) DO UPDATE SET
                    last_contact = greatest(c.last_contact, excluded.last_contact),
                    connected_since = CASE WHEN c.connected_since IS NULL OR excluded.last_contact >= c.last_contact
                        THEN coalesce(excluded.connected_since, c.connected_since) ELSE c.connected_since END
                """)) {
            insert.setArray(1, ids(connection, heard));
            insert.setArray(2, times(connection, heard, h -> Optional.of(h.contact.lastContact())));
            insert.setArray(3, times(connection, heard, Heard::connectedSince));
            insert.executeUpdate();
        }
    }

    /** Ends the connections of devices that went, unless another process has both accepted and heard them since. */
    private static void writeGone(Connection connection, List<Heard> gone) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE device_contact c SET connected_since = NULL
                FROM unnest(?::text[], ?::timestamptz[], ?::timestamptz[]) AS n (device_id, last_contact, connected_at)
                WHERE c.device_id = n.device_id AND c.connected_since IS NOT NULL
                    AND (c.connected_since <= n.connected_at OR c.last_contact <= n.last_contact)
                """)) {
            update.setArray(1, ids(connection, gone));
            update.setArray(2, times(connection, gone, h -> Optional.of(h.contact.lastContact())));
            update.setArray(3, times(connection, gone, h -> Optional.of(h.contact.connectedAt())));
            update.executeUpdate();
        }
    }

    /**
     * Corrects what a process left behind that ended without a word: whoever was last heard before this moment cannot be connected.
     *
     * @return how many there were
     */
    public int disconnectSilentSince(Instant moment) throws SQLException {
        // Rows that their own process is just writing are passed over: they are not stale.
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        UPDATE device_contact SET connected_since = NULL WHERE device_id IN (
                            SELECT device_id FROM device_contact
                            WHERE connected_since IS NOT NULL AND last_contact < ?
                            FOR UPDATE SKIP LOCKED)
                        """)) {
            update.setTimestamp(1, Timestamp.from(moment));
            return update.executeUpdate();
        }
    }

    private static java.sql.Array ids(Connection connection, List<Heard> heard) throws SQLException {
        return connection.createArrayOf(
                "text", heard.stream().map(h -> h.contact.deviceId()).toArray());
    }

    private static java.sql.Array times(
            Connection connection, List<Heard> heard, Function<Heard, Optional<Instant>> time) throws SQLException {
        return connection.createArrayOf(
                "timestamptz",
                heard.stream()
                        .map(h -> time.apply(h).map(Instant::toString).orElse(null))
                        .toArray());
    }
}
