package io.tean.simulators.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinkTest {
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Tally tally = new Tally();
    private Instant now = Instant.parse("2026-11-23T00:00:00Z");
    private final Link link = new Link(
            "gateway-01",
            listener -> {
                var attempt = new Attempt(listener);
                attempts.add(attempt);
                return attempt;
            },
            Runnable::run,
            () -> now,
            new Outbox(100),
            tally,
            troubles::add);

    /** A connection that takes everything and answers when it is told to. */
    private static final class Attempt implements Connection {
        final Listener listener;
        final List<Long> numbers = new ArrayList<>();
        final List<String> topics = new ArrayList<>();
        boolean discarded;

        Attempt(Listener listener) {
            this.listener = listener;
        }

        @Override
        public Handed hand(long number, Parcel parcel) {
            numbers.add(number);
            topics.add(parcel.topic());
            return Handed.TAKEN;
        }

        @Override
        public void discard() {
            discarded = true;
        }
    }

    private void offer(String... topics) {
        for (String topic : topics) {
            link.offer(new Parcel("gateway-01", topic, new byte[0], false));
        }
    }

    private Attempt connect(int receiveMaximum) {
        link.tick();
        Attempt attempt = attempts.getLast();
        attempt.listener.opened(receiveMaximum);
        return attempt;
    }

    private void pass(Duration time) {
        now = now.plus(time);
        link.tick();
    }

    @Test
    void it_keeps_messages_until_it_is_connected() {
        offer("a", "b");

        assertThat(tally.buffered()).isEqualTo(2);
        assertThat(connect(10).topics).containsExactly("a", "b");
    }

    @Test
    void it_respects_the_receive_maximum_of_the_server() {
        offer("a", "b", "c");
        Attempt attempt = connect(2);
        assertThat(attempt.topics).containsExactly("a", "b");

        attempt.listener.acknowledged(attempt.numbers.getFirst(), 0);

        assertThat(attempt.topics).containsExactly("a", "b", "c");
    }

    @Test
    void it_sends_unacknowledged_messages_again_in_order_after_a_loss() {
        Attempt first = connect(10);
        offer("a", "b", "c");
        first.listener.acknowledged(first.numbers.getFirst(), 0);
        first.listener.lost("cut");
        pass(Duration.ofSeconds(2));

        Attempt second = attempts.getLast();
        second.listener.opened(10);

        assertThat(first.discarded).isTrue();
        assertThat(second.topics).containsExactly("b", "c");
    }

    @Test
    void a_refused_message_is_settled_and_not_sent_again() {
        Attempt first = connect(10);
        offer("a");
        first.listener.acknowledged(first.numbers.getFirst(), 0x87);
        first.listener.lost("cut");
        pass(Duration.ofSeconds(2));
        attempts.getLast().listener.opened(10);

        assertThat(attempts.getLast().topics).isEmpty();
        assertThat(tally.refused()).isEqualTo(1);
        assertThat(tally.acknowledged()).isZero();
        assertThat(tally.buffered()).isZero();
    }

    @Test
    void a_login_without_an_answer_is_given_up() {
        link.tick();
        pass(Link.LONGEST_LOGIN.plusSeconds(1));

        assertThat(attempts.getFirst().discarded).isTrue();
        pass(Duration.ofSeconds(2));
        assertThat(attempts).hasSize(2);
    }

    @Test
    void a_silence_while_a_message_is_under_way_discards_the_connection() {
        Attempt attempt = connect(10);
        offer("a");

        pass(Link.LONGEST_SILENCE.plusSeconds(1));

        assertThat(attempt.discarded).isTrue();
        assertThat(tally.connected()).isZero();
    }

    @Test
    void silence_is_no_fault_when_nothing_is_under_way() {
        Attempt attempt = connect(10);
        pass(Duration.ofHours(1));
        offer("a");
        pass(Duration.ofSeconds(1));

        assertThat(attempt.discarded).isFalse();
    }

    @Test
    void an_acknowledgement_of_an_earlier_connection_is_not_heard() {
        Attempt first = connect(10);
        offer("a");
        first.listener.lost("cut");
        pass(Duration.ofSeconds(2));
        attempts.getLast().listener.opened(10);

        first.listener.acknowledged(first.numbers.getFirst(), 0);

        assertThat(tally.acknowledged()).isZero();
        assertThat(tally.buffered()).isEqualTo(1);
    }

    @Test
    void a_lasting_trouble_is_told_once() {
        for (int i = 0; i < 5; i++) {
            pass(Duration.ofMinutes(1));
            attempts.getLast().listener.lost("connection refused");
        }

        assertThat(troubles).hasSize(1).first().asString().contains("gateway-01", "connection refused");
    }
}
