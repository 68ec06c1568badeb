package io.tean.alerting.notice;

import io.tean.alerting.channel.Channels;
import io.tean.alerting.channel.SiteChannel;
import io.tean.core.audit.Actor;
import io.tean.core.audit.AuditEntry;
import io.tean.core.audit.AuditTrail;
import io.tean.core.notice.NoticeDecisions;
import io.tean.core.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Where people say who is told and how, and send a test. */
public final class NoticeDesk implements NoticeDecisions {
    private static final int LONGEST_NAME = 100;
    private static final int MOST_ADDRESSES = 5;
    private static final String NO_SUCH_ROW = "23503";

    private final DataSource database;
    private final Channels channels;

    public NoticeDesk(DataSource database, Channels channels) {
        this.database = database;
        this.channels = channels;
    }

    @FunctionalInterface
    private interface Work<T> {
        T run(Connection transaction) throws SQLException;
    }

    private <T> T transaction(String what, Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            T done = work.run(connection);
            connection.commit();
            return done;
        } catch (SQLException e) {
            if (NO_SUCH_ROW.equals(e.getSQLState())) {
                throw new IllegalArgumentException("cannot " + what + ": there is no such organisation", e);
            }
            throw new StoreException("cannot " + what + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Channel> channels() {
        Map<String, Instant> blocked = transaction("list the channels", connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                            "SELECT channel, blocked_until FROM channel_budget WHERE blocked_until > clock_timestamp()");
                    ResultSet row = select.executeQuery()) {
                Map<String, Instant> found = new HashMap<>();
                while (row.next()) {
                    found.put(
                            row.getString(1),
                            row.getObject(2, OffsetDateTime.class).toInstant());
                }
                return found;
            }
        });
        return channels.all().stream()
                .map(channel -> new Channel(
                        channel.name(),
                        channel.kind(),
                        channel.needsAddress(),
                        Optional.ofNullable(blocked.get(channel.name()))))
                .toList();
    }

    @Override
    public int addRecipient(RecipientDraft draft, Actor actor) {
        check(draft);
        return transaction("add the recipient " + draft.name(), connection -> {
            try (PreparedStatement insert = connection.prepareStatement("""
                    INSERT INTO recipient (organisation_id, duty, division_code, name, language, digest, addresses)
                    VALUES (?, ?, ?, ?, ?, ?, ?::jsonb) RETURNING recipient_id
                    """)) {
                set(insert, draft);
                try (ResultSet row = insert.executeQuery()) {
                    row.next();
                    int id = row.getInt(1);
                    AuditTrail.write(
                            connection,
                            entry(actor, "recipient.add", id, draft.organisationId(), Map.of(), words(draft)));
                    return id;
                }
            }
        });
    }

    @Override
    public boolean changeRecipient(int recipientId, RecipientDraft draft, Actor actor) {
        check(draft);
        return transaction("change recipient " + recipientId, connection -> {
            Optional<Map<String, String>> before = before(connection, recipientId);
            if (before.isEmpty()) {
                return false;
            }
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE recipient SET organisation_id = ?, duty = ?, division_code = ?, name = ?, language = ?, digest = ?, addresses = ?::jsonb
                    WHERE recipient_id = ?
                    """)) {
                set(update, draft);
                update.setInt(8, recipientId);
                update.executeUpdate();
            }
            AuditTrail.write(
                    connection,
                    entry(actor, "recipient.change", recipientId, draft.organisationId(), before.get(), words(draft)));
            return true;
        });
    }

    @Override
    public boolean retireRecipient(int recipientId, Actor actor) {
        return transaction("retire recipient " + recipientId, connection -> {
            Optional<Map<String, String>> before = before(connection, recipientId);
            if (before.isEmpty()) {
                return false;
            }
            try (PreparedStatement update =
                    connection.prepareStatement("UPDATE recipient SET active = false WHERE recipient_id = ?")) {
                update.setInt(1, recipientId);
                update.executeUpdate();
            }
            String organisation = before.get().getOrDefault("organisation_id", "");
            AuditTrail.write(
                    connection,
                    entry(
                            actor,
                            "recipient.retire",
                            recipientId,
                            organisation.isEmpty()
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(Integer.parseInt(organisation)),
                            before.get(),
                            Map.of()));
            return true;
        });
    }

    /** Of an active one, whose row the transaction holds then. */
    private static Optional<Map<String, String>> before(Connection connection, int recipientId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                SELECT organisation_id, duty, division_code, name, language, digest, addresses::text FROM recipient
                WHERE recipient_id = ? AND active FOR UPDATE
                """)) {
            select.setInt(1, recipientId);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Map<String, String> before = new TreeMap<>();
                for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
                    String value = row.getString(i);
                    if (value != null && !value.isEmpty()) {
                        before.put(row.getMetaData().getColumnLabel(i), value);
                    }
                }
                return Optional.of(before);
            }
        }
    }

    private static void set(PreparedStatement statement, RecipientDraft draft) throws SQLException {
        statement.setObject(
                1,
                draft.organisationId().isPresent()
                        ? Integer.valueOf(draft.organisationId().getAsInt())
                        : null);
        statement.setString(2, draft.duty().name());
        statement.setString(3, draft.division());
        statement.setString(4, draft.name().strip());
        statement.setString(5, draft.language());
        statement.setString(6, draft.digest().name());
        statement.setString(7, json(draft.addresses()));
    }

    private static String json(List<Address> addresses) {
        return Router.JSON.writeValueAsString(addresses.stream()
                .map(address -> new TreeMap<>(
                        Map.of("channel", address.channel(), "to", address.to().strip())))
                .toList());
    }

    private static Map<String, String> words(RecipientDraft draft) {
        Map<String, String> words = new TreeMap<>();
        draft.organisationId().ifPresent(id -> words.put("organisation_id", Integer.toString(id)));
        words.put("duty", draft.duty().name());
        if (!draft.division().isEmpty()) {
            words.put("division_code", draft.division());
        }
        words.put("name", draft.name().strip());
        words.put("language", draft.language());
        words.put("digest", draft.digest().name());
        words.put("addresses", json(draft.addresses()));
        return words;
    }

    private static AuditEntry entry(
            Actor actor,
            String action,
            int id,
            OptionalInt organisation,
            Map<String, String> before,
            Map<String, String> after) {
        return AuditEntry.of(actor, action, "recipient", Integer.toString(id), before, after)
                .withOrganisation(organisation);
    }

    private void check(RecipientDraft draft) {
        boolean ofBureau = draft.duty() == Duty.OFFICER || draft.duty() == Duty.DISPATCHER;
        require(
                draft.organisationId().isPresent() != ofBureau,
                ofBureau
                        ? draft.duty() + " is of the bureau: leave the organisation away"
                        : draft.duty() + " is of an organisation: say which");
        require(draft.division().matches("([0-9]{6})?"), "division " + draft.division() + " is not six digits");
        require(
                draft.division().isEmpty() || ofBureau,
                "only OFFICER and DISPATCHER have a division; here is " + draft.division());
        require(
                !draft.name().isBlank() && draft.name().length() <= LONGEST_NAME && isOneLine(draft.name()),
                "a recipient needs a name of at most " + LONGEST_NAME + " characters on one line");
        require(
                Set.of("zh", "en").contains(draft.language()),
                "language is " + draft.language() + ", known are zh and en");
        require(
                !draft.addresses().isEmpty() && draft.addresses().size() <= MOST_ADDRESSES,
                "a recipient needs 1 to " + MOST_ADDRESSES + " addresses; here are "
                        + draft.addresses().size());
        draft.addresses().forEach(this::check);
    }

    private void check(Address address) {
        SiteChannel channel = channels.channel(address.channel())
                .orElseThrow(() -> new IllegalArgumentException("channel " + address.channel()
                        + " is not known, known are "
                        + channels.all().stream().map(SiteChannel::name).toList()));
        String to = address.to().strip();
        require(
                channel.needsAddress() || to.isEmpty(),
                "channel " + channel.name() + " takes no address: it speaks to its group");
        Stream.of(to).filter(t -> channel.needsAddress()).map(channel::refusal).forEach(refusal -> {
            if (refusal.isPresent()) {
                throw new IllegalArgumentException(channel.name() + ": " + refusal.get());
            }
        });
    }

    private static boolean isOneLine(String text) {
        return text.codePoints().noneMatch(Character::isISOControl);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    @Override
    public UUID test(Address address, Actor actor) {
        check(address);
        return transaction("send a test by " + address.channel(), connection -> {
            UUID notice = UUID.randomUUID();
            UUID delivery = UUID.randomUUID();
            try (PreparedStatement insert = connection.prepareStatement("""
                            INSERT INTO notice (notice_id, occasion, severity, dispatch_class, state, routed_at)
                            VALUES (?, 'TEST', 'CRITICAL', 'system', 'routed', tean_now())
                            """);
                    PreparedStatement deliver = connection.prepareStatement("""
                            INSERT INTO delivery (delivery_id, notice_id, recipient_name, addresses, severity_rank, deadline_at)
                            VALUES (?, ?, ?, ?::jsonb, 1, tean_now() + interval '5 minutes')
                            """)) {
                insert.setObject(1, notice);
                insert.executeUpdate();
                deliver.setObject(1, delivery);
                deliver.setObject(2, notice);
                deliver.setString(3, actor.name());
                deliver.setString(4, json(List.of(address)));
                deliver.executeUpdate();
            }
            AuditTrail.write(
                    connection,
                    AuditEntry.of(
                            actor,
                            "notice.test",
                            "delivery",
                            delivery.toString(),
                            Map.of(),
                            Map.of(
                                    "channel",
                                    address.channel(),
                                    "to",
                                    address.to().strip())));
            return delivery;
        });
    }

    /** By the addresses that its recipient has now; with those that it had when there is none any more. */
    @Override
    public boolean retry(UUID deliveryId, Actor actor) {
        return transaction("retry delivery " + deliveryId, connection -> {
            try (PreparedStatement update = connection.prepareStatement("""
                    UPDATE delivery d SET state = 'queued', reason = '', ended_at = NULL, address_no = 0, attempts = 0, digest_id = NULL,
                        gathered = false, lease = NULL, leased_until = NULL, next_at = tean_now(), addresses = now.list,
                        deadline_at = tean_now() + greatest(d.deadline_at - d.queued_at, interval '5 minutes'), queued_at = tean_now(),
                        fall_over_at = CASE WHEN jsonb_array_length(now.list) > 1
                            THEN tean_now() + greatest(d.deadline_at - d.queued_at, interval '5 minutes') / 2 END
                    FROM (SELECT o.delivery_id, coalesce(r.addresses, o.addresses) AS list, o.reason FROM delivery o
                          LEFT JOIN recipient r ON r.recipient_id = o.recipient_id AND r.active WHERE o.delivery_id = ?) AS now
                    WHERE d.delivery_id = now.delivery_id AND d.state = 'dead' RETURNING jsonb_array_length(now.list), now.reason
                    """)) {
                update.setObject(1, deliveryId);
                try (ResultSet row = update.executeQuery()) {
                    if (!row.next()) {
                        return false;
                    }
                    require(
                            row.getInt(1) > 0,
                            "delivery " + deliveryId + " has nobody to go to (" + row.getString(2)
                                    + "): add a recipient for the notices to come");
                    AuditTrail.write(
                            connection,
                            AuditEntry.of(
                                    actor,
                                    "delivery.retry",
                                    "delivery",
                                    deliveryId.toString(),
                                    Map.of("state", "dead", "reason", row.getString(2)),
                                    Map.of("state", "queued")));
                }
            }
            // Of a digest, what it tells of waits with it.
            try (PreparedStatement members = connection.prepareStatement(
                    "UPDATE delivery SET state = 'queued', reason = '', ended_at = NULL WHERE digest_id = ? AND state = 'dead'")) {
                members.setObject(1, deliveryId);
                members.executeUpdate();
            }
            return true;
        });
    }
}
