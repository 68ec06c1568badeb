package io.tean.alerting.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tean.core.audit.Actor;
import io.tean.core.notice.NoticeDecisions.Address;
import io.tean.core.notice.NoticeDecisions.Digest;
import io.tean.core.notice.NoticeDecisions.Duty;
import io.tean.core.notice.NoticeDecisions.RecipientDraft;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoticeDeskIT {
    private static final NoticeBook BOOK = new NoticeBook();
    private static final Actor LI = Actor.account("li", "10.0.0.1");
    private static final String CHANNELS = """
              - {name: hook, kind: webhook, url: 'https://a.example/', secret: s}
              - {name: mail, kind: email, host: a.example, from: tean@a.example}
            """;

    private final NoticeDesk desk = new NoticeDesk(BOOK.pool, BOOK.channels(CHANNELS));

    @BeforeEach
    void empty() {
        BOOK.empty();
    }

    @AfterEach
    void closeChannels() throws Exception {
        BOOK.closeOutboxes();
    }

    @AfterAll
    static void drop() {
        BOOK.close();
    }

    private static RecipientDraft office(String name, Address... addresses) {
        return new RecipientDraft(
                OptionalInt.of(NoticeBook.FIRM), Duty.OFFICE, "", name, "zh", Digest.DAY, List.of(addresses));
    }

    @Test
    void a_recipient_is_added_changed_and_retired_with_its_trail() {
        int id = desk.addRecipient(office("张", new Address("mail", "z@firm.example")), LI);
        assertThat(desk.changeRecipient(id, office("李", new Address("hook", "")), LI))
                .isTrue();
        assertThat(desk.retireRecipient(id, LI)).isTrue();
        assertThat(desk.retireRecipient(id, LI)).isFalse();
        assertThat(desk.changeRecipient(id, office("李", new Address("hook", "")), LI))
                .isFalse();
        assertThat(BOOK.text("SELECT name || ' ' || active FROM recipient")).isEqualTo("李 false");
        assertThat(BOOK.text(
                        "SELECT string_agg(action || ' ' || organisation_id, ', ' ORDER BY audit_id) FROM audit_entry"))
                .isEqualTo("recipient.add 2, recipient.change 2, recipient.retire 2");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            2, OFFICE,   '',     张,  zh, pigeon, '',            channel pigeon is not known
            2, OFFICE,   '',     张,  zh, mail,   nobody,        is no e-mail address
            2, OFFICE,   '',     张,  zh, mail,   '',            is no e-mail address
            2, OFFICE,   '',     张,  zh, hook,   somebody,      takes no address
            2, OFFICE,   '',     ' ', zh, hook,   '',            needs a name
            2, OFFICE,   330106, 张,  zh, hook,   '',            only OFFICER and DISPATCHER have a division
            2, OFFICE,   '',     张,  fr, hook,   '',            known are zh and en
            2, OFFICER,  '',     张,  zh, hook,   '',            is of the bureau
            0, OFFICE,   '',     张,  zh, hook,   '',            say which
            0, OFFICER,  33,     张,  zh, hook,   '',            is not six digits
            99, OFFICE,  '',     张,  zh, hook,   '',            no such organisation
            """)
    void a_draft_that_cannot_be_told_is_refused_with_a_line(
            int organisation,
            Duty duty,
            String division,
            String name,
            String language,
            String channel,
            String to,
            String line) {
        RecipientDraft draft = new RecipientDraft(
                organisation == 0 ? OptionalInt.empty() : OptionalInt.of(organisation),
                duty,
                division,
                name,
                language,
                Digest.DAY,
                List.of(new Address(channel, to)));
        assertThatThrownBy(() -> desk.addRecipient(draft, LI))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(line);
        assertThat(BOOK.number("SELECT count(*) FROM recipient")).isZero();
    }

    @Test
    void a_recipient_without_an_address_is_refused() {
        assertThatThrownBy(() -> desk.addRecipient(office("张"), LI)).hasMessageContaining("needs 1 to 5 addresses");
    }

    @Test
    void the_channels_say_whether_they_are_left_alone() {
        BOOK.database.execute(
                "INSERT INTO channel_budget VALUES ('hook', 1, now(), now() + interval '1 hour'), ('mail', 1, now(), now())");
        assertThat(desk.channels())
                .extracting(c -> c.name() + " " + c.kind() + " " + c.needsAddress() + " "
                        + c.blockedUntil().isPresent())
                .containsExactly("hook webhook false true", "mail email true false");
    }

    @Test
    void a_test_goes_by_the_outbox() {
        UUID delivery = desk.test(new Address("mail", "z@firm.example"), LI);
        assertThat(BOOK.text("SELECT state || ' ' || (addresses->0->>'to') FROM delivery WHERE delivery_id = '"
                        + delivery + "'"))
                .isEqualTo("queued z@firm.example");
        assertThat(BOOK.text("SELECT action || ' ' || subject FROM audit_entry"))
                .isEqualTo("notice.test " + delivery);
    }

    @Test
    void a_dead_one_is_queued_again_by_the_addresses_of_today() {
        int id = desk.addRecipient(office("张", new Address("mail", "z@firm.example")), LI);
        UUID delivery = desk.test(new Address("hook", ""), LI);
        assertThat(desk.retry(delivery, LI)).isFalse();
        BOOK.database.execute(
                "UPDATE delivery SET state = 'dead', reason = 'x', ended_at = now(), recipient_id = " + id);
        BOOK.passes("1 day");
        assertThat(desk.retry(delivery, LI)).isTrue();
        assertThat(
                        BOOK.text(
                                "SELECT state || ' ' || (addresses->0->>'to') || ' ' || (deadline_at > tean_now()) FROM delivery"))
                .isEqualTo("queued z@firm.example true");
    }

    @Test
    void a_dead_one_with_nobody_to_go_to_cannot_be_retried() {
        UUID delivery = desk.test(new Address("hook", ""), LI);
        BOOK.database.execute(
                "UPDATE delivery SET state = 'dead', reason = 'no recipient', ended_at = now(), addresses = '[]'");
        assertThatThrownBy(() -> desk.retry(delivery, LI)).hasMessageContaining("has nobody to go to (no recipient)");
    }
}
