package io.tean.alerting.notice;

import io.tean.alerting.channel.Delivered;
import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;

/**
 * The deliveries in the database: claimed by one service at a time, and what became of each. Leases run by the real clock, due times by tean_now().
 * Who comes back with a lease that is no longer his writes nothing.
 */
final class Deliveries {
    private static final int AT_ONCE = 500;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);
    private static final String FREE = " (d.leased_until IS NULL OR d.leased_until < clock_timestamp()) ";

    private final DataSource pool;
    private final Duration length;

    /** @param lease longer than any attempt */
    Deliveries(DataSource pool, Duration lease) {
        this.pool = pool;
        this.length = lease;
    }

    /**
     * A delivery that this service holds.
     *
     * @param attempts that were made before
     * @param last whether no other address follows
     */
    record Claimed(
            UUID id,
            UUID lease,
            String channel,
            String to,
            int attempts,
            boolean urgent,
            boolean single,
            boolean last) {}

    /** The most urgent ones of a channel that are due. */
    List<Claimed> claim(String channel, int most) throws SQLException {
        UUID lease = UUID.randomUUID();
        try (Connection connection = pool.getConnection();
                PreparedStatement update = connection.prepareStatement("""
                        WITH due AS (
                            SELECT d.delivery_id FROM delivery d
                            WHERE d.state = 'queued' AND d.digest_id IS NULL AND NOT d.gathered
                                AND d.addresses -> d.address_no::integer ->> 'channel' = ? AND d.next_at <= tean_now()
                                AND d.deadline_at > tean_now() AND %s
                            ORDER BY d.severity_rank, d.next_at LIMIT ? FOR UPDATE SKIP LOCKED)
                        UPDATE delivery d SET lease = ?, leased_until = clock_timestamp() + make_interval(secs => ?)
                        FROM due WHERE d.delivery_id = due.delivery_id
                        RETURNING d.delivery_id, d.addresses -> d.address_no::integer ->> 'to', d.attempts, d.severity_rank < 2,
                            d.notice_id IS NOT NULL, d.address_no + 1 >= jsonb_array_length(d.addresses), d.severity_rank, d.next_at
                        """.formatted(FREE))) {
            update.setString(1, channel);
            update.setInt(2, most);
            update.setObject(3, lease);
            update.setDouble(4, length.toMillis() / 1_000.0);
            List<Claimed> claimed = new ArrayList<>();
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    claimed.add(new Claimed(
                            row.getObject(1, UUID.class),
                            lease,
                            channel,
                            row.getString(2),
                            row.getInt(3),
                            row.getBoolean(4),
                            row.getBoolean(5),
                            row.getBoolean(6)));
                }
            }
            // RETURNING keeps no order.
            claimed.sort(java.util.Comparator.comparing(c -> !c.urgent));
            return claimed;
        }
    }

    /**
     * Writes what became of an attempt.
     *
     * @return false when somebody else holds the delivery by now; nothing was written then
     */
    boolean ended(Claimed claimed, Delivered result) throws SQLException {
        return switch (result) {
            case Delivered.HandedOver ok -> end(claimed, "handed_over", "", true);
            case Delivered.Confirmed ok -> end(claimed, "confirmed", "", true);
            case Delivered.Refused refused when claimed.last -> end(claimed, "dead", refused.why(), true);
            case Delivered.Refused refused -> again(claimed, "refused", refused.why(), true, Duration.ZERO);
            case Delivered.TryLater later ->
                again(claimed, "try_later", later.why(), false, later.when().orElseGet(() -> pause(claimed.attempts)));
        };
    }

    /** Not needed any more: ends without an attempt. */
    boolean withdraw(Claimed claimed, String reason) throws SQLException {
        return end(claimed, "dead", reason, false);
    }

    /** Twice as long each time, and never the same for all. */
    private static Duration pause(int attempts) {
        long millis = Math.min(LONGEST_PAUSE.toMillis(), 1_000L << Math.min(attempts, 20));
        return Duration.ofMillis(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
    }

    private boolean end(Claimed claimed, String state, String reason, boolean attempted) throws SQLException {
        return write(claimed, connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE delivery SET state = ?, reason = ?, attempts = attempts + ?, ended_at = tean_now(), lease = NULL, leased_until = NULL,
                        confirmed_at = CASE WHEN ? = 'confirmed' THEN tean_now() END
                    WHERE delivery_id = ? AND lease = ? AND state = 'queued'
                    """)) {
                update.setString(1, state);
                update.setString(2, reason);
                update.setInt(3, attempted ? 1 : 0);
                update.setString(4, state);
                update.setObject(5, claimed.id);
                update.setObject(6, claimed.lease);
                if (update.executeUpdate() == 0) {
                    return false;
                }
            }
            if (attempted) {
                attempt(connection, claimed, state.equals("dead") ? "refused" : state, reason);
            }
            mirror(connection, claimed.id);
            return true;
        });
    }

    /** Who is in a digest has its end. */
    private static void mirror(Connection connection, UUID digest) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE delivery m SET state = d.state, reason = d.reason, ended_at = d.ended_at, confirmed_at = d.confirmed_at
                FROM delivery d WHERE d.delivery_id = ? AND m.digest_id = d.delivery_id AND m.state = 'queued'
                """)) {
            update.setObject(1, digest);
            update.executeUpdate();
        }
    }

    private boolean again(Claimed claimed, String result, String why, boolean next, Duration pause)
            throws SQLException {
        return write(claimed, connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE delivery SET reason = ?, attempts = attempts + 1, lease = NULL, leased_until = NULL,
                        address_no = address_no + ?::integer,
                        -- The next address is not waited for longer than until it may be tried.
                        next_at = least(tean_now() + make_interval(secs => ?), coalesce(fall_over_at, 'infinity')),
                        fall_over_at = CASE WHEN ? = 0 THEN fall_over_at
                            WHEN address_no + 2 < jsonb_array_length(addresses) THEN tean_now() + (deadline_at - tean_now()) / 2 END
                    WHERE delivery_id = ? AND lease = ? AND state = 'queued'
                    """)) {
                int step = next ? 1 : 0;
                update.setString(1, why);
                update.setInt(2, step);
                update.setDouble(3, pause.toMillis() / 1_000.0);
                update.setInt(4, step);
                update.setObject(5, claimed.id);
                update.setObject(6, claimed.lease);
                if (update.executeUpdate() == 0) {
                    return false;
                }
            }
            attempt(connection, claimed, result, why);
            return true;
        });
    }

    /** The channel cannot take it now: no attempt. What is not urgent waits for others to go with it. */
    boolean postpone(Claimed claimed, Duration pause) throws SQLException {
        return write(claimed, connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE delivery SET lease = NULL, leased_until = NULL, gathered = ?,
                        next_at = least(tean_now() + make_interval(secs => ?), coalesce(fall_over_at, 'infinity'))
                    WHERE delivery_id = ? AND lease = ? AND state = 'queued'
                    """)) {
                update.setBoolean(1, !claimed.urgent && claimed.single);
                update.setDouble(2, pause.toMillis() / 1_000.0);
                update.setObject(3, claimed.id);
                update.setObject(4, claimed.lease);
                return update.executeUpdate() > 0;
            }
        });
    }

    @FunctionalInterface
    private interface Change {
        boolean write(Connection connection) throws SQLException;
    }

    private boolean write(Claimed claimed, Change change) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            boolean written = change.write(connection);
            connection.commit();
            return written;
        } catch (SQLException e) {
            throw new SQLException("cannot write what became of delivery " + claimed.id + ": " + e.getMessage(), e);
        }
    }

    private static void attempt(Connection connection, Claimed claimed, String result, String detail)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                INSERT INTO delivery_attempt (delivery_id, attempt, channel, address, result, detail)
                SELECT ?, coalesce(max(attempt), 0) + 1, ?, ?, ?, ? FROM delivery_attempt WHERE delivery_id = ?
                """)) {
            insert.setObject(1, claimed.id);
            insert.setString(2, claimed.channel);
            insert.setString(3, claimed.to);
            insert.setString(4, result);
            insert.setString(5, detail);
            insert.setObject(6, claimed.id);
            insert.executeUpdate();
        }
    }

    /** @param fallenOver to their next address; dead at their deadline; told together; known to be read */
    record Kept(int fallenOver, int dead, int digests, int confirmed) {}

    /**
     * What time does to those that wait.
     *
     * @param channels that exist on this site
     */
    Kept keep(Iterable<String> channels) throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.setAutoCommit(false);
            List<String> names = new ArrayList<>();
            channels.forEach(names::add);
            int fallen = fallOver(connection, names);
            int dead = die(connection);
            int digests = gather(connection);
            int confirmed = confirm(connection);
            connection.commit();
            return new Kept(fallen, dead, digests, confirmed);
        }
    }

    private static int fallOver(Connection connection, List<String> channels) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE delivery d SET address_no = address_no + 1, next_at = tean_now(), gathered = false,
                    fall_over_at = CASE WHEN address_no + 2 < jsonb_array_length(addresses)
                        THEN tean_now() + (deadline_at - tean_now()) / 2 END
                WHERE d.delivery_id IN (SELECT d.delivery_id FROM delivery d
                    WHERE d.state = 'queued' AND d.digest_id IS NULL AND d.address_no + 1 < jsonb_array_length(d.addresses) AND %s
                        AND (d.fall_over_at <= tean_now()
                            OR NOT (d.addresses -> d.address_no::integer ->> 'channel') = ANY (?))
                    LIMIT ? FOR UPDATE SKIP LOCKED)
                """.formatted(FREE))) {
            update.setArray(1, connection.createArrayOf("text", channels.toArray()));
            update.setInt(2, AT_ONCE);
            return update.executeUpdate();
        }
    }

    private static int die(Connection connection) throws SQLException {
        List<UUID> dead = new ArrayList<>();
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE delivery d SET state = 'dead', ended_at = tean_now(), lease = NULL, leased_until = NULL,
                    reason = 'not handed over by its deadline: ' || CASE WHEN reason = '' THEN 'its channel had no time for it' ELSE reason END
                WHERE d.delivery_id IN (SELECT d.delivery_id FROM delivery d
                    WHERE d.state = 'queued' AND d.digest_id IS NULL AND d.deadline_at <= tean_now() AND %s
                    LIMIT ? FOR UPDATE SKIP LOCKED)
                RETURNING d.delivery_id
                """.formatted(FREE))) {
            update.setInt(1, AT_ONCE);
            try (ResultSet row = update.executeQuery()) {
                while (row.next()) {
                    dead.add(row.getObject(1, UUID.class));
                }
            }
        }
        for (UUID each : dead) {
            mirror(connection, each);
        }
        return dead.size();
    }

    /** Those that waited for each other become one; who is alone goes as it is. */
    private static int gather(Connection connection) throws SQLException {
        try (PreparedStatement lock =
                        connection.prepareStatement("SELECT pg_try_advisory_xact_lock(hashtext('tean-digests'))");
                ResultSet row = lock.executeQuery()) {
            row.next();
            if (!row.getBoolean(1)) {
                return 0;
            }
        }
        int digests = 0;
        try (PreparedStatement select = connection.prepareStatement("""
                        SELECT array_agg(d.delivery_id), min(d.recipient_id), min(d.recipient_name), d.language, d.addresses::text,
                            min(d.severity_rank)
                        FROM delivery d
                        WHERE d.state = 'queued' AND d.digest_id IS NULL AND d.gathered AND d.next_at <= tean_now() AND %s
                        GROUP BY coalesce(d.recipient_id::text, d.recipient_name), d.language, d.addresses
                        LIMIT ?
                        """.formatted(FREE));
                PreparedStatement insert = connection.prepareStatement("""
                        INSERT INTO delivery (delivery_id, recipient_id, recipient_name, language, addresses, severity_rank, deadline_at, fall_over_at)
                        SELECT ?, ?, ?, ?, ?::jsonb, ?, t.last, CASE WHEN jsonb_array_length(?::jsonb) > 1 THEN tean_now() + (t.last - tean_now()) / 2 END
                        FROM (SELECT greatest(max(deadline_at), tean_now() + interval '1 hour') AS last FROM delivery
                              WHERE delivery_id = ANY (?)) AS t
                        """);
                PreparedStatement join = connection.prepareStatement(
                        "UPDATE delivery SET digest_id = ?, gathered = false WHERE delivery_id = ANY (?)");
                PreparedStatement alone = connection.prepareStatement(
                        "UPDATE delivery SET gathered = false WHERE delivery_id = ANY (?)")) {
            select.setInt(1, AT_ONCE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    java.sql.Array members = row.getArray(1);
                    if (((Object[]) members.getArray()).length == 1) {
                        alone.setArray(1, members);
                        alone.executeUpdate();
                        continue;
                    }
                    UUID digest = UUID.randomUUID();
                    insert.setObject(1, digest);
                    insert.setObject(2, row.getObject(2));
                    insert.setString(3, row.getString(3));
                    insert.setString(4, row.getString(4));
                    insert.setString(5, row.getString(5));
                    insert.setInt(6, row.getInt(6));
                    insert.setString(7, row.getString(5));
                    insert.setArray(8, members);
                    insert.executeUpdate();
                    join.setObject(1, digest);
                    join.setArray(2, members);
                    join.executeUpdate();
                    digests++;
                }
            }
        }
        return digests;
    }

    /** Who answered a call has read it. */
    private static int confirm(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("""
                UPDATE delivery d SET state = 'confirmed', confirmed_at = tean_now()
                FROM notice n JOIN rescue_dispatch r ON r.dispatch_id = n.dispatch_id
                WHERE d.notice_id = n.notice_id AND n.occasion = 'CALLED' AND d.state = 'handed_over'
                    AND d.queued_at > tean_now() - interval '1 day'
                    AND (r.answered_at IS NOT NULL OR r.state IN ('ANSWERED', 'ON_THE_WAY', 'ARRIVED', 'REFUSED'))
                """)) {
            return update.executeUpdate();
        }
    }

    /** How many are waiting past their deadline, how many died by it lately, and how long the oldest that is due waits. */
    record Standing(int late, int died, double oldestSeconds) {}

    Standing standing() {
        try (Connection connection = pool.getConnection();
                PreparedStatement select = connection.prepareStatement("""
                        SELECT (SELECT count(*) FROM delivery WHERE state = 'queued' AND digest_id IS NULL
                                AND deadline_at < (SELECT tean_now()) - interval '10 seconds'),
                            (SELECT count(*) FROM delivery WHERE state = 'dead' AND queued_at > (SELECT tean_now()) - interval '1 hour'
                                AND reason LIKE 'not handed over by its deadline%'),
                            coalesce((SELECT extract(epoch FROM tean_now() - min(next_at)) FROM delivery
                                WHERE state = 'queued' AND digest_id IS NULL AND NOT gathered AND next_at <= (SELECT tean_now())), 0),
                            coalesce((SELECT extract(epoch FROM clock_timestamp() - min(queued_at)) FROM notice
                                WHERE state = 'queued' AND queued_at <= clock_timestamp()), 0)
                        """);
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Standing(row.getInt(1), row.getInt(2), Math.max(row.getDouble(3), row.getDouble(4)));
        } catch (SQLException e) {
            throw new StoreException("cannot ask how the deliveries stand: " + e.getMessage(), e);
        }
    }
}
