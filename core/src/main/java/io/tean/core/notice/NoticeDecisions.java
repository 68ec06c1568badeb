package io.tean.core.notice;

import io.tean.core.audit.Actor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** Who is told, by which channels. Each change and its audit entry are one transaction. */
public interface NoticeDecisions {
    /** Whom a recipient is told for. */
    enum Duty {
        /** A firm's, station's, body's or use unit's office. */
        OFFICE,
        /** Goes out to rescue. */
        RESCUE,
        /** The use unit's safety officer (安全员), Order 74. */
        SAFETY_OFFICER,
        /** The bureau's supervision officer. */
        OFFICER,
        /** The 96333 duty desk. */
        DISPATCHER
    }

    enum Digest {
        AT_ONCE,
        DAY,
        WEEK
    }

    /**
     * @param channel name of a channel of this site
     * @param to as the channel wants it: a telephone number, an e-mail address; empty of a robot
     */
    record Address(String channel, String to) {}

    /**
     * @param organisationId of all duties but OFFICER and DISPATCHER, which are the bureau's
     * @param division of those two; empty is the whole city
     * @param language zh or en
     * @param digest how the small notices come
     * @param addresses in the order in which they are tried; at least one
     */
    record RecipientDraft(
            OptionalInt organisationId,
            Duty duty,
            String division,
            String name,
            String language,
            Digest digest,
            List<Address> addresses) {
        public RecipientDraft {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * A channel of this site.
     *
     * @param kind such as dingtalk, email, sms
     * @param blockedUntil when its far side said "too fast"
     */
    record Channel(String name, String kind, boolean needsAddress, Optional<java.time.Instant> blockedUntil) {}

    List<Channel> channels();

    /** @throws IllegalArgumentException with one line: an unknown channel or organisation, no address, one that the channel does not take */
    int addRecipient(RecipientDraft draft, Actor actor);

    /** @throws IllegalArgumentException as {@link #addRecipient} */
    boolean changeRecipient(int recipientId, RecipientDraft draft, Actor actor);

    /** Tells it nothing any more. Answers false when there is none. */
    boolean retireRecipient(int recipientId, Actor actor);

    /**
     * Sends a test notice by the outbox.
     *
     * @return the delivery that shows what became of it
     * @throws IllegalArgumentException for an unknown channel or an address that it does not take
     */
    UUID test(Address address, Actor actor);

    /** Queues a dead delivery once more, with a new deadline. Answers false when it is not dead. */
    boolean retry(UUID deliveryId, Actor actor);
}
