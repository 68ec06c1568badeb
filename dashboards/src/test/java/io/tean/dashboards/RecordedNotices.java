package io.tean.dashboards;

import io.tean.core.audit.Actor;
import io.tean.core.notice.NoticeDecisions;
import io.tean.core.store.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Remembers what was decided about notices, at a site with three channels; with a database it does it, too. */
public final class RecordedNotices implements NoticeDecisions {
    public static final Instant BLOCKED_UNTIL = Instant.parse("2026-03-01T00:05:00Z");

    private final List<String> made = new CopyOnWriteArrayList<>();
    private volatile List<Channel> channels = List.of(
            new Channel("mail", "email", true, Optional.empty()),
            new Channel("sms", "sms", true, Optional.empty()),
            new Channel("duty-robot", "dingtalk", false, Optional.of(BLOCKED_UNTIL)));

    private volatile Optional<TestDatabase> database = Optional.empty();

    /** From now on what is decided happens there. */
    public void carryOutIn(TestDatabase place) {
        database = Optional.of(place);
    }

    public void channels(List<Channel> other) {
        channels = List.copyOf(other);
    }

    /** Each as "retire 7 by ACCOUNT admin". */
    public List<String> made() {
        return List.copyOf(made);
    }

    @Override
    public List<Channel> channels() {
        return channels;
    }

    @Override
    public int addRecipient(RecipientDraft draft, Actor actor) {
        note("add " + text(draft), actor);
        refuse(draft);
        return database.map(place -> (int) place.number("""
                        INSERT INTO recipient (organisation_id, duty, division_code, name, language, digest, addresses)
                        VALUES (%s) RETURNING recipient_id
                        """.formatted(values(draft))))
                .orElse(1);
    }

    @Override
    public boolean changeRecipient(int recipientId, RecipientDraft draft, Actor actor) {
        note("change " + recipientId + " to " + text(draft), actor);
        refuse(draft);
        return database.map(place -> place.number("""
                        WITH changed AS (UPDATE recipient SET (organisation_id, duty, division_code, name, language, digest, addresses) = (%s)
                                         WHERE recipient_id = %d AND active RETURNING 1) SELECT count(*) FROM changed
                        """.formatted(values(draft), recipientId)) == 1)
                .orElse(true);
    }

    @Override
    public boolean retireRecipient(int recipientId, Actor actor) {
        note("retire " + recipientId, actor);
        return database.map(place -> place.number("""
                        WITH retired AS (UPDATE recipient SET active = FALSE WHERE recipient_id = %d AND active RETURNING 1)
                        SELECT count(*) FROM retired
                        """.formatted(recipientId)) == 1)
                .orElse(true);
    }

    @Override
    public UUID test(Address address, Actor actor) {
        note("test " + address.channel() + " " + address.to(), actor);
        Channel channel = channels.stream()
                .filter(known -> known.name().equals(address.channel()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "channel: '" + address.channel() + "' is none of this site, see /channels"));
        if (channel.needsAddress() && address.to().length() < 3) {
            throw new IllegalArgumentException("to: '" + address.to() + "' is no address of " + channel.name());
        }
        UUID id = UUID.randomUUID();
        database.ifPresent(place -> place.execute("""
                INSERT INTO notice (notice_id, occasion, severity, dispatch_class, state, routed_at)
                VALUES ('%1$s', 'TEST', 'NOTICE', 'office', 'routed', now());
                INSERT INTO delivery (delivery_id, notice_id, recipient_name, addresses, severity_rank, deadline_at)
                VALUES ('%1$s', '%1$s', '%2$s', '[{"channel": "%3$s", "to": "%4$s"}]', 3, now() + interval '1 hour')
                """.formatted(id, actor.name(), address.channel(), address.to())));
        return id;
    }

    @Override
    public boolean retry(UUID deliveryId, Actor actor) {
        note("retry " + deliveryId, actor);
        if (database.filter(
                        place -> place.number("SELECT jsonb_array_length(addresses) FROM delivery WHERE delivery_id = '"
                                        + deliveryId + "'")
                                == 0)
                .isPresent()) {
            throw new IllegalArgumentException("delivery " + deliveryId + " has nobody to go to: add a recipient");
        }
        return database.map(place -> place.number("""
                        WITH retried AS (UPDATE delivery SET state = 'queued', ended_at = NULL, reason = '', next_at = now(),
                                             deadline_at = now() + interval '1 hour', address_no = 0
                                         WHERE delivery_id = '%s' AND state = 'dead' RETURNING 1) SELECT count(*) FROM retried
                        """.formatted(deliveryId)) == 1)
                .orElse(true);
    }

    /** What only the real port knows. */
    private static void refuse(RecipientDraft draft) {
        if (draft.name().contains("no such")) {
            throw new IllegalArgumentException(
                    "to: 'x' is no telephone number: write digits, with + before a country's code");
        }
    }

    private static String values(RecipientDraft draft) {
        String addresses = draft.addresses().stream()
                .map(address -> "{\"channel\": \"" + address.channel() + "\", \"to\": \"" + address.to() + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        return "%s, '%s', '%s', '%s', '%s', '%s', '%s'::jsonb"
                .formatted(
                        draft.organisationId().isPresent()
                                ? Integer.toString(draft.organisationId().getAsInt())
                                : "NULL",
                        draft.duty(),
                        draft.division(),
                        draft.name().replace("'", "''"),
                        draft.language(),
                        draft.digest(),
                        addresses);
    }

    private static String text(RecipientDraft draft) {
        String of = draft.organisationId().isPresent()
                ? "organisation " + draft.organisationId().getAsInt()
                : "bureau" + (draft.division().isEmpty() ? "" : " " + draft.division());
        return String.join(
                " ",
                draft.duty().name(),
                draft.name(),
                "of",
                of,
                draft.language(),
                draft.digest().name(),
                draft.addresses().stream()
                        .map(address -> address.channel() + ":" + address.to())
                        .collect(Collectors.joining(",")));
    }

    private void note(String what, Actor actor) {
        made.add(what + " by " + actor.kind() + " " + actor.name());
    }
}
